import assert from "node:assert/strict";
import { coalesce } from "../../../client/src/coalesce.js";

/** An action whose runs end when the test says so. */
function controlled() {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const action = (): Promise<void> => new Promise((resolve, reject) => ends.push({ resolve, reject }));
  return { ends, run: coalesce(action) };
}

/** Lets every promise that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("coalesce", () => {
  it("runs once for each call that stands alone", async () => {
    const { ends, run } = controlled();
    const first = run();
    ends[0]!.resolve();
    await first;
    void run();
    assert.equal(ends.length, 2);
  });

  it("shares one more run between all calls during a run", async () => {
    const { ends, run } = controlled();
    const first = run();
    const [second, third] = [run(), run()];
    assert.equal(second, third);
    assert.equal(ends.length, 1);
    ends[0]!.resolve();
    await first;
    await settle();
    assert.equal(ends.length, 2);
    ends[1]!.resolve();
    await second;
    assert.equal(ends.length, 2);
  });

  it("runs again after a failure, of which only its own caller hears", async () => {
    const { ends, run } = controlled();
    const first = assert.rejects(run(), /no/);
    const second = run();
    ends[0]!.reject(new Error("no"));
    await first;
    await settle();
    ends[1]!.resolve();
    await second;
  });
});
