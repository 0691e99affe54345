import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { packNeighbor } from "./neighbor.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("beside gopls' optimizer details in VS Code", () => {
  let session: Session | undefined;
  let neighbor: Awaited<ReturnType<typeof packNeighbor>> | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    neighbor = await packNeighbor();
    session = await openSession({ folder: path.resolve("test/sample"), neighbors: [neighbor.vsix] });
    await workbench().openFile("internal/report/daily.go");
  });

  after(async () => {
    await session?.close();
    await neighbor?.dispose();
  });

  it("asks which to keep, and silences the other", async () => {
    const question = await workbench().notification(
      /gopls shows the compiler's escape decisions here as well/,
    );
    assert.deepEqual(await question.buttons(), ["Keep Go Escape Lens", "Keep gopls", "Keep Both"]);
    await workbench().screenshot("gopls");
    await question.answer("Keep Go Escape Lens");
    const settings = await workbench().fileWhen(
      () => readFile(session!.settingsFile, "utf8"),
      (text) => text.includes("ui.diagnostic.annotations"),
    );
    const { gopls } = JSON.parse(settings) as { gopls: unknown };
    assert.deepEqual(gopls, { "ui.diagnostic.annotations": { escape: false } });
    await workbench().squigglesWhen((all) => all.some(({ line }) => line === 20));
  });
});
