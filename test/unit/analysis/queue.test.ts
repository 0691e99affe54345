import assert from "node:assert/strict";
import { LatestQueue } from "../../../server/src/analysis/queue.js";

/** A task that runs until it is let go or aborted. */
function gate(): {
  task: (signal: AbortSignal) => Promise<string>;
  open: (value: string) => void;
  started: Promise<void>;
} {
  let open: (value: string) => void = () => undefined;
  let start: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (start = resolve));
  const opened = new Promise<string>((resolve) => (open = resolve));
  const task = (signal: AbortSignal) => {
    start();
    const aborted = new Promise<string>((_, reject) => {
      signal.addEventListener("abort", () => {
        reject(new Error("aborted"));
      });
    });
    return Promise.race([opened, aborted]);
  };
  return { task, open, started };
}

describe("LatestQueue", () => {
  it("ends the older run of a key before the newer one starts", async () => {
    const queue = new LatestQueue<string>(2);
    const older = gate();
    const first = queue.run("p", older.task);
    await older.started;
    const second = queue.run("p", () => Promise.resolve("newer"));
    assert.equal(await first, undefined);
    assert.equal(await second, "newer");
  });

  it("never starts a run that was overtaken while it waited", async () => {
    const queue = new LatestQueue<string>(1);
    const blocker = gate();
    const blocked = queue.run("other", blocker.task);
    let started = 0;
    const count = () => Promise.resolve(++started);
    const runs = [queue.run("p", count), queue.run("p", count), queue.run("p", count)];
    blocker.open("done");
    assert.equal(await blocked, "done");
    assert.deepEqual(await Promise.all(runs), [undefined, undefined, 1]);
  });

  it("runs no more keys at once than its limit", async () => {
    const queue = new LatestQueue<number>(2);
    let active = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setImmediate(resolve));
      active--;
    };
    await Promise.all([1, 2, 3, 4, 5].map((key) => queue.run(key, task)));
    assert.equal(most, 2);
  });

  it("passes on what a task rejects with, and goes on", async () => {
    const queue = new LatestQueue<string>(1);
    await assert.rejects(
      queue.run("p", () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    assert.equal(await queue.run("p", () => Promise.resolve("well")), "well");
  });

  it("cancels all runs, and says when they are gone", async () => {
    const queue = new LatestQueue<string>(2);
    const gates = [gate(), gate()];
    const runs = gates.map((each, index) => queue.run(`p${index}`, each.task));
    await Promise.all(gates.map((each) => each.started));
    await queue.cancel();
    assert.deepEqual(await Promise.all(runs), [undefined, undefined]);
  });
});
