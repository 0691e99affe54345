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
    assert.match(entry, /Escape: \d+ of \d+ heap sites shown go1\.\d+\S* \w+\/\w+ · \d+:\d+.*, \d+ ms/);
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
      { line: 39, text: "append(large, row)", severity: "info" },
    ]);
    await workbench().screenshot("squiggles");
    await workbench().showLanguageStatus();
    await workbench().screenshot("status");
  });

  it("explains in the hover why", async () => {
    const [first] = await workbench().squiggles();
    const hover = await workbench().hoverOver(first!);
    assert.match(
      hover,
      /^`append\(rows, …\)` grows on the heap once its capacity is used up: it is in a loop, and no capacity was reserved/,
    );
    assert.match(hover, /daily\.go\(22, 2\): returned: `return rows`/);
    assert.match(hover, /Reserve the capacity first/);
    assert.match(hover, /append escapes to heap\n/);
    // VS Code shows the diagnostic in the same hover: what it says is not said twice.
    assert.equal(hover.match(/grows on the heap/g)?.length, 1);
    assert.equal(hover.match(/returned: /g)?.length, 1);
    await workbench().screenshot("hover");
  });

  it("whispers outside of loops", async () => {
    await workbench().openFile("internal/order/order.go");
    await workbench().goTo(30);
    const squiggles = await workbench().squigglesWhen((all) => all.length > 0);
    assert.deepEqual(
      squiggles.map(({ line, severity }) => ({ line, severity })),
      [{ line: 30, severity: "hint" }],
    );
    await workbench().openFile("internal/report/daily.go");
  });

  it("offers its commands", async () => {
    const offered = async (title: string) =>
      (await workbench().commandsFor(`Go Escape Lens: ${title}`)).includes(`Go Escape Lens: ${title}`);
    for (const title of [
      "Analyze Package",
      "Analyze Workspace",
      "Explain Escape at Cursor",
      "Restart Language Server",
    ])
      assert.ok(await offered(title), title);
    // What needs a row of the view is for its menus.
    assert.ok(!(await offered("Copy")));
  });

  it("comes back after a restart of the server", async () => {
    await workbench().runCommand("Go Escape Lens: Restart Language Server");
    await workbench().squigglesWhen((all) => all.length === 0);
    await workbench().squigglesWhen((all) => all.length === 3);
  });
});
