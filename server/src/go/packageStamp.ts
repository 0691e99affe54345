/**
 * Says whether what `go list` said about the packages of one folder still holds: they are listed from the names in the
 * folder, from the heads of its files, and from the files that choose modules.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { goFileNames, moduleFiles, stateOf } from "./fileState.js";
import { headerKey, readSourceHeader } from "./sourceHeader.js";

export class PackageStamp {
  readonly #dir: string;
  readonly #names: string;
  /** Absolute paths of files that have to stay as they are, with their states. */
  readonly #fixed: ReadonlyMap<string, string>;
  readonly #headers: ReadonlyMap<string, { state: string; readonly key: string }>;

  /** Takes the state of a folder as it is on disk. `root` is its module's; `watched` are more files (absolute paths). */
  constructor(dir: string, root: string, watched: readonly string[]) {
    this.#dir = dir;
    this.#names = goFileNames(dir);
    this.#fixed = new Map([...moduleFiles(root), ...watched].map((file) => [file, stateOf(file)]));
    const files = this.#names.split("\n").map((name) => path.join(dir, name));
    this.#headers = new Map(files.map((file) => [file, { state: stateOf(file), key: keyOf(file) }]));
  }

  isCurrent(): boolean {
    for (const [file, state] of this.#fixed) if (stateOf(file) !== state) return false;
    if (goFileNames(this.#dir) !== this.#names) return false;
    for (const [file, known] of this.#headers) {
      const state = stateOf(file);
      if (state === known.state) continue;
      if (keyOf(file) !== known.key) return false;
      known.state = state;
    }
    return true;
  }
}

function keyOf(file: string): string {
  try {
    return headerKey(readSourceHeader(readFileSync(file, "utf8")));
  } catch {
    return "";
  }
}
