import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { openSession, type Session } from "./session.js";

interface Manifest {
  readonly contributes: {
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
  };
}

const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

describe("a memory profile in VS Code", () => {
  let session: Session | undefined;

  before(async () => {
    session = await openSession({ folder: path.resolve("test/pairs") });
  });

  after(() => session?.close());

  it("is taken at the cursor, explained on a page, and shown behind the lines", async () => {
    const { workbench } = session!;
    await workbench.openFile("pairs_test.go");
    await workbench.goTo(34);
    await workbench.runCommand("Go Escape Lens: Profile Memory of the Test at the Cursor");
    const page = await workbench.documentWhen(/# Memory profile[^]*pairs\.go:12/);
    assert.match(page, /By code of the workspace/);
    await workbench.screenshot("profile-page");
    await workbench.openFile("pairs.go");
    const marks = await workbench.lineEndsWhen((texts) => texts.some((text) => / objects$/.test(text)));
    assert.ok(
      marks.some((text) => /^[\d.]+ [kM]?B · [\d.]+ % · [\d.]+( k)? objects$/.test(text)),
      marks.join("\n"),
    );
    assert.ok(
      marks.some((text) => /^↳ /.test(text)),
      marks.join("\n"),
    );
    await workbench.screenshot("profile-lines");
  });

  for (const { theme, sign, kind } of [
    { theme: "Default High Contrast", sign: ".hc-black", kind: "highContrast" },
    { theme: "Default High Contrast Light", sign: ".hc-light", kind: "highContrastLight" },
  ]) {
    it(`has colors that can be read in ${theme}`, async () => {
      const { workbench, settingsFile } = session!;
      const settings = JSON.parse(await readFile(settingsFile, "utf8")) as Record<string, unknown>;
      await workbench.writeSettings(JSON.stringify({ ...settings, "workbench.colorTheme": theme }));
      await workbench.page.locator(`.monaco-workbench${sign}`).waitFor();
      await workbench.backTo("pairs.go");
      const expected = contributes.colors
        .filter(({ id }) => id.startsWith("goEscapeLens.profile."))
        .map(({ defaults }) => defaults[kind]);
      await workbench.lineEndColorsWhen(
        (colors) => colors.length > 0 && colors.every((color) => expected.includes(color)),
      );
      await workbench.screenshot(`profile-${kind}`);
    });
  }

  it("is gone when it is cleared", async () => {
    const { workbench } = session!;
    await workbench.runCommand("Go Escape Lens: Clear Memory Profile");
    await workbench.lineEndsWhen((texts) => texts.length === 0);
  });
});
