import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { blanked, bodiesWithout } from "../../../server/src/syntax/functionBodies.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree, withTreeOfLines } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

/** What of a file is found to be the inside of a body, line ends and indentation left out. */
function bodies(text: string, lines: readonly number[] = []): string[] {
  const source = new SourceText(text);
  return bodiesWithout(source, lines).map(({ start, end }) => text.slice(start, end).trim());
}

const found: readonly (readonly [name: string, text: string, bodies: readonly string[]])[] = [
  ["a function and a method", "func f() {\n\ta()\n}\n\nfunc (t *T) m() (n int) {\n\tb()\n}", ["a()", "b()"]],
  ["one line", "func f() { a() }\nfunc g() int { return b() }\n", ["a()", "return b()"]],
  ["line ends of Windows", "func f() {\r\n\ta()\r\n}\r\n", ["a()"]],
  ["types in heads", "func f(m map[string]interface{}) map[string]struct{} {\n\ta()\n}\n", ["a()"]],
  ["heads of several lines", "func f(\n\tx interface {\n\t\tm()\n\t},\n) {\n\ta()\n}\n", ["a()"]],
  ["a type of several lines in a head", "func f() interface {\n\tm()\n} {\n\ta()\n}\n", ["a()"]],
  ["no body at all", "func f() interface {\n\tm()\n}\n\nfunc g() struct{}\nfunc h()\n", []],
  [
    "braces in texts",
    'func f() {\n\ta("}\\"", \'{\', `\n}\nfunc x() {`)\n}\n',
    ['a("}\\"", \'{\', `\n}\nfunc x() {`)'],
  ],
  ["braces in comments", "func f() {\n\ta() // }\n\t/* }\n}\n*/\n}\n", ["a() // }\n\t/* }\n}\n*/"]],
  [
    "functions in comments and texts",
    "/*\nfunc f() {\n\ta()\n}\n*/\nvar s = `\nfunc f() {\n\ta()\n}\n`\n",
    [],
  ],
  ["functions that are values", "var f = func() {\n\ta()\n}\n", []],
  ["division and a slash in a text", 'func f() {\n\ta(b / c / d, "//")\n}\n', ['a(b / c / d, "//")']],
  [
    "fields of types, and appends",
    "func f() {\n\ttype t struct{ a int }\n}\nfunc g() {\n\ta = append(a, b)\n}\n",
    [],
  ],
  ["something behind the end", "func f() { a() }; var x = 1\n", []],
  ["an end that is missing", "func f() {\n\ta(\n}\n\nfunc g() {\n\tb()\n}\n", []],
  ["a text without an end", 'func f() {\n\ta("\n}\n\nfunc g() {\n\tb(`\n}\n', []],
];

describe("bodies of functions", () => {
  before(() => initializeSyntax(serverOut));

  for (const [name, text, expected] of found) {
    it(`are found: ${name}`, () => {
      assert.deepEqual(bodies(`package p\n\n${text}`), expected);
      assert.deepEqual(bodies(text), expected);
    });
  }

  it("are left out where anything is asked of their lines, those of their heads included", () => {
    const text = "package p\n\nfunc f(\n\tn int,\n) {\n\ta()\n}\n\nfunc g() {\n\tb()\n}\n";
    for (const line of [3, 4, 5, 6, 7]) assert.deepEqual(bodies(text, [line]), ["b()"], `line ${line}`);
    assert.deepEqual(bodies(text, [1, 2, 8, 12, 99]), ["a()", "b()"]);
  });

  it("are empty in the tree, which has all else and the text as it is", () => {
    const text = "package p\n\nfunc f() {\n\tcalled(😀)\n}\n\nfunc g() *int { return new(1 + 2) }\n";
    const callsOf = (lines?: readonly number[]) => {
      const source = new SourceText(text);
      const read = (tree: Parameters<Parameters<typeof withTree>[1]>[0]) => ({
        names: tree.root.descendantsOfType("function_declaration").map((each) => each!.text),
        calls: tree.root.descendantsOfType("call_expression").map((each) => [each!.startIndex, each!.text]),
      });
      return lines === undefined ? withTree(source, read) : withTreeOfLines(source, lines, read);
    };
    const whole = callsOf();
    assert.deepEqual(
      whole.calls.map(([, call]) => call),
      ["called(😀)", "new(1 + 2)"],
    );
    assert.deepEqual(callsOf([7]), { ...whole, calls: whole.calls.slice(1) });
    assert.deepEqual(callsOf([4]), { ...whole, calls: whole.calls.slice(0, 1) });
    assert.deepEqual(callsOf([3, 7]), whole);
  });

  it("are blanks of the same length", () => {
    const text = "func f() { a() }\nfunc g() { b() }\n";
    const blank = blanked(text, bodiesWithout(new SourceText(text), []));
    assert.equal(blank, "func f() {     }\nfunc g() {     }\n");
  });
});
