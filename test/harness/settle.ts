import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";

/** Seconds since 1970, and no whole number of them: file systems that tell half seconds tell finer times as well. */
let awhileAgo = 1_700_000_000.5;

/** Gives a folder (absolute path) and all below it the time of a checkout a while ago, each call a later one. */
export function settle(folder: string): void {
  awhileAgo++;
  const below = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const name of ["", ...below]) utimesSync(path.join(folder, name), awhileAgo, awhileAgo);
}
