/** The compiler's own lines, as it prints them since Go 1.25, without positions. */
import type { ExplanationFact } from "./facts.js";
import type { HeapMessage } from "./fileFacts.js";

/** The verdict and its explanations, for people who know them by heart. */
export function compilerLines(message: HeapMessage): string[] {
  const verdict =
    message.form === "moved" ? `moved to heap: ${message.text}` : `${message.text} escapes to heap`;
  return [verdict, ...message.explanations.flatMap(explanationLines)];
}

function explanationLines(explanation: ExplanationFact): string[] {
  const flows = explanation.flows.flatMap((flow) => [
    `  flow: ${flow.to} ← ${flow.operators}${flow.from}:`,
    ...flow.steps.map((step) => `    from ${step.text} (${step.reason})`),
  ]);
  return explanation.truncated
    ? [...flows, "  warning: truncated explanation due to assignment cycle"]
    : flows;
}
