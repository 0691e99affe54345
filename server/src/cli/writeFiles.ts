/** Writes the files of a package: all of them, or none. */
import { readFile, writeFile } from "node:fs/promises";
import { hashOf, type Snapshot } from "../analysis/snapshot.js";

const byteOrderMark = "\uFEFF";

/** A file that is no longer what was analyzed; the message is its path. */
export class ChangedMeanwhile extends Error {
  override readonly name = "ChangedMeanwhile";
}

/**
 * Replaces the contents of files (absolute paths), a byte order mark kept where there was one. Rejects with
 * ChangedMeanwhile, and with the file system's error after it has put back what it had written.
 */
export async function writeFiles(texts: ReadonlyMap<string, string>, snapshot: Snapshot): Promise<void> {
  const old = new Map<string, string>();
  for (const file of texts.keys()) {
    const contents = await readFile(file, "utf8");
    if (hashOf(contents) !== snapshot.files.get(file)?.hash) throw new ChangedMeanwhile(file);
    old.set(file, contents);
  }
  const written: string[] = [];
  try {
    for (const [file, text] of texts) {
      written.push(file);
      await writeFile(file, old.get(file)?.startsWith(byteOrderMark) === true ? byteOrderMark + text : text);
    }
  } catch (error) {
    for (const file of written) await writeFile(file, old.get(file) ?? "");
    throw error;
  }
}
