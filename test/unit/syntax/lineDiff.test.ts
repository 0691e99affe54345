import assert from "node:assert/strict";
import { diffLines, linesOf } from "../../../server/src/syntax/lineDiff.js";
import { textEdits } from "../../../server/src/analysis/textChanges.js";
import { unifiedDiff } from "../../../server/src/fixAll/unifiedDiff.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";

/** A generator whose numbers are the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A text of few different lines, so that there is more than one way to align two of them. */
function randomText(next: () => number): string {
  const lines = Array.from({ length: Math.floor(next() * 14) }, () => "abcd"[Math.floor(next() * 4)]!);
  const end = next() < 0.5 ? "\n" : "\r\n";
  return lines.map((line) => line + end).join("") + (next() < 0.3 ? "é😀" : "");
}

/** Length of the longest common subsequence, by the textbook's table. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const below = [0];
    for (const [index, other] of b.entries())
      below.push(line === other ? row[index]! + 1 : Math.max(row[index + 1]!, below[index]!));
    row = below;
  }
  return row[b.length]!;
}

describe("line differences", () => {
  it("are the fewest that make the one text of the other", () => {
    const next = random(7);
    for (let round = 0; round < 3000; round++) {
      const [before, after] = [linesOf(randomText(next)), linesOf(randomText(next))];
      const result = [...before];
      let touched = 0;
      for (const { oldStart, oldEnd, newStart, newEnd } of diffLines(before, after).reverse()) {
        result.splice(oldStart, oldEnd - oldStart, ...after.slice(newStart, newEnd));
        touched += oldEnd - oldStart + newEnd - newStart;
      }
      assert.deepEqual(result, after);
      assert.equal(touched, before.length + after.length - 2 * commonLines(before, after));
    }
  });

  it("become edits at the places of the old text", () => {
    const next = random(8);
    for (let round = 0; round < 500; round++) {
      const source = new SourceText(randomText(next));
      const after = randomText(next);
      let text = source.text;
      for (const { range, newText } of textEdits(source, after).reverse())
        text = text.slice(0, source.offsetOf(range.start)) + newText + text.slice(source.offsetOf(range.end));
      assert.equal(text, after);
    }
  });

  it("are given up where there are too many, and still right", () => {
    const before = Array.from({ length: 1500 }, (_, line) => `a${line}\n`);
    const after = Array.from({ length: 1500 }, (_, line) => `b${line}\n`);
    assert.deepEqual(diffLines(before, after), [{ oldStart: 0, oldEnd: 1500, newStart: 0, newEnd: 1500 }]);
  });
});

describe("unified diff", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, line) => `${line + 1}\n`).join("");

  it("shows three lines around each change, and joins what touches", () => {
    const after = numbers(20).replace("5\n", "five\n").replace("11\n", "").replace("20\n", "20\n21\n");
    assert.equal(
      unifiedDiff("p/p.go", numbers(20), after),
      [
        "--- a/p/p.go",
        "+++ b/p/p.go",
        "@@ -2,13 +2,12 @@",
        ...[" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8", " 9", " 10", "-11", " 12", " 13", " 14"],
        "@@ -18,3 +17,4 @@",
        ...[" 18", " 19", " 20", "+21"],
        "",
      ].join("\n"),
    );
  });

  it("is empty without a change, and marks a missing end of the last line", () => {
    assert.equal(unifiedDiff("p.go", "a\n", "a\n"), "");
    assert.equal(
      unifiedDiff("p.go", "", "a"),
      "--- a/p.go\n+++ b/p.go\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n",
    );
  });
});
