/** The notices name everything that is shipped, and nothing that may not be shipped is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { thirdPartyNotices } from "../../scripts/lib/notices.mjs";
import { root } from "../harness/paths.js";

const bundles = [
  "client/out/extension.js",
  "client/out/languageClient.js",
  "server/out/serverMain.js",
  "server/out/cliMain.js",
  "server/out/mcp.js",
  "server/out/watchdog.js",
];

describe("the third-party notices", () => {
  it("name every package that the bundles have sources of", () => {
    const notices = readFileSync(path.join(root, "ThirdPartyNotices.txt"), "utf8");
    const shipped = new Set(bundles.flatMap(packagesOf));
    assert.ok(shipped.size > 20, `only ${[...shipped].join(", ")}`);
    for (const folder of [...shipped, "node_modules/tree-sitter-go"]) {
      const manifest = readFileSync(path.join(root, folder, "package.json"), "utf8");
      const { name, version } = JSON.parse(manifest) as { name: string; version: string };
      const section = notices.split(`\n${name} ${version} (`)[1];
      assert.match(section?.split("\n====")[0] ?? "", /permission|licen[cs]ed|redistribution/i, folder);
    }
  });

  it("refuse what has no license that fits, or no text of it", async () => {
    await assert.rejects(
      noticesOf({ license: "GPL-3.0-only" }, "LICENSE"),
      /other 1\.0\.0: its license is GPL/,
    );
    await assert.rejects(noticesOf({}, "LICENSE"), /other 1\.0\.0: its license is not named/);
    await assert.rejects(noticesOf({ license: "ISC" }, "README.md"), /other 1\.0\.0: it has no license text/);
    assert.match(await noticesOf({ license: "(MIT OR GPL-3.0-only)" }, "LICENSE.md"), /\nother 1\.0\.0 \(/);
  });
});

/** Folders of the packages that the source map of a bundle (scripts/build.mjs without --production) names. */
function packagesOf(bundle: string): string[] {
  const map = JSON.parse(readFileSync(path.join(root, `${bundle}.map`), "utf8")) as { sources: string[] };
  return map.sources.flatMap((source) => {
    // What a package was bundled from itself is named by a URL of its bundler, and is that package's to tell.
    if (source.includes("webpack:")) return [];
    const file = path.posix.join(path.posix.dirname(bundle), source);
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
    return folder === undefined ? [] : [folder];
  });
}

/** The notices of a bundle with one package, which has one file beside its manifest. */
async function noticesOf(manifest: Readonly<Record<string, string>>, file: string): Promise<string> {
  const checkout = await mkdtemp(path.join(os.tmpdir(), "escape-lens-notices-"));
  try {
    const folder = path.join(checkout, "node_modules", "other");
    await mkdir(folder, { recursive: true });
    const named = { name: "other", version: "1.0.0", ...manifest };
    await writeFile(path.join(folder, "package.json"), JSON.stringify(named));
    await writeFile(path.join(folder, file), "Permission is granted.");
    const inputs = {
      "node_modules/other/index.js": { bytesInOutput: 1 },
      "node_modules/no/a.js": { bytesInOutput: 0 },
    };
    return await thirdPartyNotices(checkout, [{ outputs: { "out.js": { inputs } } }], []);
  } finally {
    await rm(checkout, { recursive: true, force: true });
  }
}
