/**
 * Why code is left alone. The parts of a fix return what they read from the syntax, or throw this; `proposals` makes a
 * plain refusal of it, so that no fix has to pass reasons through every function by hand.
 */
import type { FixId, Proposal, Refusal } from "./fix.js";

/** Thrown within `proposals` only. The message is a sentence for a person, code between backticks. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Leaves the fix with a reason. */
export function refuse(reason: string): never {
  throw new Refused(reason);
}

/** The proposals that `make` returns, or the one refusal that it was left with; other errors pass through. */
export function proposals(fix: FixId, make: () => readonly Proposal[]): readonly (Proposal | Refusal)[] {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refused) return [{ fix, refusal: error.message }];
    throw error;
  }
}

/** What `read` returns; where it refuses, what `other` does; where both refuse, the first reason stands. */
export function firstOf<T>(read: () => T, other: () => T): T {
  try {
    return read();
  } catch (error) {
    const found = error instanceof Refused ? unlessRefused(other) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** What `read` returns, or undefined where it refuses: for questions that come before the fix itself says why not. */
export function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
