/** Guards over folders that a test has open: all that changes in them has to be the test's own doing. */
import path from "node:path";
import { type FileTree, fileTree, treeChanges } from "./fileTree.js";

const guards = new Set<FolderGuard>();

/** Watches what is in folders (absolute paths) from now until `release`. */
export class FolderGuard {
  readonly #trees: Map<string, FileTree>;
  readonly #changes: string[] = [];

  constructor(folders: readonly string[]) {
    this.#trees = new Map(folders.map((folder) => [folder, fileTree(folder)]));
    guards.add(this);
  }

  /** Notes what has changed since the last look in the folders that hold the file, or lie in it. */
  look(file: string, isOwn = false): void {
    for (const [folder, before] of this.#trees) {
      if (!contains(folder, file) && !contains(file, folder)) continue;
      const now = fileTree(folder);
      if (!isOwn) this.#changes.push(...treeChanges(before, now));
      this.#trees.set(folder, now);
    }
  }

  /** Ends the watch, and throws when somebody else has written. */
  release(): void {
    if (!guards.delete(this)) return;
    for (const folder of this.#trees.keys()) this.look(folder);
    if (this.#changes.length > 0)
      throw new Error(`The workspace was written to: ${this.#changes.join("; ")}.`);
  }
}

/** Makes a change of a file or folder (absolute path) that the test itself wants; what others did before still counts. */
export function ownChange<T>(file: string, change: () => T): T {
  for (const guard of guards) guard.look(file);
  const result = change();
  for (const guard of guards) guard.look(file, true);
  return result;
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}
