/** The npm package as somebody gets it: installed from the tarball into an empty folder, and run by npx. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { npxCommand } from "../../scripts/lib/npm.mjs";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { installTarball } from "../harness/products.js";

const expected = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "README.zh-cn.md",
  "ThirdPartyNotices.txt",
  "docs/escapelens.schema.json",
  "docs/reasons/boxed-store.md",
  "docs/zh-cn/reasons/boxed-store.md",
  "package.json",
  "server/out/cli.js",
  "server/out/cliMain.js",
  "server/out/mcp.js",
  "server/out/server.js",
  "server/out/serverMain.js",
  "server/out/tree-sitter-go.wasm",
  "server/out/tree-sitter.wasm",
  "server/out/watchdog.js",
];

/** Pages about reasons, which links of diagnostics lead to; the files of this name count as one. */
const isPage = (file: string) => /^docs\/(?:zh-cn\/)?reasons\/(?!boxed-store\.md)/.test(file);

const source = `package main

type user struct{ name string }

func newUser(name string) *user {
	u := user{name}
	return &u
}

func main() { println(newUser("é").name) }
`;

describe("the npm package", () => {
  let folder: TestModule;

  before(() => {
    folder = testModule({ "main.go": source }, "empty folder");
    installTarball(folder.dir);
  });

  after(() => {
    folder.dispose();
  });

  it("holds the two commands and what they load", () => {
    assert.deepEqual(readdirSync(folder.path("node_modules")).sort(), [
      ".bin",
      ".package-lock.json",
      "go-escape-lens",
    ]);
    const installed = folder.path("node_modules/go-escape-lens");
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .filter((file) => !file.startsWith("l10n/") && !isPage(file));
    assert.deepEqual(files.sort(), expected);
  });

  it("checks a module by `npx escapelens`", () => {
    const [program, args] = npxCommand(["--offline", "escapelens", "check", "--level=hint", "--format=json"]);
    const { stdout, stderr, status } = spawnSync(program, args, {
      cwd: folder.dir,
      encoding: "utf8",
      env: { ...process.env, ESCAPELENS_CACHE: "off" },
    });
    assert.equal(status, 1, stderr);
    const report = JSON.parse(stdout) as { sites: { expression: string; reason: string; file: string }[] };
    const [site] = report.sites;
    assert.deepEqual(
      [site?.file, site?.expression, site?.reason],
      ["main.go", "u", "return-address"],
      stdout,
    );
  });

  it("serves an editor by `npx go-escape-lens --stdio`", async () => {
    const [program, args] = npxCommand(["--offline", "go-escape-lens", "--stdio"]);
    const command: [string, ...string[]] = [program, ...args];
    const client = await TestClient.start({ folders: [folder.dir], command, cwd: folder.dir });
    try {
      const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
      assert.deepEqual(client.initializeResult?.serverInfo, {
        name: "go-escape-lens",
        version: manifest.version,
      });
      const uri = await client.open(folder.path("main.go"), source);
      await client.idle(uri);
      const [diagnostic] = client.diagnostics(uri);
      assert.deepEqual(diagnostic?.range, {
        start: { line: 5, character: 1 },
        end: { line: 5, character: 2 },
      });
      assert.equal(await client.shutdown(), 0);
    } finally {
      await client.dispose();
    }
  });
});
