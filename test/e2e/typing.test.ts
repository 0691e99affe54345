import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

const sample = path.resolve("test/sample");
const daily = "internal/report/daily.go";

describe("typing in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({
      folder: sample,
      settings: { "goEscapeLens.diagnostics.severity": { body: "information" }, "files.autoSave": "off" },
    });
    await workbench().openFile(daily);
    await workbench().squigglesWhen((all) => all.length > 0);
  });

  after(() => session?.close());

  it("brings squiggles without a save, and leaves the others where their text is", async () => {
    const before = await workbench().squiggles();
    const [first] = before;
    const text = await readFile(path.join(sample, daily), "utf8");
    const line = text.split("\n").findIndex((each) => each.startsWith("func ")) + 1;
    await workbench().goTo(line);
    await workbench().page.keyboard.insertText("func fresh() *int { count := 1; return &count }\n\n");
    const after = await workbench().squigglesWhen((all) => all.some((each) => each.text === "count"));
    assert.equal(after.find((each) => each.text === first!.text)?.line, first!.line + 2);
    await workbench().screenshot("typing");
    assert.equal(await readFile(path.join(session!.folder, daily), "utf8"), text);
  });
});
