import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import {
  initializeSyntax,
  prepareTree,
  sourceLimit,
  SourceTooLargeError,
  withTree,
} from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

describe("tree-sitter", () => {
  before(() => initializeSyntax(serverOut));

  it("is loaded once", () => {
    assert.equal(initializeSyntax(serverOut), initializeSyntax(serverOut));
  });

  it("counts in UTF-16 code units, whatever the text holds", () => {
    const samples = ["日本語", "😀", "e\u0301", "𠀀𠀁", "\ud83d", "\u0000"];
    const sources = samples.map((text) => `package p\r\n\r\nvar a = "${text}" /* ${text} */ + wanted\r\n`);
    for (const text of sources)
      assert.equal(placeOf(text, "wanted"), text.indexOf("wanted"), JSON.stringify(text));
  });

  it("counts right in texts longer than any buffer, with a pair at each place of the pieces", () => {
    for (const length of [4094, 4095, 4096, 5118, 5119, 5120, 32767, 40000, 70000]) {
      const start = "package p\n\nvar ";
      const text = `${start}${"x".repeat(length - start.length)}𠀀 = wanted\n`;
      assert.equal(placeOf(text, "wanted"), text.indexOf("wanted"), `${length}`);
      assert.equal(
        withTree(new SourceText(text), (tree) => tree.root.hasError),
        false,
      );
    }
  });

  it("gives each node its text of the source, new of a value included", () => {
    const text = `package p\n\nvar a = new(1 + 2)\nvar b = new(struct{})\n// new(3\n`;
    const found = withTree(new SourceText(text), (tree) => ({
      hasError: tree.root.hasError,
      calls: tree.root.descendantsOfType("call_expression").map((node) => node!.text),
      names: tree.root
        .descendantsOfType("call_expression")
        .map((node) => node!.childForFieldName("function")!.text),
    }));
    assert.deepEqual(found, {
      hasError: false,
      calls: ["new(1 + 2)", "new(struct{})"],
      names: ["new", "new"],
    });
  });

  it("hands out a tree that was made ahead, and the one that was read last, and only for its own text", () => {
    const [source, other] = ["package p\n", "package other\n"].map((text) => new SourceText(text));
    const treeOf = (each = source) => withTree(each!, ({ root }) => ({ id: root.tree, text: root.text }));
    prepareTree(source!);
    assert.equal(treeOf(other).text, "package other\n");
    const [first, second] = [treeOf(), treeOf()];
    assert.equal(first.text, "package p\n");
    assert.equal(second.text, "package p\n");
    assert.equal(first.id, second.id);
    prepareTree(new SourceText(" ".repeat(sourceLimit + 1)));
    assert.equal(treeOf().text, "package p\n");
  });

  it("refuses sources above the limit by an error of its own", () => {
    const source = new SourceText(" ".repeat(sourceLimit + 1));
    assert.throws(
      () => withTree(source, () => "read"),
      (error: unknown) => error instanceof SourceTooLargeError && error.length === sourceLimit + 1,
    );
  });

  it("can read a tree within another one's reading", () => {
    const inner = new SourceText("package inner\n");
    const texts = withTree(new SourceText("package outer\n"), (tree) => [
      withTree(inner, ({ root }) => root.text),
      tree.root.text,
    ]);
    assert.deepEqual(texts, ["package inner\n", "package outer\n"]);
  });

  it("frees each tree, also when reading it throws or when the text is read twice", function () {
    this.timeout(60_000);
    const line = "func f(a, b int) map[string]int { return map[string]int{`a`: a + b} }\n";
    const long = `package p\n\n${line.repeat(Math.ceil(100_000 / line.length))}`;
    const twice = `package p\n\n${line.repeat(300)}var x = new(1 + 2)\n`;
    const parse = (): void => {
      const fail = () => assert.fail("while reading");
      assert.throws(() => withTree(new SourceText(long), fail), /while reading/);
      for (const text of [long, twice]) withTree(new SourceText(text), (tree) => tree.root.endIndex);
    };
    for (let round = 0; round < 10; round++) parse();
    const settled = process.memoryUsage().rss;
    for (let round = 0; round < 60; round++) parse();
    // Were they kept, these trees would take more than 500 MB.
    const grown = (process.memoryUsage().rss - settled) / 2 ** 20;
    assert.ok(grown < 100, `${grown.toFixed(0)} MB more`);
  });
});

/** Where the identifier stands according to the tree. */
function placeOf(text: string, name: string): number | undefined {
  return withTree(new SourceText(text), (tree) => {
    const identifiers = tree.root.descendantsOfType("identifier");
    return identifiers.find((node) => node?.text === name)?.startIndex;
  });
}
