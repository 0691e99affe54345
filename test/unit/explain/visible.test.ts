import assert from "node:assert/strict";
import { visible } from "../../../server/src/explain/visible.js";

describe("steering characters", () => {
  for (const [text, shown] of [
    ["\u001b[2J", "\\x1b[2J"],
    ["a\u202eb\u2066c", "a\\u202eb\\u2066c"],
    ["\u009b31m\u007f\0", "\\x9b31m\\x7f\\x00"],
    ["hidden\rshown", "hidden\\x0dshown"],
    ["lines\r\nof\ttext\n", "lines\r\nof\ttext\n"],
    ["日本語 🙂 עברית \u200d", "日本語 🙂 עברית \u200d"],
  ] as const) {
    it(`are shown, and all else is left alone: ${JSON.stringify(shown)}`, () => {
      assert.equal(visible(text), shown);
      assert.equal(visible(shown), shown);
    });
  }
});
