/** Where results of earlier runs lie: in the user's cache folder, apart for each build of this tool. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { DiskCache } from "../analysis/diskCache.js";
import { userCacheFolder } from "../cacheFolder.js";

let opened: Promise<DiskCache | undefined> = Promise.resolve(undefined);

/**
 * From now on results are kept. What another build of the tool found is never taken for this one's: its entries are named
 * by the contents of its bundle.
 *
 * @param bundle Absolute path of the script that runs.
 */
export function keepResults(bundle: string): void {
  opened = open(bundle);
}

/** The results of earlier runs; undefined where none are kept. */
export function keptResults(): Promise<DiskCache | undefined> {
  return opened;
}

async function open(bundle: string): Promise<DiskCache | undefined> {
  const folder = userCacheFolder();
  if (folder === undefined) return undefined;
  const contents = await readFile(bundle).catch(() => undefined);
  if (contents === undefined) return undefined;
  const build = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  return new DiskCache(path.join(folder, "check", build));
}

/** A key (hexadecimal) of parts that are told apart. */
export function keyOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
