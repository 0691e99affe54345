import assert from "node:assert/strict";
import path from "node:path";
import { until } from "../harness/until.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("a machine without Go, in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  const open = async () => {
    const missing = path.resolve("test", "no-such-folder", "go");
    session = await openSession({
      folder: path.resolve("test/sample"),
      settings: { "goEscapeLens.go.path": missing },
    });
    await workbench().openFile("internal/report/daily.go");
  };

  before(open);

  after(() => session?.close());

  it("says in the language status what is missing, and shows nothing", async () => {
    const entry = await workbench().languageStatusWhen(/no go command/);
    assert.match(entry, /^Escape: no go command .*The go command that the settings name/);
    assert.deepEqual(await workbench().squiggles(), []);
    await workbench().showLanguageStatus();
    await workbench().screenshot("no-go");
    // It stays over the message's buttons while the mouse is on it.
    await workbench().leaveHover();
  });

  it("says it once, and leads to the setting", async () => {
    const message = await workbench().notification(/The go command that the settings name/);
    assert.match(await message.text(), /^Go Escape Lens: The go command that the settings name/);
    assert.deepEqual(await message.buttons(), ["Get Go", "Open Settings"]);
    await workbench().screenshot("no-go-message");
    await message.answer("Open Settings");
    const labels = workbench().page.locator(".settings-editor .setting-item-label");
    // All settings are there before the search is done.
    await until(async () => (await labels.allInnerTexts()).join() === "Path");
  });

  it("leads to where Go is had", async () => {
    // Each window says it once.
    await session!.close();
    await open();
    const message = await workbench().notification(/The go command that the settings name/);
    await message.answer("Get Go");
    assert.match(await workbench().dialog(), /https:\/\/go\.dev\/dl\//);
    await workbench().answerDialog("Cancel");
  });
});
