import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { commitAll } from "../harness/git.js";
import { HeapEscapesView } from "./heapEscapesView.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("the Heap Escapes view in VS Code", () => {
  let session: Session | undefined;
  let view: HeapEscapesView;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({
      folder: path.resolve("test/sample"),
      settings: { "goEscapeLens.codeLens.enabled": false, "files.simpleDialog.enable": true },
    });
    await workbench().page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    view = new HeapEscapesView(workbench().page);
    // Starts the extension without a Go file, so that nothing is known yet.
    await workbench().commandAppears("Go Escape Lens: Get Started");
    await workbench().runCommand("Go Escape Lens: Get Started");
    await view.makeRoom();
    await view.open();
  });

  after(() => session?.close());

  it("says what to do while nothing is known", async () => {
    assert.match(await view.welcome(), /Nothing that goes to the heap is known yet.*Analyze Workspace/s);
    await workbench().screenshot("view-welcome");
  });

  it("opens and fills when the workspace is analyzed: packages, files, functions, sites", async () => {
    await view.close();
    await workbench().runCommand("Go Escape Lens: Analyze Workspace");
    await view.opened();
    await view.expand("example.com/orders/internal/report,");
    await view.expand("daily.go,");
    await view.expand("Large,");
    await view.row(/append\(large, row\) grows on the heap.*line 39, in a loop/).waitFor();
    await workbench().screenshot("view-packages");
  });

  it("leads to the place", async () => {
    await workbench().openFile("internal/order/order.go");
    await view.row(/append\(large, row\) grows/).click();
    await workbench().page.locator(".tab.active", { hasText: "daily.go" }).waitFor();
    await workbench().page.locator('[id="status.editor.selection"]', { hasText: "Ln 39" }).waitFor();
  });

  it("ranks the costliest first, across files", async () => {
    await workbench().runCommand("Go Escape Lens: Heap Escapes: Costliest First");
    await view.top(/ in a loop| nested loops/).waitFor();
    await workbench().screenshot("view-ranked");
  });

  it("groups by reason, with counts", async () => {
    await workbench().runCommand("Go Escape Lens: Heap Escapes: Group by Reason");
    await view.expand(/^append grows a slice whose capacity is used up, \d+ sites?, \d+ in loops/);
    await view.row(/append\(rows, .* grows on the heap/).waitFor();
  });

  it("shows what is searched for, says so, and shows all again", async () => {
    const { page } = workbench();
    const answer = async (text: string): Promise<void> => {
      await page.locator(".quick-input-widget input[type=text]").fill(text);
      await page.keyboard.press("Enter");
    };
    await workbench().runAskingCommand("Go Escape Lens: Heap Escapes: Search…", "Search Heap Escapes");
    await answer("daily.go csv");
    assert.match(await view.message(), /Filter: “daily\.go csv”/);
    await view.top(/^Something outside the loop holds the value .*, 1 site/).waitFor();
    assert.equal((await view.rows()).filter((row) => row.includes("append")).length, 0);
    await workbench().screenshot("view-searched");
    await workbench().runAskingCommand("Go Escape Lens: Heap Escapes: Search…", "Search Heap Escapes");
    await answer("does not occur");
    assert.match(await view.welcome(), /Nothing passes the filter/);
    await page.getByRole("button", { name: "Clear Filter" }).last().click();
    await view.row(/^append grows/).waitFor();
  });

  it("sets apart what was changed since HEAD, typed and not saved, and copies it", async () => {
    const { page } = workbench();
    commitAll(session!.folder);
    await workbench().openFile("internal/report/daily.go");
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("func fresh() *[64]int { return new([64]int) }");
    await workbench().runCommand("Go Escape Lens: Heap Escapes: Costliest First");
    await workbench().runAskingCommand("Go Escape Lens: Heap Escapes: Filter…", "Filter Heap Escapes");
    const label = "Only on lines changed since HEAD";
    await page.locator(".quick-input-list .monaco-list-row", { hasText: label }).click();
    await page.keyboard.press("Enter");
    assert.match(await view.message(), /changed since HEAD/);
    await view.top(/^new\(\[64\]int\)/).waitFor();
    assert.equal((await view.rows()).length, 1);
    await workbench().screenshot("view-changed");
    await view.top(/^new/).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Copy" }).click();
    await page.waitForFunction(async () => /new\(\[64\]int\)/.test(await navigator.clipboard.readText()));
    await workbench().runCommand("Go Escape Lens: Heap Escapes: Clear Filter");
    await view.row(/append\(large, row\) grows/).waitFor();
  });

  it("writes what it has to a file", async () => {
    const { page } = workbench();
    await workbench().runAskingCommand("Go Escape Lens: Heap Escapes: Export…", "Export Heap Escapes");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "CSV" }).click();
    await page.locator(".quick-input-widget input[type=text]").waitFor();
    await page.locator(".quick-input-title", { hasText: "Export Heap Escapes" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "heap-escapes.csv" }).waitFor();
    const text = await readFile(path.join(session!.folder, "heap-escapes.csv"), "utf8");
    assert.match(text, /^id,package,file,line,/);
    assert.match(text, /,internal\/report\/daily\.go,39,/);
  });

  it("explains the escape at the cursor on a page of its own, in color, with links", async () => {
    const { page } = workbench();
    await workbench().openFile("internal/report/daily.go");
    await workbench().goTo(39, 6);
    await workbench().runCommand("Go Escape Lens: Explain Escape at Cursor");
    await page.locator(".tab.active", { hasText: "daily.go:39" }).waitFor();
    const lines = page.locator(".editor-group-container.active .view-lines");
    await lines.locator(".view-line", { hasText: /^#\sFlow$/ }).waitFor();
    assert.match(
      (await lines.innerText()).replaceAll("\u00a0", " "),
      /append\(large, row\)` grows on the heap/,
    );
    await lines.locator(".detected-link").first().waitFor();
    const colors = await lines
      .locator(".view-line span span")
      .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
    assert.ok(new Set(colors).size > 1, "everything has one color");
    await workbench().screenshot("explanation");
  });

  it("turns settings over, and says what holds then", async () => {
    const { page } = workbench();
    const says = (words: string) => page.locator(".statusbar-item", { hasText: words }).first().waitFor();
    await workbench().runCommand("Go Escape Lens: Toggle Hints Behind Heap Allocations");
    await says("Hints behind heap allocations are on");
    await workbench().runCommand("Go Escape Lens: Toggle Hints Behind Heap Allocations");
    await says("Hints behind heap allocations are off");
  });

  it("puts what a report of a bug needs on the clipboard", async () => {
    const { page } = workbench();
    await workbench().runCommand("Go Escape Lens: Copy Diagnostic Information");
    await page.locator(".notification-toast", { hasText: "on the clipboard" }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /- extension: \d+\.\d+\.\d+, .*\n- workspace: 1 folder, trusted\n- server: /);
    assert.match(text, /- `goEscapeLens\.codeLens\.enabled`: `false`/);
    assert.ok(!text.includes(session!.folder));
  });
});
