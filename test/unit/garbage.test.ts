import assert from "node:assert/strict";
import { collectGarbage } from "../../server/src/garbage.js";

describe("collectGarbage", () => {
  it("gives back at once what nothing holds any more", async () => {
    const numbers = () => Array.from({ length: 10_000 }, Math.random);
    const held = { all: Array.from({ length: 200 }, numbers) };
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    assert.equal(held.all.length, 200);
    held.all = [];
    await collectGarbage();
    // 200 times 10,000 numbers of eight bytes.
    assert.ok(before - process.memoryUsage().heapUsed > 15_000_000);
  });
});
