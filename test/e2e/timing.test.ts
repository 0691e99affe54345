import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

/** Prints how long a person waits. The limits are far off: only a mistake reaches them, not a busy machine. */
describe("the time until something is seen, in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/sample") });
  });

  after(() => session?.close());

  const firstSquiggle = async (file: string): Promise<number> => {
    const begun = performance.now();
    await workbench().openFile(file);
    const opened = performance.now();
    await workbench().squigglesWhen((all) => all.length > 0);
    const seen = performance.now();
    console.log(
      `      ${file}: first squiggle ${Math.round(seen - opened)} ms after the file was open, ` +
        `${Math.round(seen - begun)} ms after it was asked for`,
    );
    return seen - begun;
  };

  it("is short from opening a Go file to its first squiggle, the start of the server included", async () => {
    assert.ok((await firstSquiggle("internal/report/daily.go")) < 60_000);
  });

  it("is shorter in the next package", async () => {
    assert.ok((await firstSquiggle("internal/pricing/pricing.go")) < 30_000);
  });

  it("is hardly any for the activation", async () => {
    const milliseconds = await workbench().activationTime("Go Escape Lens");
    console.log(`      activation: ${milliseconds} ms`);
    assert.ok(milliseconds < 1000, `${milliseconds} ms`);
  });
});
