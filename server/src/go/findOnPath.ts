/** Programs other than go, which toolchain.ts finds. */
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * The first program of a name (without `.exe`) in the absolute folders of a PATH: relative ones, and the current folder,
 * must not decide what is run. Returns its absolute path, symbolic links kept.
 */
export function findOnPath(name: string, searchPath: string): string | undefined {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return searchPath
    .split(path.delimiter)
    .map((folder) => path.join(folder, file))
    .find((each) => path.isAbsolute(each) && existsSync(each));
}
