/** All refactorings, and what they propose for one site. */
import type { Site } from "../analysis/site.js";
import { arrayField } from "./arrayField.js";
import type { Fix, FixInput, Proposal, Refusal } from "./fix.js";
import { fixedArray } from "./fixedArray.js";
import { preallocateSlice } from "./preallocateSlice.js";
import { returnArray } from "./returnArray.js";
import { stackBuffer } from "./stackBuffer.js";

/** In the order in which a menu shows them. */
export const fixes: readonly Fix[] = [preallocateSlice, fixedArray, stackBuffer, returnArray, arrayField];

/** Whether any fix may have something to say, from the site alone. */
export function mayHaveFixes(site: Site): boolean {
  return fixes.some((fix) => fix.appliesTo(site));
}

/** What the fixes that apply to the site propose, or why they do not. Throws when the parser is not initialized. */
export function proposeFixes(input: FixInput): readonly (Proposal | Refusal)[] {
  return fixes.filter((fix) => fix.appliesTo(input.site)).flatMap((fix) => fix.propose(input));
}
