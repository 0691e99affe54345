/**
 * Values that are kept by an interface value of their own place: `s := a + b; fmt.Println(s)` puts the joined string on the
 * heap because a copy of `s` is there. The compiler's explanation ends in that copy, whose own says why it is on the heap.
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

  /** The same message where no interface value keeps its value, else with the ways of these behind its own. */
  follow(message: HeapMessage): HeapMessage {
    if (!message.explanations.some((each) => this.#boxOf(each) !== undefined)) return message;
    const calls = new Set(message.stepCalls);
    const explanations = message.explanations.map((each) => this.#followed(each, calls));
    return { ...message, explanations, stepCalls: [...calls] };
  }

  #followed(explanation: ExplanationFact, calls: Set<string>): ExplanationFact {
    let followed = explanation;
    for (let count = 0; count < limit; count++) {
      const box = this.#boxOf(followed);
      const way = box && decidingExplanation(box.explanations);
      if (box === undefined || way === undefined) break;
      for (const call of [...box.inlinedCalls, ...box.stepCalls]) calls.add(call);
      followed = { ...followed, flows: [...followed.flows, ...way.flows] };
    }
    return followed;
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
