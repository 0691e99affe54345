import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { openSession, type Session } from "./session.js";
import type { Squiggle } from "./squiggles.js";
import type { Workbench } from "./workbench.js";

const sample = path.resolve("test/sample");
const daily = "internal/report/daily.go";
const busiest = "internal/report/busiest.go";
const concatenation = 'row.OrderID + "," + strconv.FormatInt(int64(row.Total), 10) + "\\n"';

/** Without what is offered beside the fixes themselves. */
const fixesIn = (titles: readonly string[]): string[] =>
  titles.filter((title) => !/^(?:Allow this allocation|Fix all of this kind|Prove this fix)/.test(title));

describe("quick fixes in VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  /** The file in the folder that is open: what was saved. */
  const saved = (file: string): Promise<string> => readFile(path.join(session!.folder, file), "utf8");

  /** Opens a file and returns the squiggle under a text, once it is there. */
  const squiggleIn = async (file: string, text: string): Promise<Squiggle> => {
    await workbench().openFile(file);
    const all = await workbench().squigglesWhen((some) => some.some((each) => each.text === text));
    return all.find((each) => each.text === text)!;
  };

  /** Waits until exactly these texts are underlined in view. */
  const underlined = async (...texts: string[]): Promise<void> => {
    await workbench().squigglesWhen((all) =>
      isDeepStrictEqual(
        all.map(({ text }) => text),
        texts,
      ),
    );
  };

  before(async () => {
    session = await openSession({
      folder: sample,
      // VS Code draws hints as three dots: only louder ones show their range.
      settings: { "goEscapeLens.diagnostics.severity": { body: "information" } },
    });
  });

  after(() => session?.close());

  it("preallocate a slice that grows in a loop, and its squiggle goes", async () => {
    const append = "append(rows, Row{OrderID: o.ID, Total: o.Total()})";
    const titles = await workbench().openQuickFixes(await squiggleIn(daily, append));
    assert.deepEqual(titles, [
      "Preallocate `rows` with capacity `len(orders)` (growth becomes one allocation)",
      "Allow this allocation, with a reason (`//escape:allow`)",
      "Fix all of this kind in the file: Preallocate the slice",
      "Prove this fix: Preallocate `rows` with capacity `len(orders)`",
    ]);
    await workbench().screenshot("quick-fix");
    await workbench().applyQuickFix("Preallocate `rows`");
    assert.equal(await saved(daily), await readFile(path.join(sample, daily), "utf8"));
    await workbench().save();
    await underlined("make([]Row, 0, len(orders))", concatenation, "append(large, row)");
    const expected = (await readFile(path.join(sample, daily), "utf8")).replace(
      "rows := []Row{}",
      "rows := make([]Row, 0, len(orders))",
    );
    assert.equal(await saved(daily), expected);
  });

  it("ask before behavior changes, and do nothing without consent", async () => {
    const append = "append(large, row)";
    const title =
      "Preallocate `large` with capacity `len(rows)`, the most it can need (growth becomes one allocation)…";
    const before = await saved(daily);
    assert.deepEqual(fixesIn(await workbench().openQuickFixes(await squiggleIn(daily, append))), [title]);
    await workbench().takeQuickFix(title);
    assert.match(await workbench().dialog(), /`large` is empty instead of nil when nothing is appended\./);
    await workbench().screenshot("question");
    await workbench().answerDialog("Cancel");
    await workbench().openQuickFixes(await squiggleIn(daily, append));
    await workbench().takeQuickFix(title);
    await workbench().dialog();
    assert.equal(await saved(daily), before);
    await workbench().answerDialog("Apply");
    await workbench().edited();
    await workbench().save();
    await underlined(concatenation, "make([]Row, 0, len(rows))");
    assert.equal(await saved(daily), before.replace("var large []Row", "large := make([]Row, 0, len(rows))"));
  });

  it("turn a make above 64 KiB into an array on the stack, and its squiggle goes", async () => {
    const make = "make([]int64, minutesPerWeek)";
    const titles = await workbench().openQuickFixes(await squiggleIn(busiest, make));
    const title = "Convert to a fixed array `[minutesPerWeek]int64` on the stack (removes 1 allocation)";
    assert.deepEqual(fixesIn(titles), [title]);
    await workbench().applyQuickFix(title);
    await workbench().save();
    await underlined("make([]byte, len(number))");
    const text = await saved(busiest);
    assert.match(text, /\tvar perMinuteArray \[minutesPerWeek\]int64\n\tperMinute := perMinuteArray\[:\]\n/);
  });

  it("offer sizes for a buffer on the stack, and the squiggle moves to what is left", async () => {
    const make = "make([]byte, len(number))";
    const squiggle = await squiggleIn(busiest, make);
    const titles = await workbench().openQuickFixes(squiggle);
    assert.deepEqual(
      fixesIn(titles).map((title) => /^Use a stack buffer of (\d+) elements for `digits`/.exec(title)?.[1]),
      ["64", "256", "1024"],
    );
    await workbench().screenshot("stack-buffer");
    await workbench().applyQuickFix("of 64 elements");
    await workbench().save();
    const isLower = ({ line, text }: Squiggle): boolean => text === make && line > squiggle.line;
    await workbench().squigglesWhen((all) => all.length === 1 && all.every(isLower));
    assert.match(await saved(busiest), /if len\(number\) <= len\(digitsBuffer\) \{/);
  });
});

describe("quick fixes of text that nobody has compiled yet, in VS Code", () => {
  let session: Session | undefined;

  before(async () => {
    session = await openSession({
      folder: sample,
      settings: {
        "goEscapeLens.diagnostics.severity": { body: "information" },
        // What is typed waits for a save, and the fixes for being chosen.
        "goEscapeLens.analysis.run": "onSave",
        "files.autoSave": "off",
      },
    });
  });

  after(() => session?.close());

  it("are checked before they ask", async () => {
    const { workbench, folder } = session!;
    const isAppend = ({ text }: Squiggle): boolean => text === "append(large, row)";
    await workbench.openFile(daily);
    const line = (await workbench.squigglesWhen((all) => all.some(isAppend))).find(isAppend)!.line;
    const before = await readFile(path.join(folder, daily), "utf8");
    const declaration = before.split("\n").findIndex((each) => each.startsWith("func ")) + 1;
    await workbench.goTo(declaration);
    await workbench.page.keyboard.insertText("const typed = 1\n\n");
    await workbench.goTo(line + 2);
    const moved = await workbench.squigglesWhen((all) =>
      all.some((each) => isAppend(each) && each.line === line + 2),
    );
    const titles = fixesIn(await workbench.openQuickFixes(moved.find(isAppend)!));
    assert.equal(titles.length, 1);
    assert.match(titles[0]!, /^Preallocate `large` .* \(not compiled yet: .*\)…$/);
    await workbench.takeQuickFix("Preallocate `large`");
    const question = await workbench.dialog();
    assert.match(question, /`large` is empty instead of nil when nothing is appended\./);
    assert.match(question, /growth becomes one allocation/);
    await workbench.screenshot("question-checked");
    await workbench.answerDialog("Apply");
    // The file was edited before, so that only its text tells when the fix is there.
    await workbench.documentWhen(/large := make\(\[\]Row, 0, len\(rows\)\)/);
    await workbench.save();
    const expected = before
      .replace("var large []Row", "large := make([]Row, 0, len(rows))")
      .replace(/^func /m, "const typed = 1\n\nfunc ");
    assert.equal(await readFile(path.join(folder, daily), "utf8"), expected);
  });
});
