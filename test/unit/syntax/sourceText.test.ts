import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { SourceText } from "../../../server/src/syntax/sourceText.js";

describe("SourceText", () => {
  const contents = "\uFEFFa日b\r\n\t😀x\rz\n";
  const source = new SourceText(contents);

  it("hides the byte order mark and counts it in the first line's columns", () => {
    assert.equal(source.text, "a日b\r\n\t😀x\rz\n");
    assert.equal(source.offsetAt(1, 4), 0);
    assert.equal(source.columnOf(0), 4);
    assert.equal(source.offsetAt(2, 1), 5);
  });

  it("turns columns of bytes to offsets and back", () => {
    for (const name of ["a", "日", "b", "\t", "😀", "x", "z"]) {
      const offset = source.text.indexOf(name);
      const line = source.lineOf(offset);
      assert.equal(source.offsetAt(line, source.columnOf(offset)), offset, name);
    }
    assert.equal(source.columnOf(source.text.indexOf("x")), 6);
  });

  it("takes a column within a character for the character, and none beyond the line", () => {
    assert.equal(source.offsetAt(1, 6), 1);
    assert.equal(source.offsetAt(1, 7), 1);
    assert.equal(source.offsetAt(1, 8), 2);
    assert.equal(source.offsetAt(1, 99), undefined);
    assert.equal(source.offsetAt(0, 1), undefined);
    assert.equal(source.offsetAt(4, 1), undefined);
    assert.equal(source.offsetAt(2, 0), undefined);
  });

  it("has Go's lines end in LF only, and LSP's in CR as well", () => {
    assert.equal(source.lineCount, 3);
    assert.equal(source.text.slice(source.lineStart(2), source.lineEnd(2)), "\t😀x\rz");
    assert.equal(source.text.slice(source.lineStart(1), source.lineEnd(1)), "a日b");
    assert.deepEqual(source.positionAt(source.text.indexOf("z")), { line: 2, character: 0 });
    assert.deepEqual(source.positionAt(source.text.indexOf("x")), { line: 1, character: 3 });
  });

  it("keeps offsets of LSP positions within their lines and the text", () => {
    assert.equal(source.offsetOf({ line: 1, character: 3 }), source.text.indexOf("x"));
    assert.equal(source.offsetOf({ line: 0, character: 99 }), 3);
    assert.equal(source.offsetOf({ line: 1, character: 99 }), source.text.indexOf("\rz"));
    assert.equal(source.offsetOf({ line: 2, character: 99 }), source.text.length - 1);
    assert.equal(source.offsetOf({ line: 3, character: 99 }), source.text.length);
    assert.equal(source.offsetOf({ line: 99, character: 0 }), source.text.length);
    assert.deepEqual(source.range(0, 1), {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 1 },
    });
  });
});
