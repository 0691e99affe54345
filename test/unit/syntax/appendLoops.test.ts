import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { appendLoops, reservedAppends } from "../../../server/src/syntax/appendLoops.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

/** The calls that are found in the body of `func f(xs []int) (named []int)`. */
function found(body: string): string[] {
  const text = `package p\n\nvar global []int\n\nfunc f(xs []int) (named []int) {\n${body}\n}\n`;
  return withTree(new SourceText(text), (tree) =>
    appendLoops(tree).map(({ call }) => text.slice(call.start, call.end)),
  );
}

const append = "s = append(s, 1)";
const loop = `for range xs { ${append} }`;

describe("appends that grow a slice in a loop", () => {
  before(() => initializeSyntax(serverOut));

  for (const body of [
    `var s []int; ${loop}`,
    `var s, t []int; ${loop}; _ = t`,
    `s := []int{}; ${loop}`,
    `s := []int(nil); ${loop}`,
    `s := make([]int, 0); ${loop}`,
    `t, s := 1, []int{}; ${loop}; _ = t`,
    `var s []int; for i := 0; i < 9; i++ { if i > 3 { ${append} } }`,
    `var s []int; for { for { ${append} } }`,
    `for { var s []int; for { ${append} } }`,
    `g(func() { var s []int; ${loop} })`,
    `s := []int{}; ${loop}; { s := xs; s[0] = 1 }`,
    `var s []int; for range xs { ${append}; continue }`,
    `var s []int; for range xs { switch x { case 1: ${append}; break } }`,
    `var s []int; for range xs { for { ${append}; break } }`,
  ]) {
    it(`are found in ${body}`, () => {
      assert.deepEqual(found(body), ["append(s, 1)"]);
    });
  }

  it("are found once for each call, and for results", () => {
    const body = "for _, x := range xs { named = append(named, x); named = append(named, xs...) }; return";
    assert.deepEqual(found(body), ["append(named, x)", "append(named, xs...)"]);
  });

  for (const body of [
    `var s []int; ${append}`,
    `for { var s []int; ${append}; use(s) }`,
    `s := make([]int, 0, 9); ${loop}`,
    `s := make([]int, 9); ${loop}`,
    `s := []int{1}; ${loop}`,
    `s := xs; ${loop}`,
    `s := xs[:0]; ${loop}`,
    `var s []int; s = xs[:0]; ${loop}`,
    `var s []int; for range xs { ${append}; s = s[:0] }`,
    `var s []int; s, t := xs, 1; ${loop}; _ = t`,
    `var s []int; grow(&s); ${loop}`,
    `var s []int; for range xs { g(func() { ${append} }) }`,
    `var s []int; for range xs { t := append(s, 1); _ = t }`,
    `var s []int; for range xs { s = append(xs, 1) }`,
    `var s []int; for range xs { s = append(s) }`,
    `var s []int; for range xs { ${append}; break }`,
    `var s []int; for range xs { if x { ${append}; return s } }`,
    `var s []int; for range xs { if x { ${append}; use(s); break } }`,
    `var s []int; for { s := s; for { ${append}; return } }`,
    `s := map[int]int{}; ${loop}`,
    "for range xs { global = append(global, 1) }",
    "for range xs { t.s = append(t.s, 1) }",
    "for range xs { xs = append(xs, 1) }",
  ]) {
    it(`are not found in ${body}`, () => {
      assert.deepEqual(found(body), []);
    });
  }
});

describe("appends to a slice that was made with a capacity", () => {
  before(() => initializeSyntax(serverOut));

  const reserved = (body: string): string[] => {
    const text = `package p\n\nfunc f(xs []int) (named []int) {\n${body}\n}\n`;
    return withTree(new SourceText(text), (tree) =>
      reservedAppends(tree).map(({ start, end }) => text.slice(start, end)),
    );
  };

  for (const body of [
    `s := make([]int, 0, len(xs)); ${loop}`,
    `var s = make([]int, 1, 9); ${append}`,
    `t, s := 1, make([]int, 0, 9); if t > 0 { ${loop} }`,
  ]) {
    it(`are found in ${body}`, () => {
      assert.deepEqual(reserved(body), ["append(s, 1)"]);
    });
  }

  for (const body of [
    `s := make([]int, 0); ${loop}`,
    `s := make([]int, 0, 0); ${loop}`,
    `s := make([]int, 9); ${loop}`,
    `s := make(Ints, 0, 9); ${loop}`,
    `s := make([]int, 0, 9); s = xs; ${loop}`,
    `s := make([]int, 0, 9); shrink(&s); ${loop}`,
    `s := make([]int, 0, 9); go func() { ${append} }()`,
    `var s []int; ${loop}`,
  ]) {
    it(`are not found in ${body}`, () => {
      assert.deepEqual(reserved(body), []);
    });
  }
});

