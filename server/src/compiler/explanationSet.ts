/** The explanations at one place, told apart by what they say: blocks are repeated for each instance and test variant. */
import type { ExplanationFact } from "./facts.js";

export class ExplanationSet {
  readonly #facts: ExplanationFact[];
  /** Their indexes by their words, from the second one on: at most places there is one, whose words nobody needs. */
  #indexes: Map<string, number> | undefined;

  constructor(first: ExplanationFact) {
    this.#facts = [first];
  }

  /** In the order in which they came first. */
  get facts(): readonly ExplanationFact[] {
    return this.#facts;
  }

  /** Adds one, in place of another that says the same, which it returns. */
  add(fact: ExplanationFact): ExplanationFact | undefined {
    this.#indexes ??= new Map(this.#facts.map((each, index) => [wordsOf(each), index]));
    const words = wordsOf(fact);
    const index = this.#indexes.get(words) ?? this.#facts.length;
    this.#indexes.set(words, index);
    const before = this.#facts[index];
    this.#facts[index] = fact;
    return before;
  }
}

/** What it says, without where and of which function. */
export function wordsOf({ text, flows }: ExplanationFact): string {
  return JSON.stringify([text, flows]);
}
