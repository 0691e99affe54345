// Makes the command-line tool one executable for Linux that needs no Node: a copy of the Node that runs this, with the
// tool's files in it. Usage: node scripts/standalone.mjs [--built] [FOLDER], by default the checkout; --built takes the
// bundles as they are. Prints its size.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { chmod, copyFile, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./lib/build.mjs";
import { runChild } from "./lib/children.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** The mark in Node's own executable that says whether there is something in it (Node.js documentation, SEA). */
const sentinelFuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** What `escapelens` loads, and what must go with it. */
async function shippedFiles() {
  const outputs = [
    "cli.js",
    "cliMain.js",
    "mcp.js",
    "watchdog.js",
    "tree-sitter.wasm",
    "tree-sitter-go.wasm",
  ];
  const l10n = await readdir(path.join(root, "l10n"));
  return [
    ...outputs.map((name) => `server/out/${name}`),
    ...l10n.sort().map((name) => `l10n/${name}`),
    "LICENSE",
    "ThirdPartyNotices.txt",
  ];
}

/** The blob that Node makes of the entry and the assets. */
async function blob(folder) {
  const files = await shippedFiles();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(await readFile(path.join(root, file)));
  const contents = path.join(folder, "contents.json");
  await writeFile(contents, JSON.stringify({ digest: hash.digest("hex").slice(0, 32), files }));
  const output = path.join(folder, "blob");
  const configuration = path.join(folder, "sea.json");
  const assets = Object.fromEntries(files.map((file) => [file, path.join(root, file)]));
  await writeFile(
    configuration,
    JSON.stringify({
      main: path.join(root, "server/out/standalone.js"),
      output,
      disableExperimentalSEAWarning: true,
      assets: { ...assets, "contents.json": contents },
    }),
  );
  const args = ["--experimental-sea-config", configuration];
  const status = await runChild(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("Node could not prepare the executable.");
  return output;
}

/** The library warns of sections that have no name, which is no matter here: its words are left out unless it fails. */
async function inject(executable, file) {
  const postject = createRequire(import.meta.url).resolve("postject/dist/cli.js");
  const args = [postject, executable, "NODE_SEA_BLOB", file, "--sentinel-fuse", sentinelFuse];
  const status = await runChild(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`The files could not be put into ${executable} (postject: ${status}).`);
}

async function standalone(target, isBuilt) {
  if (process.platform !== "linux") throw new Error("The standalone executable is made on Linux, for Linux.");
  const file = path.join(target, `escapelens-linux-${process.arch}`);
  if (!isBuilt) await build(root, "--production");
  const folder = await mkdtemp(path.join(os.tmpdir(), "escapelens-standalone-"));
  try {
    const executable = path.join(folder, "escapelens");
    await copyFile(process.execPath, executable);
    // Symbols are for who debugs Node.
    await runChild("strip", ["--strip-unneeded", executable]).catch(() => undefined);
    await inject(executable, await blob(folder));
    await chmod(executable, 0o755);
    await rename(executable, file).catch(() => copyFile(executable, file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return file;
}

const args = process.argv.slice(2);
const target = args.find((word) => !word.startsWith("--")) ?? root;
const file = await standalone(path.resolve(target), args.includes("--built"));
console.log(
  `${path.relative(process.cwd(), file)}: ${((await stat(file)).size / 2 ** 20).toFixed(1)} MiB, Node ${process.version}`,
);
