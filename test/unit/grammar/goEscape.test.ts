import assert from "node:assert/strict";
import { samples } from "./samples.js";
import { type Token, tokensOf } from "./tokenize.js";

/** The tokens that are expected and found, in the order in which they stand in the line. */
function found(expected: readonly Token[], actual: readonly Token[]): Token[] {
  let from = 0;
  return expected.flatMap((token) => {
    const index = actual.findIndex(
      ([text, scope], at) => at >= from && text === token[0] && scope === token[1],
    );
    if (index < 0) return [];
    from = index + 1;
    return [token];
  });
}

describe("the grammar of escape output", () => {
  for (const { line, tokens } of samples) {
    it(line, async () => {
      const actual = await tokensOf(line);
      assert.deepEqual(found(tokens, actual), tokens, JSON.stringify(actual));
    });
  }

  it("leaves other text alone", async () => {
    assert.deepEqual(await tokensOf("the build took 3 s"), []);
  });

  it("colors a compiler line behind a log's time and level", async () => {
    const actual = await tokensOf("2026-01-02 03:04:05.678 [info] a/p.go:3:9: moved to heap: u", "text.log");
    assert.deepEqual(actual, [
      ["[info]", "level.log"],
      ["a/p.go", "entity.name.filename"],
      [":", "punctuation.separator.position"],
      ["3", "constant.numeric.line"],
      [":", "punctuation.separator.position"],
      ["9", "constant.numeric.column"],
      [":", "punctuation.separator.position"],
      ["moved to heap", "markup.deleted.heap"],
      [":", "punctuation.separator"],
      ["u", "variable.other"],
    ]);
  });

  it("leaves other lines of a log alone", async () => {
    const actual = await tokensOf("2026-01-02 03:04:05.678 [info] a/p.go:3:9: syntax error", "text.log");
    assert.deepEqual(actual, [["[info]", "level.log"]]);
  });
});
