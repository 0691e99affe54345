import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";

describe("a memory profile in VS Code", () => {
  let session: Session | undefined;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/pairs") });
  });

  after(() => session?.close());

  it("is taken at the cursor, explained on a page, and shown behind the lines", async () => {
    const { workbench } = session!;
    await workbench.openFile("pairs_test.go");
    await workbench.goTo(34);
    await workbench.runCommand("Go Escape Lens: Profile Memory of the Test at the Cursor");
    const page = await workbench.documentWhen(/# Memory profile[^]*pairs\.go:12/);
    assert.match(page, /By code of the workspace/);
    await workbench.screenshot("profile-page");
    await workbench.openFile("pairs.go");
    const marks = await workbench.lineEndsWhen((texts) => texts.some((text) => / objects$/.test(text)));
    assert.ok(
      marks.some((text) => /^[\d.]+ [kM]?B · [\d.]+ % · [\d.]+( k)? objects$/.test(text)),
      marks.join("\n"),
    );
    assert.ok(
      marks.some((text) => /^↳ /.test(text)),
      marks.join("\n"),
    );
    await workbench.screenshot("profile-lines");
  });

  it("is gone when it is cleared", async () => {
    const { workbench } = session!;
    await workbench.runCommand("Go Escape Lens: Clear Memory Profile");
    await workbench.lineEndsWhen((texts) => texts.length === 0);
  });
});
