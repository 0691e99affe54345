import assert from "node:assert/strict";
import type { TextChange } from "../../../server/src/analysis/remap.js";
import {
  editedSpans,
  type LineSpan,
  parseDiff,
  touchesSpan,
} from "../../../server/src/features/tree/lineChanges.js";

function replaced(from: number, to: number, text: string): TextChange {
  return { range: { start: { line: from, character: 0 }, end: { line: to, character: 0 } }, text };
}

/** The lines that a range of one line each would touch, up to a last one. */
function touched(spans: readonly LineSpan[], last = 12): number[] {
  return Array.from({ length: last + 1 }, (_, line) => line).filter((line) =>
    touchesSpan({ start: { line, character: 0 }, end: { line, character: 9 } }, spans),
  );
}

describe("lines that differ", () => {
  it("are read from a diff, by file", () => {
    const diff = [
      "diff --git a/a.go b/a.go",
      "index 1..2 100644",
      "--- a/a.go",
      "+++ b/a.go",
      "@@ -3 +3,2 @@ func F() {",
      "-\told()",
      "+\tnew()",
      "+++ b/not-a-name.go",
      "@@ -10,2 +11,0 @@ func G() {",
      "--- gone",
      "-\tgone",
      "\\ No newline at end of file",
      "diff --git a/with blank.go b/with blank.go",
      "--- /dev/null",
      "+++ b/with blank.go\t",
      "@@ -0,0 +1 @@",
      "+package p",
      "diff --git a/gone.go b/gone.go",
      "--- a/gone.go",
      "+++ /dev/null",
      "@@ -1 +0,0 @@",
      "-package p",
      'diff --git "a/q\\"\\tq.go" "b/q\\"\\tq.go"',
      '--- "a/q\\"\\tq.go"',
      '+++ "b/q\\"\\tq.go"',
      "@@ -7 +7 @@",
      "-a",
      "+b",
      "",
    ].join("\n");
    assert.deepEqual(
      [...parseDiff(diff)],
      [
        [
          "a.go",
          [
            { start: 2, end: 4 },
            { start: 11, end: 11 },
          ],
        ],
        ["with blank.go", [{ start: 0, end: 1 }]],
        ['q"\tq.go', [{ start: 6, end: 7 }]],
      ],
    );
  });

  it("count where a range has one of them, or stands around removed ones", () => {
    const spans = [{ start: 5, end: 5 }];
    const range = (from: number, to: number) => ({
      start: { line: from, character: 0 },
      end: { line: to, character: 0 },
    });
    assert.equal(touchesSpan(range(4, 5), spans), true);
    assert.equal(touchesSpan(range(5, 6), spans), false);
    assert.equal(touchesSpan(range(3, 4), spans), false);
  });

  const spans = [{ start: 4, end: 6 }];
  const edits: readonly (readonly [string, TextChange, readonly number[]])[] = [
    ["move with lines that come above", replaced(0, 0, "a\nb\n"), [0, 1, 2, 6, 7]],
    ["move with lines that go above", replaced(0, 2, ""), [0, 2, 3]],
    ["stay where the edit is below", replaced(8, 8, "x"), [4, 5, 8]],
    ["grow by an edit inside", replaced(5, 5, "x\ny"), [4, 5, 6]],
    ["join with an edit over their end", replaced(5, 7, "z"), [4, 5]],
    ["are all of a text that is new", { text: "new" }, Array.from({ length: 13 }, (_, line) => line)],
  ];
  for (const [name, change, lines] of edits) {
    it(name, () => {
      assert.deepEqual(touched(editedSpans(spans, change)), lines);
    });
  }
});
