import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { anchorOf, type Anchor, type PlacedMessage } from "../../../server/src/syntax/anchors.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { checkMarks, placedMessages } from "./marked.js";

const unusual = `package p // 包

var sink any

func 测试(名字 string) *string { // want parameter "名字"
	日本 := 1; sink = 日本 // want boxed "日本"
	sink = "😀😀" + 名字 // want concatenation "\\"😀😀\\" + 名字"
	/* 😀 */ sink = new(int) // want new "new(int)"
	return &名字
}
`;

describe("anchors behind unusual columns", () => {
  before(() => initializeSyntax(serverOut));

  it("counts bytes behind Chinese, emoji and tabs", () => {
    checkMarks(unusual);
  });

  it("counts the same in files with CRLF", () => {
    checkMarks(unusual.replaceAll("\n", "\r\n"));
  });

  it("counts a byte order mark in the first line only", () => {
    checkMarks(`\uFEFF${unusual}`);
    checkMarks(`\uFEFFpackage p; var Sink = new(int) // want new "new(int)"\n`);
  });

  it("finds the only expression of its text behind the last column that the compiler names", () => {
    const filler = `"${"x".repeat(260)}"`;
    const contents = `package p\n\nimport "fmt"\n\nfunc f(a, b int) string { return fmt.Sprint(${filler}, a, b) }\n`;
    const anchors = placedMessages(contents).filter(({ message }) => message.column === undefined);
    assert.deepEqual(
      anchors.map(({ message, anchor, underlined }) => [message.text, anchor.quality, underlined]),
      [
        ["a", "exact", "a"],
        ["b", "exact", "b"],
      ],
    );
  });

  it("tells equal expressions of a line apart by their order, or takes the line", () => {
    const line = `	f("${"x".repeat(260)}", n, n)`;
    const contents = `package p\n\nfunc g(n int) {\n${line}\n}\n`;
    const message = { form: "escapes", line: 4, column: undefined, text: "n", inlinedCalls: [] } as const;
    assert.deepEqual(anchorsOf(contents, { ...message, ordinal: 1 }), ["exact", line.lastIndexOf("n") - 1]);
    assert.deepEqual(anchorsOf(contents, { ...message, ordinal: 2 }), ["line", 0]);
    assert.deepEqual(anchorsOf(contents, message), ["line", 0]);
  });

  /** Quality and distance from the line's first word. */
  function anchorsOf(contents: string, message: PlacedMessage): unknown[] {
    const source = new SourceText(contents);
    const anchor = withTree(source, (tree) => anchorOf(tree, message)) as Anchor;
    return [anchor.quality, anchor.range.start - source.lineStart(message.line)! - 1];
  }

  it("finds everything on lines that a //line directive leaves without columns", () => {
    const contents = `package p

var sink any

//line a.go:6
func f(n int) { sink = n; sink = new(int); sink = "a" + string(rune(n)) }
`;
    const underlined = placedMessages(contents).map((placed) => [placed.message.column, placed.underlined]);
    // The directive gives the line its own number, so that only the columns are gone.
    assert.deepEqual(
      underlined.filter(([, text]) => text === "new(int)"),
      [[undefined, "new(int)"]],
    );
  });
});
