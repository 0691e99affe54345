/** All refactorings, and what they propose for one site. */
import type { OperandTypes, TypeQuestion } from "../analysis/operandTypes.js";
import type { Site } from "../analysis/site.js";
import { arrayField } from "./arrayField.js";
import { returnValue } from "./returnValue.js";
import { captureCopy } from "./captureCopy.js";
import { passValue } from "./passValue.js";
import { outlivesLoop } from "./outlivesLoop.js";
import { rangeElement } from "./rangeElement.js";
import { hoistTarget } from "./hoistTarget.js";
import { errorsAs } from "./errorsAs.js";
import { poolTarget } from "./poolTarget.js";
import { poolPointer } from "./poolPointer.js";
import { poolBuffer } from "./poolBuffer.js";
import { jsonEncoder } from "./jsonEncoder.js";
import { sortFunc } from "./sortFunc.js";
import { methodValue } from "./methodValue.js";
import { deferInLoop } from "./deferInLoop.js";
import { structKey } from "./structKey.js";
import { suppress } from "./suppress.js";
import type { Fix, FixInput, Proposal, Refusal } from "./fix.js";
import { readImporters } from "./importers.js";
import { unlessBuiltinTaken } from "./localBuiltins.js";
import { preallocateMap } from "./preallocateMap.js";
import { formatString } from "./formatString.js";
import { writeString } from "./writeString.js";
import { hoistError } from "./hoistError.js";
import { errorsNew } from "./errorsNew.js";
import { stringBuilder } from "./stringBuilder.js";
import { growBuffer } from "./growBuffer.js";
import { fixedArray } from "./fixedArray.js";
import { preallocateSlice } from "./preallocateSlice.js";
import { returnArray } from "./returnArray.js";
import { stackBuffer } from "./stackBuffer.js";

/** In the order in which a menu shows them. */
export const fixes: readonly Fix[] = [
  preallocateSlice,
  preallocateMap,
  growBuffer,
  formatString,
  writeString,
  stringBuilder,
  errorsNew,
  hoistError,
  fixedArray,
  stackBuffer,
  returnArray,
  arrayField,
  returnValue,
  captureCopy,
  passValue,
  outlivesLoop,
  rangeElement,
  hoistTarget,
  errorsAs,
  poolTarget,
  poolPointer,
  poolBuffer,
  jsonEncoder,
  sortFunc,
  methodValue,
  deferInLoop,
  structKey,
  suppress,
];

/** Whether any fix may have something to say, from the site alone. */
export function mayHaveFixes(site: Site): boolean {
  return fixes.some((fix) => fix.appliesTo(site));
}

/**
 * What the fixes that apply to the site propose, or why they do not. `typesOf` asks the compiler for the types of operands,
 * undefined where it does not tell. Rejects when the parser is not initialized, and as `typesOf` does.
 */
export async function proposeFixes(
  input: FixInput,
  typesOf: (question: TypeQuestion) => Promise<OperandTypes | undefined>,
): Promise<readonly (Proposal | Refusal)[]> {
  const applying = fixes.filter((fix) => fix.appliesTo(input.site));
  const proposed = await Promise.all(
    applying.map(async (fix) => {
      const question = fix.question?.(input);
      const types = question === undefined ? undefined : await typesOf(question);
      if (fix.needsImporters?.(input) !== true) return fix.propose(input, types);
      return fix.propose({ ...input, importers: await readImporters(input.snapshot) }, types);
    }),
  );
  return proposed.flat().map((each) => ("edit" in each ? unlessBuiltinTaken(each, input.snapshot) : each));
}
