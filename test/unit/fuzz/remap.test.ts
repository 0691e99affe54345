import assert from "node:assert/strict";
import fc from "fast-check";
import { Results } from "../../../server/src/analysis/results.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { madeSite, madeSnapshot } from "../../harness/sites.js";

const file = "/m/a.go";

/** A text of lines, in which the words are sites; lines end in any way, and other letters are of any width. */
const text = fc
  .array(
    fc.tuple(
      fc.constantFrom("", " ", "\t", "日", "🙂", "x."),
      fc.constantFrom("", "(", " ", "+"),
      fc.constantFrom("", ")", " 🙂", ";"),
      fc.constantFrom("\n", "\n", "\r\n", "\n\n"),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((lines) =>
    lines
      .map(([start, before, behind, end], index) => `${start}${before} site${index}${behind}${end}`)
      .join(""),
  );

const edits = fc.array(
  fc.record({
    start: fc.nat(300),
    length: fc.oneof(fc.constant(0), fc.nat(12)),
    text: fc.constantFrom("", "\n", "\r\n", " ", "a", "(", "🙂", "日本\n語", "\n\n\n", "_", "site1"),
  }),
  { maxLength: 12 },
);

interface Kept {
  readonly word: string;
  readonly start: number;
}

const wordAtStart = /^[\p{L}\p{N}_]/u;
const wordAtEnd = /[\p{L}\p{N}_]$/u;

/** What becomes of a site by offsets alone: the rule of `remapRange`, written down a second time. */
function follow({ word, start }: Kept, from: number, to: number, by: string): Kept[] {
  const end = start + word.length;
  if (to <= start)
    return to === start && wordAtEnd.test(by) ? [] : [{ word, start: start + by.length - (to - from) }];
  if (from >= end) return from === end && wordAtStart.test(by) ? [] : [{ word, start }];
  return [];
}

/** An offset that is in no surrogate pair, nor between a carriage return and its line feed. */
function whole(source: string, offset: number): number {
  const at = Math.min(offset, source.length);
  const splits = /^[\udc00-\udfff]/.test(source.slice(at)) || source.slice(at - 1, at + 1) === "\r\n";
  return splits ? at + 1 : at;
}

describe("sites under any edits", () => {
  it("stand on their own text or are gone, and are only gone where it was touched", () => {
    fc.assert(
      fc.property(text, edits, fc.nat(12), (original, changes, late) => {
        const results = new Results();
        let source = new SourceText(original);
        let kept: Kept[] = [...original.matchAll(/site\d+/g)].map(({ 0: word, index }) => ({
          word,
          start: index,
        }));
        const sites = kept.map(({ word, start }, index) => {
          const range = source.range(start, start + word.length);
          return madeSite(index, { id: word, file, range, nodeRange: range, source: word });
        });
        const put = () => {
          results.put({ snapshot: madeSnapshot("m", new Map([[file, 1]])), files: [file], sites });
        };
        // A result comes before all edits, or behind some that were made meanwhile.
        for (const [index, change] of changes.entries()) {
          if (index === late) put();
          const from = whole(source.text, change.start);
          const to = whole(source.text, from + change.length);
          results.edit(file, index + 2, [{ range: source.range(from, to), text: change.text }]);
          kept = kept.flatMap((each) => follow(each, from, to, change.text));
          source = new SourceText(source.text.slice(0, from) + change.text + source.text.slice(to));
        }
        if (late >= changes.length) put();
        const shown = results.of(file)?.sites.map(({ id, range }) => {
          const [start, end] = [source.offsetOf(range.start), source.offsetOf(range.end)];
          assert.equal(source.text.slice(start, end), id);
          return { word: id, start };
        });
        assert.deepEqual(shown, kept);
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 2000) },
    );
  });
});
