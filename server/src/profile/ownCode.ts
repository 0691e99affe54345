/** Which frames of a profile are of the workspace's own code, and in which of its files. */
import path from "node:path";
import type { GoPackage } from "../go/packages.js";
import type { Frame } from "./decodedProfile.js";
import { parseFunctionName } from "./functionNames.js";

interface OwnPackage {
  readonly importPath: string;
  /** Absolute. */
  readonly dir: string;
  readonly isMain: boolean;
  /** Absolute paths by base name, tests included. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Finds the file of a frame by the import path in the function's name and the file's base name: the folders that a profile
 * tells are those of the machine that built the program. All main programs have the package `main`: of these the folders
 * decide.
 */
export class OwnCode {
  readonly #byPath = new Map<string, OwnPackage>();
  readonly #mains: OwnPackage[] = [];
  readonly #known = new Map<string, string | undefined>();

  constructor(packages: readonly GoPackage[]) {
    for (const { importPath, dir, variants } of packages) {
      const files = new Map<string, string>();
      for (const variant of variants) for (const file of variant.files) files.set(path.basename(file), file);
      const isMain = variants.some(({ name }) => name === "main");
      const own = { importPath, dir, isMain, files };
      this.#byPath.set(importPath, own);
      if (isMain) this.#mains.push(own);
    }
  }

  /** Absolute path of the frame's file; undefined for code of others, and for files that are no longer there. */
  fileOf({ function: name, file }: Frame): string | undefined {
    const key = `${file}\0${name}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#find(name, file));
    return this.#known.get(key);
  }

  #find(name: string, file: string): string | undefined {
    const found = parseFunctionName(name);
    if (found === undefined) return undefined;
    const base = path.posix.basename(slashed(file));
    if (found.package === "main" || found.package === "main_test") return this.#mainFile(file, base);
    return this.#packageOf(found.package)?.files.get(base);
  }

  /** External tests have the name of their package with `_test` behind it. */
  #packageOf(importPath: string): OwnPackage | undefined {
    return this.#byPath.get(importPath) ?? this.#byPath.get(importPath.replace(/_test$/, ""));
  }

  #mainFile(file: string, base: string): string | undefined {
    const candidates = this.#mains.filter(({ files }) => files.has(base));
    const folder = path.posix.dirname(slashed(file));
    const rated = candidates.map((each) => ({
      each,
      // With -trimpath the folder is the import path.
      shared: Math.max(sharedEnd(folder, slashed(each.dir)), sharedEnd(folder, each.importPath)),
    }));
    const best = Math.max(...rated.map(({ shared }) => shared));
    const [first, ...others] = rated.filter(({ shared }) => shared === best);
    return others.length > 0 ? undefined : first?.each.files.get(base);
  }
}

/** How many elements at the end of two paths are the same. */
function sharedEnd(a: string, b: string): number {
  const [left, right] = [a.split("/").reverse(), b.split("/").reverse()];
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs < 0 ? left.length : differs;
}

function slashed(file: string): string {
  return file.replaceAll("\\", "/");
}
