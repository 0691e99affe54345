/** From a file in the editor to the folder where go runs for it, and to the name that go list has for it. */
import { statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import path from "node:path";

/**
 * The folder of the nearest go.mod upwards from a file (absolute path), or null outside modules.
 *
 * A file below vendor/ gets the main module's folder; go list then names another module, and the package is not loaded.
 * A file below testdata/ gets the module's folder unless testdata has a go.mod of its own; `folderPattern` finds its
 * package, which `./...` passes over. A nested module ends the outer one. Whether go.work lists the module is for go
 * list to say (problem `not-in-workspace`).
 *
 * Asks the file system synchronously, as fileState.ts does: it comes before every compile, and a promise for each folder
 * takes milliseconds where the question takes microseconds.
 */
export function findPackageRoot(file: string): string | null {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (isFile(path.join(folder, "go.mod"))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // A link to itself, a folder that may not be entered.
    return false;
  }
}

/**
 * The name under which a file is listed: itself, or the one that is the same file by way of symbolic links (or of
 * letter case, where the file system does not tell it). Undefined when it is not among the listed ones.
 *
 * go list names files below the folder where it runs as that folder was named, links included. The editor's name
 * differs where a link lies further down, which `./...` does not follow.
 */
export async function matchListedFile(file: string, listed: Iterable<string>): Promise<string | undefined> {
  const names = new Set(listed);
  if (names.has(file)) return file;
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) return undefined;
  if (names.has(real)) return real;
  const base = path.basename(real).toLowerCase();
  for (const name of names) {
    if (path.basename(name).toLowerCase() !== base) continue;
    if ((await realpath(name).catch(() => undefined)) === real) return name;
  }
  return undefined;
}
