import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { guardOf } from "../../../server/src/syntax/guards.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

/** Statements of a method of `c`, in which «…» is what may be guarded. */
const cases: readonly (readonly [string, string | undefined])[] = [
  ["if c.m == nil {\n c.m = «make(map[string]int)»\n}", "missing"],
  ["if nil == c.m {\n c.m = «map[string]int{}»\n}", "missing"],
  ["if c.m != nil {\n return\n} else {\n c.m = «make(map[string]int)»\n}", "missing"],
  ["if shared == nil {\n shared = «new(T)»\n}", "missing"],
  ["v, ok := c.m[k]\nif !ok {\n v = «&T{}»\n c.m[k] = v\n}", "missing"],
  ["if _, ok := c.m[k]; !ok {\n c.m[k] = «&T{}»\n}", "missing"],
  ["v := c.m[k]\nif v == nil {\n v = «new(T)»\n c.m[k] = v\n}", "missing"],
  ["if p == nil {\n p = «&T{}»\n}", "missing"],
  ["if cap(c.buf) < n {\n c.buf = «make([]byte, n)»\n}", "too-small"],
  ["if n > len(c.buf) {\n c.buf = «make([]byte, 2*n)»\n}", "too-small"],
  [
    "var a [64]byte\nvar b []byte\nif n <= len(a) {\n b = a[:n]\n} else {\n b = «make([]byte, n)»\n}",
    "too-small",
  ],
  [
    "var a [64]int\nvar b []int\nif n < len(a) {\n b = a[:n+1]\n} else {\n b = «make([]int, n+1)»\n}",
    "too-small",
  ],
  ["c.once.Do(func() {\n «v» := T{}\n c.t = &v\n})", "missing"],
  ["c.get = sync.OnceValue(func() *T { return «&T{}» })", "missing"],
  ["c.pool.Do(func() {\n c.t = «&T{}»\n})", undefined],
  // Nothing is kept: the variable begins as nil each time.
  ["var best *T\nfor _, v := range vs {\n if best == nil {\n  best = «&T{v}»\n }\n}", undefined],
  ["if c.m == nil {\n other = «make(map[string]int)»\n}", undefined],
  ["if c.m != nil {\n c.m = «make(map[string]int)»\n}", undefined],
  ["if n > 0 {\n c.m = «make(map[string]int)»\n}", undefined],
  ["if n < limit {\n b = «make([]byte, n)»\n}", undefined],
  ["if _, ok := c.m[k]; ok {\n c.m[k] = «&T{}»\n}", undefined],
  ["if v, ok := x.(*T); !ok {\n v = «&T{}»\n}", undefined],
  ["if c.m == nil {\n c.f = func() {\n  c.m = «make(map[string]int)»\n }\n}", undefined],
  ["c.m = «make(map[string]int)»", undefined],
];

describe("guardOf", () => {
  before(() => initializeSyntax(serverOut));

  for (const [statements, guard] of cases) {
    it(`is ${guard ?? "none"} in ${statements.replaceAll(/\s+/g, " ")}`, () => {
      const marked = `package p\n\nvar shared *T\n\nfunc (c *C) f(k string, n int, p *T, x any) {\n${statements}\n}\n`;
      const start = marked.indexOf("«");
      const end = marked.indexOf("»") - 1;
      const source = new SourceText(marked.replace("«", "").replace("»", ""));
      assert.equal(
        withTree(source, (tree) => guardOf(tree, { start, end })),
        guard,
      );
    });
  }
});
