import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { readAllowance } from "../../../server/src/assertions/allowances.js";
import { directives } from "../../../server/src/syntax/directives.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

/** `tool words @line function` of each directive. */
function found(text: string): string[] {
  return withTree(new SourceText(text), directives).map(({ tool, words, line, function: definition }) =>
    [`${tool} ${words}`, `@${line ?? "-"}`, ...(definition === undefined ? [] : [definition.name])].join(" "),
  );
}

describe("directives", () => {
  before(() => initializeSyntax(serverOut));

  const cases: [name: string, text: string, expected: string[]][] = [
    ["above a function", "package p\n\n// F is.\n//\n//escape:none\nfunc F() {}\n", ["escape none @6 F"]],
    ["behind a function's head", "package p\n\nfunc F() { //escape:max=2\n}\n", ["escape max=2 @3 F"]],
    ["above a method", "package p\n\n//escape:none\nfunc (t *T[K]) M() {}\n", ["escape none @4 (*T).M"]],
    [
      "above a func literal",
      "package p\n\nfunc F() {\n\t//escape:none\n\tf := func() {}\n\tf()\n}\n",
      ["escape none @5 F"],
    ],
    [
      "on a line, and above one with other comments and blank lines between",
      "package p\n\nfunc F() {\n\tg() //escape:allow a b\n\t//escape:allow c\n\n\t// more\n\t/* and\n\tmore */\n\tg()\n}\n",
      ["escape allow a b @4", "escape allow c @10"],
    ],
    ["at the end of the file", "package p\n//escape:allow x\n", ["escape allow x @-"]],
    [
      "of gcassert",
      "package p\n\n// gcassert:bce,inline\nvar x = 1 //gcassert:noescape\n",
      ["gcassert bce,inline @4", "gcassert noescape @4"],
    ],
    [
      "of checkescape",
      "package p\n\n// +checkescape:all\n// +mustescape:heap\nfunc F() {\n\tg() // escapes: once.\n}\n// +checkescape\nfunc g() {}\n",
      ["checkescape all @5 F", "mustescape heap @5 F", "escapes once. @6", "checkescape  @9 g"],
    ],
    [
      "with CRLF and a byte order mark",
      "\uFEFFpackage p\r\n\r\n//escape:none\r\nfunc F() {}\r\n",
      ["escape none @4 F"],
    ],
    [
      "not in strings, prose and other words",
      'package p\n\n// See //escape:none.\n// escape:none of it\n// escapesx\nvar s = "//escape:none"\nvar r = `\n//escape:none\n`\n',
      [],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      assert.deepEqual(found(text), expected);
    });
  }

  it("give the reasons that an allowance is limited to, and its words", () => {
    const read = (words: string) => {
      const allowance = readAllowance(words);
      return allowance === undefined ? undefined : [allowance.reasons.join(","), allowance.words];
    };
    assert.deepEqual(read("allow runs once"), ["", "runs once"]);
    assert.deepEqual(read("allow boxed-formatting: for the log"), ["boxed-formatting", "for the log"]);
    assert.deepEqual(read("allow appended,returned the caller's"), ["appended,returned", "the caller's"]);
    assert.deepEqual(read("allow boxed-formatting"), ["boxed-formatting", ""]);
    assert.deepEqual(read("allow"), ["", ""]);
    assert.equal(read("allowed"), undefined);
    assert.equal(read("none"), undefined);
  });
});
