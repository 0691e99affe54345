import assert from "node:assert/strict";
import { SentinelWatch } from "../../../server/src/compiler/sentinel.js";

describe("the sentinel's watch", () => {
  const line = "/m/s.go:2:73: index bounds check elided\n";

  it("sees the line wherever the text is cut", () => {
    const text = `/a.go:1:2: moved to heap: x\n${line}/m/b.go:9:9: index bounds check elided\n`;
    for (let at = 0; at <= text.length; at++) {
      const watch = new SentinelWatch("/m/s.go");
      const [first, second] = [watch.push(text.slice(0, at)), watch.push(text.slice(at))];
      assert.equal(first || second, true, `cut at ${at}`);
    }
  });

  it("sees no other line", () => {
    const watch = new SentinelWatch("/m/s.go");
    const others = [
      "/m/s.go:2:6: can inline goEscapeLensSentinel\n",
      "/m/b.go:2:73: index bounds check elided\n",
      "x/m/s.go:2:73: index bounds check elided\n",
      line.trimEnd(),
    ];
    assert.deepEqual(
      others.map((text) => watch.push(text)),
      [false, false, false, false],
    );
  });
});
