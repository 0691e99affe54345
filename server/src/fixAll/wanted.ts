/** Which fixes are applied without a question for each of them. */
import type { FixId, Proposal } from "../fixes/fix.js";

/** What always pays and never changes behavior: what an editor may apply unasked. */
export function isPreferred({ behaviour, isPreferred, proof }: Proposal): boolean {
  return isPreferred && behaviour === null && proof !== "none";
}

/** One kind that a person chose: never a change of behavior, nor where a number is theirs to choose. */
export function isOfKind(fix: FixId): (proposal: Proposal) => boolean {
  return ({ fix: own, behaviour, choice, proof }) =>
    own === fix && behaviour === null && choice === null && proof !== "none";
}

/** Whether the edit stays within the file (absolute path). */
export function isWithin({ edit }: Proposal, file: string): boolean {
  return [...edit.keys()].every((edited) => edited === file);
}
