import assert from "node:assert/strict";
import path from "node:path";
import { olderGo } from "./olderGo.js";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

const daily = "internal/report/daily.go";

describe("questions in VS Code", () => {
  let session: Session | undefined;
  const older = olderGo();
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/sample"), env: older.env });
    await workbench().openFile(daily);
    await workbench().squigglesWhen((all) => all.length === 3);
  });

  after(async () => {
    await session?.close();
    older.dispose();
  });

  it("explain the escape at the cursor, with links to each step", async () => {
    await workbench().goTo(20, 12);
    await workbench().runCommand("Go Escape Lens: Explain Escape at Cursor");
    const text = await workbench().documentWhen(/grows on the heap/);
    for (const title of ["# Flow", "# Cost", "# Advice", "# Compiler", "# Reason"])
      assert.ok(text.includes(title), `${title} in\n${text}`);
    await workbench().page.locator(".detected-link").first().waitFor();
    await workbench().screenshot("explanation");
    await workbench().backTo("daily.go");
  });

  it("say of a variable that it stays on the stack, and what would move it", async () => {
    await workbench().goTo(18, 6);
    await workbench().runCommand("Go Escape Lens: Ask About the Variable or Expression");
    const text = await workbench().documentWhen(/stays on the stack/);
    assert.match(text, /# Conditions/);
    await workbench().screenshot("ask");
    await workbench().backTo("daily.go");
  });

  /** Compares the function at an append, and returns the page. */
  const compared = async (build: string, expected: RegExp): Promise<string> => {
    await workbench().goTo(20, 12);
    await workbench().runAskingCommand(
      "Go Escape Lens: Compare the Function Under Another Build…",
      "Compare the Function Under Another Build",
    );
    if (build === older.version) await workbench().screenshot("builds");
    await workbench().page.keyboard.type(build);
    await workbench().page.keyboard.press("Enter");
    return await workbench().documentWhen(expected);
  };

  it("compare the function at the cursor under another target", async () => {
    const text = await compared("linux/386", /linux\/386/);
    assert.match(text, /# (?:Same|Gone|New|Changed)/);
    await workbench().screenshot("compare");
    await workbench().backTo("daily.go");
  });

  it("compare it under an older version of Go that is installed", async () => {
    const text = await compared(older.version, new RegExp(`${older.version.replaceAll(".", "\\.")} `));
    assert.match(text, /# Same/);
    assert.doesNotMatch(text, /# (?:Gone|New|Changed)/);
    await workbench().backTo("daily.go");
  });
});
