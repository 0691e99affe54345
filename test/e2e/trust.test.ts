import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { shimmedGo } from "../harness/shimmedGo.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("an untrusted workspace in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;
  const home = mkdtempSync(path.join(os.tmpdir(), "escape-lens-untrusted-"));
  /** Written by each go command and compiler that is run. */
  const traces = path.join(home, "traces");

  before(async () => {
    const go = shimmedGo(path.join(home, "go"));
    for (const program of ["go", "compile"] as const) go.before(program, `echo "$0 $*" >> '${traces}'`);
    session = await openSession({
      folder: path.resolve("test/sample"),
      env: { ...process.env, ...go.env },
      trustPrompt: true,
      settings: {
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.banner": "never",
      },
    });
    await workbench().openFile("internal/report/daily.go");
  });

  after(async () => {
    await session?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it("shows nothing, says why, and offers nothing that would run the compiler", async () => {
    await workbench().languageStatusWhen(/[Tt]rust/);
    assert.deepEqual(await workbench().squiggles(), []);
    const isOffered = async (title: string) => (await workbench().commandsFor(title)).includes(title);
    assert.ok(await isOffered("Go Escape Lens: Show Output"));
    assert.ok(!(await isOffered("Go Escape Lens: Analyze Package")));
    await workbench().showLanguageStatus();
    await workbench().screenshot("untrusted");
    await workbench().leaveHover();
  });

  it("runs nothing, whatever is done with its files", async () => {
    await workbench().goTo(1);
    await workbench().page.keyboard.insertText("// looked at\n");
    await workbench().edited();
    await workbench().save();
    await workbench().openFile("internal/order/order.go");
    // The new server has heard of all that was done before it answers for the file.
    await workbench().runCommand("Go Escape Lens: Restart Language Server");
    await workbench().languageStatusWhen(/workspace not trusted/);
    assert.ok(!existsSync(traces), "go was run");
  });

  it("shows squiggles as soon as the person trusts it", async () => {
    await workbench().trustFolder();
    await workbench().openFile("internal/report/daily.go");
    await workbench().squigglesWhen((all) => all.some(({ line }) => line === 21));
    assert.ok(existsSync(traces), "the traces would not have told of it");
  });
});