/** Whether the capacity is enough for each append to `s` in the body of a function with these parameters. */
function enough(body: string): boolean[] {
  const parameters = "xs []int, a [4]int, p *[4]int, m map[int]int, text string, c chan int, n int";
  const text = `package p\n\nconst four = 4\n\nfunc f(${parameters}) {\n${body}\n}\n`;
  return withTree(new SourceText(text), (tree) => reservedAppends(tree).map(({ isEnough }) => isEnough));
}

describe("the capacity of a slice", () => {
  before(() => initializeSyntax(serverOut));

  const perX = `s := make([]int, 0, len(xs))`;
  for (const body of [
    `s := make([]int, 0, 4); for range 4 { ${append} }`,
    `s := make([]int, 0, four); for i := range four { s = append(s, i) }`,
    `s := make([]int, 1, 5); for i := 0; i < 4; i++ { ${append} }`,
    `s := make([]int, 0, 4); for i := 1; i <= 4; i++ { if i > n { ${append} } }`,
    `s := make([]int, 0, 8); for _, x := range a { s = append(s, x, n) }`,
    `s := make([]int, 0, 16); for range p { for range a { ${append} } }`,
    `for range xs { s := make([]int, 0, 1); ${append} }`,
    `${perX}; for _, x := range xs { s = append(s, x) }`,
    `${perX}; for i := range xs { if xs[i] > 0 { continue }; g(xs); s = append(s, xs[i]) }`,
    `s := make([]int, 0, len(text)); for _, r := range text { s = append(s, int(r)) }`,
    `s := make([]int, 0, len(m)); for k := range m { s = append(s, k) }`,
  ])
    it(`is enough in ${body}`, () => {
      assert.deepEqual(enough(body), [true]);
    });

  for (const body of [
    `s := make([]int, 0, 3); for range 4 { ${append} }`,
    `s := make([]int, 1, 4); for range 4 { ${append} }`,
    `s := make([]int, 0, n); for range n { ${append} }`,
    `s := make([]int, 0, 4); for i := 0; i < 4; i++ { ${append}; i-- }`,
    `s := make([]int, 0, 4); for i := 0; i < 4; i++ { ${append}; h(&i) }`,
    `s := make([]int, 0, 4); for i := 0; i < 4; i += n { ${append} }`,
    `s := make([]int, 0, 4); for i := 0; i != 4; i++ { ${append} }`,
    `s := make([]int, 0, 4); for range 4 { s = append(s, xs...) }`,
    `s := make([]int, 0, 4); for range xs { ${append} }`,
    `s := make([]int, 0, 4); for range 4 { ${append}; g(func() { s = append(s, 2) }) }`,
    `s := make([]int, 0, 4); again: for range 4 { ${append} }; if n > 0 { goto again }`,
    `${perX}; for range xs { s = append(s, 1, 2) }`,
    `${perX}; for range 2 { for range xs { ${append} } }`,
    `${perX}; xs = other; for range xs { ${append} }`,
    `${perX}; h(&xs); for range xs { ${append} }`,
    `${perX}; { xs := other; for range xs { ${append} } }`,
    `${perX}; ${append}; for range xs { n++ }`,
    `s := make([]int, 0, len(m)); for k := range m { m[n] = k; s = append(s, k) }`,
    `s := make([]int, 0, len(m)); for k := range m { g(m); s = append(s, k) }`,
    `s := make([]int, 0, len(c)); for x := range c { s = append(s, x) }`,
    `s := make([]int, 0, len(global)); for range global { ${append} }`,
  ])
    it(`may not be enough in ${body}`, () => {
      assert.equal(enough(body).includes(true), false);
    });

  it("is enough for several appends only if it is for all of them", () => {
    const both = "s = append(s, 1); for range 3 { s = append(s, 2) }";
    assert.deepEqual(enough(`s := make([]int, 0, 4); ${both}`), [true, true]);
    assert.deepEqual(enough(`s := make([]int, 0, 3); ${both}`), [false, false]);
  });
});
