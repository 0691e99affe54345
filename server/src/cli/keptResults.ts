/** Where results of earlier runs lie: in the user's cache folder, apart for each build of this tool. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ResultCache } from "../analysis/resultCache.js";
import { userCacheFolder } from "../cacheFolder.js";

let opened: Promise<ResultCache | undefined> = Promise.resolve(undefined);

/**
 * From now on results are kept. What another build of the tool found is never taken for this one's: builds are told apart
 * by the contents of their bundle.
 *
 * @param bundle Absolute path of the script that runs.
 */
export function keepResults(bundle: string): void {
  opened = open(bundle);
}

/** The results of earlier runs; undefined where none are kept. */
export function keptResults(): Promise<ResultCache | undefined> {
  return opened;
}

async function open(bundle: string): Promise<ResultCache | undefined> {
  const folder = userCacheFolder();
  const contents = folder && (await readFile(bundle).catch(() => undefined));
  if (!contents) return undefined;
  return new ResultCache(folder, "check", createHash("sha256").update(contents).digest("hex"));
}

/** A key (hexadecimal) of parts that are told apart. */
export function keyOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
