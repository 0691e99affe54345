import assert from "node:assert/strict";
import { CrashPolicy } from "../../../client/src/crashPolicy.js";

describe("CrashPolicy", () => {
  const minute = 60_000;

  it("gives up at the fifth crash within three minutes", () => {
    let now = 0;
    const policy = new CrashPolicy(() => now);
    const answers = [0, 1, 2, 3, 4].map((index) => {
      now = index * 1000;
      return policy.crashed();
    });
    assert.deepEqual(answers, [true, true, true, true, false]);
  });

  it("forgets crashes that are older than three minutes", () => {
    let now = 0;
    const policy = new CrashPolicy(() => now);
    const answers = Array.from({ length: 12 }, (_, index) => {
      now = index * minute;
      return policy.crashed();
    });
    assert.ok(answers.every((answer) => answer));
  });
});
