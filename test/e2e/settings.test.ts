import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openSession, type Session } from "./session.js";
import type { Workbench } from "./workbench.js";

const second = `package second

func New() *int {
\tnumber := 1
\treturn &number
}
`;

describe("two roots, and settings that change, in VS Code", () => {
  let session: Session | undefined;
  let parent = "";
  const workbench = (): Workbench => session!.workbench;

  before(async () => {
    parent = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-roots-"));
    await cp(path.resolve("test/sample"), path.join(parent, "sample"), { recursive: true });
    await mkdir(path.join(parent, "second"));
    await writeFile(path.join(parent, "second", "go.mod"), "module example.com/second\n\ngo 1.21\n");
    await writeFile(path.join(parent, "second", "second.go"), second);
    await writeFile(
      path.join(parent, "roots.code-workspace"),
      JSON.stringify({ folders: [{ path: "sample" }, { path: "second" }] }),
    );
    session = await openSession({ folder: parent, inPlace: true, workspaceFile: "roots.code-workspace" });
  });

  after(async () => {
    await session?.close();
    await rm(parent, { recursive: true, force: true });
  });

  const change = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    const now = JSON.parse(await readFile(session!.settingsFile, "utf8")) as Record<string, unknown>;
    await workbench().writeSettings(JSON.stringify({ ...now, ...settings }));
    await workbench().backTo("second.go");
  };

  it("have squiggles each in its own module", async () => {
    await workbench().openFile("internal/report/daily.go");
    await workbench().squigglesWhen((all) => all.length === 3);
    await workbench().openFile("second.go");
    const squiggles = await workbench().squigglesWhen((all) => all.length > 0);
    assert.deepEqual(
      squiggles.map(({ line, severity }) => ({ line, severity })),
      [{ line: 4, severity: "hint" }],
    );
    await workbench().screenshot("two-roots");
  });

  it("apply a severity without a reload", async () => {
    await change({ "goEscapeLens.diagnostics.severity": { body: "warning" } });
    const squiggles = await workbench().squigglesWhen((all) => all[0]?.severity === "warning");
    assert.deepEqual(squiggles, [{ line: 4, text: "number", severity: "warning" }]);
    await change({ "goEscapeLens.diagnostics.severity": { body: "off" } });
    await workbench().squigglesWhen((all) => all.length === 0);
    await change({ "goEscapeLens.diagnostics.severity": {} });
    await workbench().squigglesWhen((all) => all.length === 1);
  });

  it("apply another target, which the Go extension's settings name", async () => {
    await change({ "go.toolsEnvVars": { GOARCH: "arm64", GOOS: "linux" } });
    await workbench().languageStatusWhen(/linux\/arm64/);
  });

  it("say what is wrong with one", async () => {
    await change({ "goEscapeLens.analysis.run": "always" });
    const message = await workbench().notification(/ignores a setting/);
    assert.match(await message.text(), /goEscapeLens\.analysis\.run: /);
    await workbench().screenshot("wrong-setting");
  });
});
