/** Where results of earlier runs lie: in the user's cache folder, apart for each build of this tool. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { DiskCache } from "../analysis/diskCache.js";
import { userCacheFolder } from "../cacheFolder.js";

let opened: Promise<DiskCache | undefined> = Promise.resolve(undefined);

/** Names another folder (absolute path) for them, such as one that CI keeps between runs; `off`: nothing is kept. */
const variable = "ESCAPELENS_CACHE";

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
  const configured = process.env[variable] ?? "";
  if (configured === "off") return undefined;
  const contents = await readFile(bundle).catch(() => undefined);
  if (contents === undefined) return undefined;
  const build = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const folder = path.isAbsolute(configured) ? configured : path.join(userCacheFolder(), "check");
  return new DiskCache(path.join(folder, build));
}

/** A key (hexadecimal) of parts that are told apart. */
export function keyOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
