/** Long work lets others have their turn, and comes to the same. */
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { atOnce, inTurns } from "../../../server/src/analysis/inTurns.js";

/** Takes so many milliseconds of the thread for each step. */
function* steps(count: number, milliseconds: number): Generator<undefined, number> {
  for (let step = 0; step < count; step++) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    yield;
  }
  return count;
}

describe("work in turns", () => {
  it("lets others have their turn between its steps", async () => {
    let isOver = false as boolean;
    let others = 0;
    const work = inTurns(steps(12, 25)).finally(() => (isOver = true));
    while (!isOver) {
      await setImmediate();
      others++;
    }
    assert.equal(await work, 12);
    assert.ok(others >= 4, `${others} turns of others`);
  });

  it("keeps short steps together: a turn costs more than they do", async () => {
    let isOver = false as boolean;
    let others = 0;
    const work = inTurns(steps(10_000, 0)).finally(() => (isOver = true));
    while (!isOver) {
      await setImmediate();
      others++;
    }
    assert.equal(await work, 10_000);
    assert.ok(others < 1000, `${others} turns of others`);
  });

  it("ends when one of the others fires its signal", async () => {
    const controller = new AbortController();
    const work = inTurns(steps(1000, 25), controller.signal);
    await setImmediate();
    controller.abort();
    await assert.rejects(work, { name: "AbortError" });
  });

  it("fails as its steps do", async () => {
    function* failing(): Generator<undefined, never> {
      yield;
      throw new Error("a step failed");
    }
    await assert.rejects(inTurns(failing()), /a step failed/);
    assert.throws(() => atOnce(failing()), /a step failed/);
  });
});
