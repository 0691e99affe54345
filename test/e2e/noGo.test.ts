import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("a machine without Go, in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    const missing = path.resolve("test", "no-such-folder", "go");
    session = await openSession({
      folder: path.resolve("test/sample"),
      settings: { "goEscapeLens.go.path": missing },
    });
    await workbench().openFile("internal/report/daily.go");
  });

  after(() => session?.close());

  it("says in the language status what is missing, and shows nothing", async () => {
    const entry = await workbench().languageStatusWhen(/no go command/);
    assert.match(entry, /^Escape: no go command .*The go command that the settings name/);
    assert.deepEqual(await workbench().squiggles(), []);
    await workbench().showLanguageStatus();
    await workbench().screenshot("no-go");
  });
});
