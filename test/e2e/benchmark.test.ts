import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { commitAll } from "../harness/git.js";
import { positionOf } from "../harness/positions.js";
import { QuickFixMenu } from "./quickFixMenu.js";
import { openSession, type Session } from "./session.js";

describe("benchmarks in VS Code", () => {
  let session: Session | undefined;

  before(async () => {
    session = await openSession({
      folder: path.resolve("test/pairs"),
      settings: {
        "files.simpleDialog.enable": true,
        "goEscapeLens.benchmark.count": 4,
        "goEscapeLens.benchmark.time": "2000x",
      },
    });
  });

  after(() => session?.close());

  const tick = (name: string) =>
    session!.workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();

  it("prove a fix from its menu: chosen, run, shown as a table, and saved", async () => {
    const { workbench, folder } = session!;
    const { page } = workbench;
    const before = await readFile(path.join(folder, "pairs.go"), "utf8");
    await workbench.openFile("pairs.go");
    await workbench.squigglesWhen((all) => all.length > 0);
    const { line, character } = positionOf(before, "append(squares");
    await workbench.goTo(line + 1, character + 1);
    await new QuickFixMenu(page).takeAboutFix("Prove this fix by benchmark: Preallocate");
    const entries = await workbench.choices("Benchmarks of example.com/pairs");
    assert.deepEqual(entries, [
      { label: "BenchmarkPairs", isTicked: true },
      { label: "BenchmarkSliceGrowth", isTicked: true },
    ]);
    await workbench.screenshot("benchmark-choice");
    await tick("BenchmarkPairs");
    await page.keyboard.press("Enter");
    const text = await workbench.documentWhen(/# Preallocate .*\| `BenchmarkSliceGrowth` +\| allocs\/op +\|/);
    assert.match(text, /The fix was only tried: no file was changed\./);
    assert.match(text, /GC-pause-ms/);
    await workbench.screenshot("benchmark-page");
    const told = await workbench.notification(/BenchmarkSliceGrowth: allocs\/op −/);
    await told.answer("Save as Markdown");
    await page.locator(".quick-input-title", { hasText: "Save as Markdown" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "benchmarks.md" }).waitFor();
    const saved = await readFile(path.join(folder, "benchmarks.md"), "utf8");
    assert.match(
      saved,
      /\| `BenchmarkSliceGrowth` +\| allocs\/op +\| +[\d.]+ \| +1 \| +−[\d.]+ % \| +0\.029 \| yes +\|/,
    );
    assert.equal(await readFile(path.join(folder, "pairs.go"), "utf8"), before);
  });

  it("compare the working tree with git's HEAD", async () => {
    const { workbench, folder } = session!;
    const { page } = workbench;
    commitAll(folder);
    await workbench.openFile("pairs.go");
    await workbench.runAskingCommand(
      "Go Escape Lens: Benchmark the Working Tree Against HEAD…",
      "Benchmarks of example.com/pairs",
    );
    const entries = await workbench.choices("Benchmarks of example.com/pairs");
    // Nothing differs yet, so there is nothing to reach.
    assert.deepEqual(
      entries.map(({ isTicked }) => isTicked),
      [false, false],
    );
    await tick("BenchmarkSliceGrowth");
    await page.keyboard.press("Enter");
    await workbench.documentWhen(
      /# The working tree against HEAD .*\| Benchmark +\| Unit +\| +HEAD \| +now \|/,
    );
  });
});
