import { existsSync } from "node:fs";
import path from "node:path";

/**
 * What leads from the top of the repository to a folder (absolute): `tools/lint/`, or nothing at the top itself. That is
 * where `.git` lies, a folder or, in a linked work tree, a file; without one it is `GITHUB_WORKSPACE`, or the folder.
 */
export function repositoryPrefix(folder: string): string {
  const top = findTop(folder) ?? process.env["GITHUB_WORKSPACE"] ?? folder;
  const relative = path.relative(top, folder).split(path.sep).join("/");
  return relative === "" || relative.startsWith("..") ? "" : `${relative}/`;
}

function findTop(folder: string): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, ".git"))) return current;
    if (path.dirname(current) === current) return undefined;
  }
}
