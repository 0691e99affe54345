/**
 * Process entry of the standalone executable: Node itself with the command-line tool's files as assets (Node.js
 * documentation, Single executable applications). They are unpacked once for each build, and run as they are elsewhere.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { getAsset, getRawAsset } from "node:sea";
import { userCacheFolder } from "../cacheFolder.js";
import { createTemporaryFolder } from "../go/temporary.js";

/** What scripts/standalone.mjs says of the other assets. */
interface Contents {
  /** Hexadecimal, of all files. */
  readonly digest: string;
  /** Their names, which are paths with slashes. */
  readonly files: readonly string[];
}

/** Tells the watchdog, which is this executable once more, where the files are. */
const variable = "ESCAPELENS_STANDALONE";

function main(): void {
  const inherited = process.env[variable];
  const watchdog = inherited === undefined ? undefined : path.join(inherited, "server", "out", "watchdog.js");
  if (watchdog !== undefined && process.argv[2] === watchdog) {
    process.argv.splice(2, 1);
    run(watchdog);
    return;
  }
  const folder = unpackedFolder(JSON.parse(getAsset("contents.json", "utf8")) as Contents);
  process.env[variable] = folder;
  run(path.join(folder, "server", "out", "cli.js"));
}

function run(script: string): void {
  createRequire(script)(script);
}

/** The folder with the files: in the user's cache, or for this run alone where nothing may be kept or written there. */
function unpackedFolder(contents: Contents): string {
  const cache = userCacheFolder();
  if (cache !== undefined) {
    const folder = path.join(cache, "standalone", contents.digest);
    try {
      if (!existsSync(folder)) unpackOnce(contents, folder);
      return folder;
    } catch {
      // A file system without room, or that is read-only.
    }
  }
  const folder = createTemporaryFolder("standalone");
  unpack(contents, folder);
  return folder;
}

/** The folder takes its name when it is whole; another process may be quicker. */
function unpackOnce(contents: Contents, folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  try {
    unpack(contents, temporary);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function unpack({ files }: Contents, folder: string): void {
  for (const name of files) {
    const file = path.join(folder, ...name.split("/"));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, new Uint8Array(getRawAsset(name) as ArrayBuffer));
  }
}

main();
