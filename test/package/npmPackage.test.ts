import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

const expected = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "README.zh-cn.md",
  "docs/escapelens.schema.json",
  "package.json",
  "server/out/cli.js",
  "server/out/server.js",
  "server/out/tree-sitter-go.wasm",
  "server/out/tree-sitter.wasm",
  "server/out/watchdog.js",
];

describe("the npm package", () => {
  it("holds the two commands and what they load", () => {
    const files = listed().filter((file) => !file.startsWith("l10n/"));
    assert.deepEqual(files.sort(), expected);
  });
});

/** What `npm pack` would put in. */
function listed(): string[] {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"];
  const script = process.env["npm_execpath"];
  const output =
    script === undefined
      ? execFileSync("npm", args, { encoding: "utf8" })
      : execFileSync(process.execPath, [script, ...args], { encoding: "utf8" });
  const [packed] = JSON.parse(output) as [{ files: { path: string }[] }];
  return packed.files.map(({ path }) => path);
}
