/** Numbers and texts that a seed determines, and the damage that is done with them. */
import { randomNumbers } from "../../bench/lib/randomEdits.js";

export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomNumbers(seed);
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** One of the values, of which there must be some. */
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from.");
    return value;
  }
}

/** A piece of the text, with both ends anywhere. */
function piece(text: string, random: Random, longest: number): readonly [start: number, end: number] {
  const start = random.below(text.length + 1);
  return [start, Math.min(text.length, start + random.below(longest))];
}

/** Does one thing to a text that should not be done to it: cuts, repeats, moves, mixes, or inserts one of the tokens. */
export function damaged(text: string, random: Random, tokens: readonly string[]): string {
  const [start, end] = piece(text, random, 200);
  const [before, part, behind] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  switch (random.below(8)) {
    case 0:
      return before + behind;
    case 1:
      return before + part + part + behind;
    case 2:
      return before + random.of(tokens) + part + behind;
    case 3:
      return before + random.of(tokens).repeat(1 + random.below(50)) + behind;
    case 4:
      return before + part.split("").reverse().join("") + behind;
    case 5:
      // Cut off, as by a kill.
      return before + part;
    case 6: {
      const [from, to] = piece(text, random, 200);
      return before + text.slice(from, to) + behind;
    }
    default:
      return before + String.fromCharCode(random.below(0x10000)) + part.slice(1) + behind;
  }
}

/** The lines of a text in another order, some of them missing or twice. */
export function shuffledLines(text: string, random: Random): string {
  const lines = text.split("\n");
  return lines.map((line) => (random.below(4) === 0 ? random.of(lines) : line)).join("\n");
}
