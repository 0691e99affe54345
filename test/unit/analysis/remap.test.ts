import assert from "node:assert/strict";
import { remapRange } from "../../../server/src/analysis/remap.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";

/**
 * `‹…›` marks the range, `[…]` what the change replaces; the change's text, and the text with the range that must come
 * out, or undefined when the range must go.
 */
function check(marked: string, inserted: string, expected: string | undefined): void {
  it(JSON.stringify([marked, inserted]), () => {
    const source = new SourceText(marked.replace(/[‹›[\]]/g, ""));
    const at = (mark: string) =>
      source.positionAt(marked.slice(0, marked.indexOf(mark)).replace(/[‹›[\]]/g, "").length);
    const replaced = { start: at("["), end: at("]") };
    const moved = remapRange({ start: at("‹"), end: at("›") }, { range: replaced, text: inserted });
    const text =
      source.text.slice(0, source.offsetOf(replaced.start)) +
      inserted +
      source.text.slice(source.offsetOf(replaced.end));
    const after = new SourceText(text);
    const shown =
      moved === undefined
        ? undefined
        : `${text.slice(0, after.offsetOf(moved.start))}‹${text.slice(after.offsetOf(moved.start), after.offsetOf(moved.end))}›${text.slice(after.offsetOf(moved.end))}`;
    assert.equal(shown, expected);
  });
}

describe("remapRange", () => {
  check("a[]\nx := ‹&u›\n", "\n\n", "a\n\n\nx := ‹&u›\n");
  check("[a\nb\n]x := ‹&u›\n", "", "x := ‹&u›\n");
  check("x[] := ‹&u›", "yy", "xyy := ‹&u›");
  check("x := ‹&u›\n[]", "more\n", "x := ‹&u›\nmore\n");
  check("[日] := ‹&u›", "🙂🙂", "🙂🙂 := ‹&u›");
  check("x := [y\n+ ]‹&u›", "", "x := ‹&u›");
  check("x := ‹&u›[]", ")", "x := ‹&u›)");
  check("x := ‹&u›[]", "v", undefined);
  check("x := []‹u›", "v", undefined);
  check("x := []‹u›", "(", "x := (‹u›");
  check("x := ‹&[u]›", "v", undefined);
  check("x := ‹&u[›]", "v", undefined);
  check("[x := ‹&u›]", "", undefined);
  check("x := ‹&[]u›", " ", undefined);

  it("drops everything when the whole text is replaced", () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    assert.equal(remapRange(range, { text: "new" }), undefined);
  });
});
