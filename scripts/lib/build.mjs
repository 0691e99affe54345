import path from "node:path";
import { runChild } from "./children.mjs";

/** Bundles the extension, the server and the command-line tool; `--tests` for the tests too. Throws when it fails. */
export async function build(root, ...flags) {
  const status = await runChild(process.execPath, [path.join(root, "scripts", "build.mjs"), ...flags], {
    cwd: root,
  });
  if (status !== 0) throw new Error("The build failed.");
}

/**
 * Packs the extension and the npm package (scripts/package.mjs) and returns the paths of the .vsix and the tarball.
 * Throws when it fails.
 */
export async function packProducts(root) {
  const args = [path.join(root, "scripts", "package.mjs"), root];
  // Its list of files is for who packs by hand.
  const status = await runChild(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("Packing failed.");
  return { vsix: path.join(root, "go-escape-lens.vsix"), tarball: path.join(root, "go-escape-lens.tgz") };
}
