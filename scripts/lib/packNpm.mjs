import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { npm } from "./npm.mjs";

/** Packs what was built as an npm package into the folder and returns the tarball. */
export async function packNpm(root, folder) {
  const file = path.join(folder, "go-escape-lens.tgz");
  // npm names it by the version.
  const temporary = await mkdtemp(path.join(folder, ".npm-pack-"));
  try {
    // The bundles are there: the scripts would build them once more.
    await npm(["pack", "--ignore-scripts", "--silent", "--pack-destination", temporary], root);
    const [packed] = await readdir(temporary);
    if (packed === undefined) throw new Error("npm pack made no tarball.");
    await rename(path.join(temporary, packed), file);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return file;
}
