import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Snapshot } from "../analysis/snapshot.js";

/**
 * The Go files in a package's folder that the snapshot does not have, texts by absolute path: left out by build
 * constraints, by their names (`_windows.go`, `_test.go` of another package clause) or by the go command (`_x.go`). Empty
 * for a folder that cannot be read.
 */
export async function readFilesBeside(snapshot: Snapshot): Promise<Map<string, string>> {
  const { dir } = snapshot.package;
  const names = await readdir(dir).catch((): string[] => []);
  const paths = names.filter((name) => name.endsWith(".go")).map((name) => path.join(dir, name));
  const missing = paths.filter((file) => !snapshot.files.has(file));
  const texts = await Promise.all(
    missing.map(async (file) => [file, await readFile(file, "utf8").catch(() => "")] as const),
  );
  return new Map(texts);
}
