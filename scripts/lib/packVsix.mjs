import path from "node:path";
import { createVSIX } from "@vscode/vsce";

/** The time that npm gives to all files of its tarballs, 1985-10-26 08:15 UTC: no file's own time may show. */
const modified = "499162500";

/** Packs what was built as an extension into the folder and returns the .vsix. Prints the list of its files. */
export async function packVsix(root, folder) {
  const file = path.join(folder, "go-escape-lens.vsix");
  // vsce reads SOURCE_DATE_EPOCH (reproducible-builds.org); a zip holds the local time.
  Object.assign(process.env, { SOURCE_DATE_EPOCH: modified, TZ: "UTC" });
  await createVSIX({ cwd: root, packagePath: file, dependencies: false });
  return file;
}
