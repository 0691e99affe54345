import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { packed } from "../harness/products.js";
import { reasonCodes } from "../../server/src/analysis/reasonCodes.js";
import { readZip } from "./zip.js";

/** Everything that may be in the package; translations come and go. */
const expected = [
  "LICENSE.txt",
  "ThirdPartyNotices.txt",
  "changelog.md",
  "client/media/icon.png",
  "client/media/walkthrough/fix-dark.png",
  "client/media/walkthrough/fix.png",
  "client/media/walkthrough/gate-dark.png",
  "client/media/walkthrough/gate.png",
  "client/media/walkthrough/squiggle-dark.png",
  "client/media/walkthrough/squiggle.png",
  "client/media/walkthrough/why-dark.png",
  "client/media/walkthrough/why.png",
  "client/out/extension.js",
  "client/out/languageClient.js",
  "docs/escapelens.schema.json",
  "package.json",
  "package.nls.json",
  "readme.md",
  "server/out/cli.js",
  "server/out/cliMain.js",
  "server/out/mcp.js",
  "server/out/server.js",
  "server/out/serverMain.js",
  "server/out/tree-sitter-go.wasm",
  "server/out/tree-sitter.wasm",
  "server/out/watchdog.js",
  "syntaxes/go-escape.directives.injection.tmLanguage.json",
  "syntaxes/go-escape.log.injection.tmLanguage.json",
  "syntaxes/go-escape.tmLanguage.json",
];

/** Pages about reasons, which links of diagnostics lead to. */
const page = /^docs\/(?:zh-cn\/)?reasons\/[\w-]+\.md$/;

const translation = /^(package\.nls\.[\w-]+\.json|l10n\/bundle\.l10n(\.[\w-]+)?\.json)$/;

describe("the .vsix", () => {
  let archive: Buffer;
  let files: Map<string, Buffer>;

  before(async () => {
    archive = await readFile(packed("vsix"));
    const prefix = "extension/";
    files = new Map(
      [...readZip(archive)]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, content]) => [name.slice(prefix.length), content]),
    );
  });

  it("holds what it should and nothing else", () => {
    // The samples are those that the tests use, whole.
    const isListed = (name: string) =>
      !translation.test(name) && !page.test(name) && !/^test\/(?:sample|pairs)\//.test(name);
    const names = [...files.keys()].filter(isListed);
    assert.ok(files.has("test/sample/internal/report/daily.go"));
    assert.ok(files.has("test/pairs/pairs_test.go"));
    assert.deepEqual(names.sort(), expected);
  });

  it("has the page of each reason in both languages", () => {
    for (const code of reasonCodes)
      for (const folder of ["docs/reasons", "docs/zh-cn/reasons"])
        assert.ok(files.has(`${folder}/${code}.md`), `${folder}/${code}.md`);
  });

  it("is smaller than 2 MB", () => {
    assert.ok(archive.length < 2_000_000, `${archive.length} bytes`);
  });

  it("names no folder of the machine that built it", () => {
    for (const [name, content] of files) {
      for (const folder of [process.cwd(), os.homedir()]) {
        // A home of `/` or `/root` says nothing of the machine, and stands in many texts.
        if (folder.split(path.sep).length > 2) assert.ok(!content.includes(folder), `${folder} in ${name}`);
      }
    }
  });

  it("runs without node_modules", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-vsix-"));
    try {
      for (const [name, content] of files) {
        await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
        await writeFile(path.join(folder, name), content);
      }
      const { version } = JSON.parse(files.get("package.json")!.toString()) as { version: string };
      for (const program of ["server", "cli"]) {
        const script = path.join(folder, "server", "out", `${program}.js`);
        const output = execFileSync(process.execPath, [script, "--version"], {
          encoding: "utf8",
          cwd: folder,
        });
        assert.match(output, new RegExp(`\\b${version.replaceAll(".", "\\.")}\\b`), program);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
