import type { CompilerPosition, ExplanationFact } from "../compiler/facts.js";
import type { FileFacts } from "../compiler/fileFacts.js";

/** The facts that sites are made from. */
export type SiteFacts = Pick<FileFacts, "heap" | "wrappers" | "variableMakes">;

/** The lines (from 1) of a file (absolute path) that its facts speak of, those of their flows' steps included. */
export function factLines(file: string, { heap, wrappers, variableMakes }: SiteFacts): Set<number> {
  const lines = new Set<number>();
  const add = (position: CompilerPosition | undefined): void => {
    if (position?.file === file) lines.add(position.line);
  };
  const addExplanation = ({ position, flows }: ExplanationFact): void => {
    add(position);
    for (const { steps } of flows) for (const step of steps) add(step.position);
  };
  for (const message of heap) {
    add(message.position);
    for (const explanation of message.explanations) addExplanation(explanation);
  }
  for (const wrapper of wrappers) addExplanation(wrapper);
  for (const make of variableMakes) add(make.position);
  return lines;
}
