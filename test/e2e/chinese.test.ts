import assert from "node:assert/strict";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

describe("in Chinese, VS Code", () => {
  let session: Session | undefined;
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/sample"), language: "zh-cn" });
    await workbench().openFile("internal/report/daily.go");
  });

  after(() => session?.close());

  it("says in the status, the hover and the menu what it says in English", async () => {
    const [first] = await workbench().squigglesWhen((all) => all.length === 3);
    await workbench().languageStatusWhen(/逃逸/);
    const hover = await workbench().hoverOver(first!);
    assert.match(hover, /^`append\(rows, …\)` .*堆/);
    assert.doesNotMatch(hover, /grows on the heap|Reserve the capacity/);
    await workbench().screenshot("chinese-hover");
    await workbench().page.keyboard.press("Escape");
    const titles = await workbench().openQuickFixes(first!);
    assert.match(titles[0] ?? "", /预分配|rows/);
    assert.doesNotMatch(titles[0] ?? "", /Preallocate/);
    await workbench().screenshot("chinese-fixes");
    await workbench().closeQuickFixes();
  });

  it("has its commands and its answers", async () => {
    await workbench().goTo(18, 6);
    await workbench().runCommand("Go Escape Lens: 询问光标处的变量或表达式");
    const text = await workbench().documentWhen(/栈|堆/);
    assert.match(text, /# 用法/);
    await workbench().screenshot("chinese-ask");
  });
});
