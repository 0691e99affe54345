import assert from "node:assert/strict";
import { planCompile } from "../../../server/src/go/compilePlan.js";
import type { ListedPackage } from "../../../server/src/go/listOutput.js";
import { recompiledFor } from "../../../server/src/go/recompiledPlans.js";

/** p's external tests import r, which imports q, which imports p. */
const forTest = { ForTest: "m/p", Dir: "/m/x", GoFiles: ["x.go"], Module: { Path: "m" } };
const base: ListedPackage = { ...forTest, ImportPath: "m/p [m/p.test]", Imports: ["fmt"] };
const q: ListedPackage = { ...forTest, ImportPath: "m/q [m/p.test]", Imports: ["m/p [m/p.test]"] };
const r: ListedPackage = { ...forTest, ImportPath: "m/r [m/p.test]", Imports: ["m/q [m/p.test]", "fmt"] };
const tests: ListedPackage = {
  ...forTest,
  ImportPath: "m/p_test [m/p.test]",
  Imports: ["fmt", "m/r [m/p.test]"],
};
const exports = new Map([["fmt", "/cache/fmt-d"]]);

function recompiled(...listed: readonly ListedPackage[]) {
  return recompiledFor(tests, new Map(listed.map((each) => [each.ImportPath, each])), exports);
}

describe("the plans of what is compiled anew for a test", () => {
  it("come in the order in which they import each other, and have the base that all of them are compiled against", () => {
    const plans = recompiled(tests, r, q, base);
    assert.deepEqual(
      plans.map(({ variant, base: against, recompiled: own }) => [variant, against, own]),
      [
        ["m/q [m/p.test]", "m/p [m/p.test]", []],
        ["m/r [m/p.test]", "m/p [m/p.test]", []],
      ],
    );
    const outcome = planCompile(tests, exports, [], plans);
    assert.ok("plan" in outcome);
    assert.deepEqual([outcome.plan.base, outcome.plan.recompiled], ["m/p [m/p.test]", plans]);
  });

  it("are missing where only go can compile one, which is the reason for what imports it, too", () => {
    const plans = recompiled(tests, r, { ...q, CgoFiles: ["c.go"] }, base);
    assert.deepEqual(plans, []);
    assert.deepEqual(planCompile(tests, exports, [], plans), {
      unsuitable: "there is no export data of m/r [m/p.test]",
    });
  });

  it("are none for what go has built, and for packages without tests", () => {
    const built = new Map([...exports, ["m/r [m/p.test]", "/cache/r-d"]]);
    assert.deepEqual(recompiledFor(tests, new Map([[r.ImportPath, r]]), built), []);
    assert.deepEqual(recompiledFor({ ...q, ForTest: "" }, new Map([[base.ImportPath, base]]), exports), []);
  });
});
