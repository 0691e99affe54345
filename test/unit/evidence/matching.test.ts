import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { matchSites } from "../../../server/src/evidence/matching.js";

describe("sites and the calls that fit them", () => {
  it("are paired where every largest pairing has them together", () => {
    assert.deepEqual(matchSites([[0, 1], [1], [2, 3], []]), [
      { kind: "matched", calls: [0], isPrivate: false },
      { kind: "matched", calls: [1], isPrivate: false },
      { kind: "matched", calls: [2, 3], isPrivate: true },
      { kind: "none" },
    ]);
  });

  // Anything that follows each pair of them once more takes minutes here.
  it("stay unclear in a table of thousands of values that all fit all calls, in a moment", () => {
    const calls = Array.from({ length: 2000 }, (_, call) => call);
    const matches = matchSites(calls.map(() => calls));
    assert.deepEqual([...new Set(matches.map(({ kind }) => kind))], ["unclear"]);
    assert.equal(matches.length, 2000);
  });
});
