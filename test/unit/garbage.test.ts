import assert from "node:assert/strict";
import { collectGarbage } from "../../server/src/garbage.js";

describe("collectGarbage", () => {
  it("gives back at once what nothing holds any more", async () => {
    let held: number[][] | null = Array.from({ length: 200 }, () =>
      Array.from({ length: 10_000 }, Math.random),
    );
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    assert.equal(held.length, 200);
    held = null;
    await collectGarbage();
    // 200 times 10,000 numbers of eight bytes.
    assert.ok(before - process.memoryUsage().heapUsed > 15_000_000);
  });
});
