import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { capturesNothing } from "../../../server/src/syntax/captures.js";
import { declarationOf, isPackageLevel } from "../../../server/src/syntax/scopes.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

/** As what the `x` behind the sign is declared, and which one of all `x` of the source declares it, from 1. */
function declared(marked: string): string {
  const place = marked.indexOf("@");
  const source = new SourceText(marked.replace("@", ""));
  return withTree(source, (tree) => {
    const names = tree.root.descendantsOfType("identifier").filter((node) => node?.text === "x");
    const declaration = declarationOf(names.find((name) => name?.startIndex === place)!);
    if (declaration === undefined) return "none";
    const index = names.findIndex((name) => name!.id === declaration.name.id);
    return `${index + 1} ${declaration.kind}${isPackageLevel(declaration) ? " of the package" : ""}`;
  });
}

describe("scopes", () => {
  before(() => initializeSyntax(serverOut));

  const cases: [string, string][] = [
    ["func f() { use(@x) }\nvar x int", "2 variable of the package"],
    ["var x int\nfunc f() { use(@x) }", "1 variable of the package"],
    ["const x = 1\nfunc f() { use(@x) }", "1 constant of the package"],
    ["func x() {}\nfunc f() { @x() }", "1 function of the package"],
    ["func f(x int) { use(@x) }", "1 parameter"],
    ["func f() (x int) { use(@x); return }", "1 result"],
    ["func (x T) f() { use(@x) }", "1 receiver"],
    ["func f() { x := 1; use(@x) }", "1 variable"],
    ["func f() { x := 1; { x := 2; use(@x) } }", "2 variable"],
    ["func f() { x := 1; { x := 2; _ = x }; use(@x) }", "1 variable"],
    ["func f() { { x := 2; _ = x }; use(@x) }", "none"],
    ["func f() { x := 1; x, y := 2, 3; use(@x) }", "1 variable"],
    ["func f() { x := 1; { x := @x } }", "1 variable"],
    ["func f() { if x := 1; x > 0 { use(@x) } }", "1 variable"],
    ["func f() { if x := 1; y { } else if z { use(@x) } }", "1 variable"],
    ["func f() { if x := 1; y { }; use(@x) }", "none"],
    ["func f() { for x := 0; ; { use(@x) } }", "1 variable"],
    ["func f() { for i := 0; i < @x; { x := 1 } }", "none"],
    ["func f() { for _, x := range xs { use(@x) } }", "1 range-variable"],
    ["func f() { x := y; for x := range @x { } }", "1 variable"],
    ["func f() { x := 1; { @x := 2; _ = x } }", "2 variable"],
    ["func f() { switch x := y.(type) { case int: use(@x) } }", "1 type-switch-variable"],
    ["func f() { switch x := y; x { case 1: use(@x) } }", "1 variable"],
    ["func f() { select { case x := <-c: use(@x) } }", "1 select-variable"],
    ["func f() { switch { case a: x := 1; _ = x; case b: use(@x) } }", "none"],
    ["func f(x int) { g(func() { use(@x) }) }", "1 parameter"],
    ["func f(x int) { g(func(x T) { use(@x) }) }", "2 parameter"],
    ["func f() { var x, y int; use(@x) }", "1 variable"],
  ];
  for (const [source, expected] of cases) {
    it(`${source.replace("\n", "; ")} → ${expected}`, () => {
      assert.equal(declared(`package p\n\n${source}\n`), expected);
    });
  }

  it("knows the closures that hold nothing", () => {
    const isFree = (body: string): boolean => {
      const text = `package p\n\nimport "fmt"\nvar g int\nfunc f(a int) { b := 1; use(a, b, func(c int) int { ${body} }) }\n`;
      return withTree(new SourceText(text), (tree) => {
        const literal = tree.root.descendantsOfType("func_literal")[0]!;
        return capturesNothing(tree, { start: literal.startIndex, end: literal.endIndex });
      });
    };
    for (const body of ["return c", "d := c; return d + g", "fmt.Println(g); return f2()"])
      assert.ok(isFree(body), body);
    for (const body of ["return a", "return c + b", "b++; return 1"]) assert.ok(!isFree(body), body);
  });
});
