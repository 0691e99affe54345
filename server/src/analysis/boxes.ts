/**
 * Values that are kept by what the compiler makes around them: by an interface value of another place (`s := a + b;
 * fmt.Println(s)` puts the joined string on the heap because a copy of `s` is there), or by the slice of a call's further
 * arguments (`row.Scan(&id)`). The compiler's explanation ends in that, whose own says why it is on the heap.
 */
import type { ExplanationFact } from "../compiler/facts.js";
import type { HeapMessage } from "../compiler/fileFacts.js";
import { placeKey } from "../compiler/placeKey.js";
import { decidingExplanation, isInLiteral, isInterface } from "./reason.js";

/** As many interface values are followed, one in the other. */
const limit = 4;

export class Boxes {
  /** What escapes in a function, by its place. */
  readonly #messages = new Map<string, HeapMessage[]>();

  /** `heap`: all that escapes in a function, or in all of a file. */
  constructor(heap: readonly HeapMessage[]) {
    for (const message of heap) {
      const place = placeKey(message.position);
      const here = this.#messages.get(place);
      if (here === undefined) this.#messages.set(place, [message]);
      else here.push(message);
    }
  }

  /** Whether an interface value of another place keeps the value. */
  isBoxed(message: HeapMessage): boolean {
    return message.explanations.some((each) => this.#boxOf(each) !== undefined);
  }

  /** The same message where nothing of the kind keeps its value, else with the ways of these behind its own. */
  follow(message: HeapMessage): HeapMessage {
    if (!message.explanations.some((each) => this.#keeperOf(each) !== undefined)) return message;
    const calls = new Set(message.stepCalls);
    const explanations = message.explanations.map((each) => this.#followed(each, calls));
    return { ...message, explanations, stepCalls: [...calls] };
  }

  #followed(explanation: ExplanationFact, calls: Set<string>): ExplanationFact {
    let followed = explanation;
    for (let count = 0; count < limit; count++) {
      const keeper = this.#keeperOf(followed);
      const way = keeper && decidingExplanation(keeper.explanations);
      if (keeper === undefined || way === undefined) break;
      for (const call of [...keeper.inlinedCalls, ...keeper.stepCalls]) calls.add(call);
      followed = { ...followed, flows: [...followed.flows, ...way.flows] };
    }
    return followed;
  }

  #keeperOf(explanation: ExplanationFact): HeapMessage | undefined {
    return this.#boxOf(explanation) ?? this.#argumentsOf(explanation);
  }

  /** The slice of a call's further arguments, where that is on the heap itself. */
  #argumentsOf({ flows }: ExplanationFact): HeapMessage | undefined {
    const last = flows.at(-1);
    const step = last?.steps.at(-1);
    if (last?.to !== "{storage for ... argument}" || step?.reason !== "slice-literal-element")
      return undefined;
    if (step.position === undefined || isInLiteral(last)) return undefined;
    return this.#messages.get(placeKey(step.position))?.find(({ text }) => text === "... argument");
  }

  /**
   * The interface value in which the way of a value ends; undefined where the value is a part of what that holds. One of
   * its own place and words, of which there is one message for both, is told by reason.ts.
   */
  #boxOf({ position, text: own, flows }: ExplanationFact): HeapMessage | undefined {
    const last = flows.at(-1);
    const converted = last?.steps.at(-1)?.position;
    if (last === undefined || converted === undefined || !isInterface(last) || isInLiteral(last))
      return undefined;
    const place = placeKey(converted);
    const text = /^\{storage for (.*)\}$/s.exec(last.to)?.[1];
    if (place === placeKey(position) && text === own) return undefined;
    return this.#messages.get(place)?.find((each) => each.text === text);
  }
}
