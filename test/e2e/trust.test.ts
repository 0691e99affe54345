import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("an untrusted workspace in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({
      folder: path.resolve("test/sample"),
      trustPrompt: true,
      settings: {
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.banner": "never",
      },
    });
    await workbench().openFile("internal/report/daily.go");
  });

  after(() => session?.close());

  it("shows nothing, says why, and offers nothing that would run the compiler", async () => {
    await workbench().languageStatusWhen(/[Tt]rust/);
    assert.deepEqual(await workbench().squiggles(), []);
    const titles = await workbench().commandsFor("Go Escape Lens:");
    assert.ok(titles.includes("Go Escape Lens: Show Output"), titles.join());
    assert.ok(!titles.includes("Go Escape Lens: Analyze Package"), titles.join());
    await workbench().showLanguageStatus();
    await workbench().screenshot("untrusted");
  });

  it("shows squiggles as soon as the person trusts it", async () => {
    await workbench().trustFolder();
    await workbench().openFile("internal/report/daily.go");
    await workbench().squigglesWhen((all) => all.some(({ line }) => line === 20));
  });
});
