import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { compareWants, readWants, testedText } from "../../../server/src/gate/wants.js";
import { parseGoVersion } from "../../../server/src/go/goVersion.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { mayHaveWants, wantComments } from "../../../server/src/syntax/wantComments.js";
import { serverOut } from "../../harness/paths.js";

function site(line: number, expression: string, kind: "moved" | "escapes" | "hidden" = "moved") {
  const start = { line: line - 1, character: 0 };
  return { range: { start, end: start }, kind, reason: "return-address" as const, expression };
}

describe("// want comments", () => {
  before(async () => {
    await initializeSyntax(serverOut);
  });

  it("are found in source order, and not in strings and prose", () => {
    const text = [
      "package p // want `a`",
      'var s = "// want `b`" //want "c"',
      "// wanted: nothing, and I want `d`",
      "/* // want `e` */",
      '\tx() // want:go1.25 "f"  ',
    ].join("\n");
    const source = new SourceText(text);
    assert.deepEqual(withTree(source, wantComments), [
      { line: 1, words: "`a`" },
      { line: 2, words: '"c"' },
      { line: 5, words: ':go1.25 "f"' },
    ]);
    assert.ok(mayHaveWants(text));
    assert.ok(!mayHaveWants("package p // wanted"));
  });

  const read = (words: string, version: string) => {
    const { wants, errors } = readWants([{ line: 3, words }], parseGoVersion(version));
    return errors.length > 0 ? "error" : wants.map(({ pattern }) => pattern.source).join(" ");
  };

  for (const [words, version, expected] of [
    ['"a b" `c"\\.d`', "go1.26.8", 'a b c"\\.d'],
    ['"say \\"\\\\.\\""', "go1.26.8", 'say "\\."'],
    [':go1.25 "a"', "go1.25.0", "a"],
    [':go1.25 "a"', "go1.24.9", ""],
    [':!go1.25 "a"', "go1.24.9", "a"],
    [':!go1.25 "a"', "go1.25rc1", ""],
    [':go1.25 "a"', "devel +abc", "a"],
    ["", "go1.26.8", "error"],
    ["a", "go1.26.8", "error"],
    ['"a" b', "go1.26.8", "error"],
    ['"("', "go1.26.8", "error"],
    [':linux "a"', "go1.26.8", "error"],
  ] as const) {
    it(`// want${words.startsWith(":") ? "" : " "}${words} for ${version}: ${expected || "nothing"}`, () => {
      assert.equal(read(words, version), expected);
    });
  }

  it("take one site each, whichever order they are in", () => {
    const { wants } = readWants([{ line: 3, words: '"moved" "heap: x"' }], null);
    const all = compareWants(wants, [site(3, "x"), site(3, "y")]);
    assert.deepEqual([all.met, all.missing, all.unexpected], [2, [], []]);
    const one = compareWants(wants, [site(3, "x")]);
    assert.deepEqual([one.met, one.missing.length], [1, 1]);
  });

  it("leave over what nobody expects, hidden sites not", () => {
    const { wants } = readWants([{ line: 3, words: '"x"' }], null);
    const found = [site(2, "x"), site(3, "x"), site(3, "z", "escapes"), site(4, "h", "hidden")];
    const { missing, unexpected } = compareWants(wants, found);
    assert.deepEqual(
      [missing, unexpected.map(testedText)],
      [[], ["return-address: moved to heap: x", "return-address: z escapes to heap"]],
    );
    const hidden = readWants([{ line: 4, words: '"h .hidden"' }], null);
    assert.equal(compareWants(hidden.wants, found).met, 1);
  });
});
