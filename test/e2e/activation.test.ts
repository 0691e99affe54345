import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

const sample = path.resolve("test/sample");

describe("the extension in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({ folder: sample });
    await workbench().openFile("internal/report/daily.go");
  });

  after(() => session?.close());

  it("shows its state in the language status", async () => {
    const entry = await workbench().languageStatusWhen(/heap sites shown/);
    assert.match(entry, /Escape: \d+ of \d+ heap sites shown go1\.\d+\S* \w+\/\w+ · .*\d+:\d+.*, \d+ ms/);
  });

  it("underlines exactly what goes to the heap", async () => {
    const squiggles = await workbench().squigglesWhen((all) => all.length > 0);
    assert.deepEqual(squiggles, [
      { line: 20, text: "append(rows, Row{OrderID: o.ID, Total: o.Total()})", severity: "info" },
      {
        line: 29,
        text: 'row.OrderID + "," + strconv.FormatInt(int64(row.Total), 10) + "\\n"',
        severity: "info",
      },
    ]);
    await workbench().screenshot("squiggles");
  });

  it("explains in the hover why", async () => {
    const [first] = await workbench().squiggles();
    const hover = await workbench().hoverOver(first!);
    assert.match(hover, /append grows on the heap: it is returned \(line 22\)/);
    assert.match(hover, /append escapes to heap/);
    await workbench().screenshot("hover");
  });

  it("offers its commands", async () => {
    const titles = await workbench().commandsFor("Go Escape Lens:");
    const own = titles.filter((title) => title.startsWith("Go Escape Lens: "));
    assert.deepEqual(own.sort(), [
      "Go Escape Lens: Analyze Package",
      "Go Escape Lens: Analyze Workspace",
      "Go Escape Lens: Restart Language Server",
      "Go Escape Lens: Show Output",
    ]);
  });

  it("comes back after a restart of the server", async () => {
    await workbench().runCommand("Go Escape Lens: Restart Language Server");
    await workbench().squigglesWhen((all) => all.length === 0);
    await workbench().squigglesWhen((all) => all.length === 2);
  });
});
