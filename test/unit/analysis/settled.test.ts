import assert from "node:assert/strict";
import { isSettled } from "../../../server/src/analysis/settled.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { madeSite } from "../../harness/sites.js";

describe("whether a site can be shown before the machine code is read", () => {
  const check = (expression: string, expected: boolean, change: Partial<Site> = {}): void => {
    it(`is ${expected ? "true" : "false"} of ${expression}`, () => {
      const made = {
        ...madeSite(1),
        allocates: "unknown",
        when: null,
        inlinedFrom: null,
        callee: null,
      } as const;
      assert.equal(isSettled({ ...made, form: "make", expression, ...change }), expected);
    });
  };

  check("make([]byte, n)", false);
  check("make(sparseDatas, 0, n)", false);
  check("make(list.Of[T], n)", false);
  check("make(map[string]int, n)", true);
  check("make(chan int, n)", true);
  check("make(<-chan int, n)", true);
  check("make(counts)", true);
  check("&T{…}", true, { form: "address-of-literal" });
  check("&T{}", true, { form: "address-of-literal" });
  check("list.Of{}", false, { form: "composite-literal" });
  check("map[string]int{}", true, { form: "composite-literal" });
  check("n", false, { form: "boxed" });
});
