/** Whether anything below a folder was written, removed or changed: the proof that nothing touches a person's workspace. */
import { createHash } from "node:crypto";
import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/** By path from the folder, what is there: a folder, a link with its target, or a file with its mode and its contents. */
export type FileTree = ReadonlyMap<string, string>;

/** What is below a folder (absolute path); empty when there is none. Links are noted and not followed. */
export function fileTree(folder: string): FileTree {
  const tree = new Map<string, string>();
  if (!existsSync(folder)) return tree;
  const add = (below: string): void => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const relative = path.join(below, entry.name);
      tree.set(relative, describe(path.join(folder, relative), entry));
      if (entry.isDirectory()) add(relative);
    }
  };
  add("");
  return tree;
}

function describe(file: string, entry: Dirent): string {
  if (entry.isDirectory()) return "folder";
  if (entry.isSymbolicLink()) return `link to ${readlinkSync(file)}`;
  if (!entry.isFile()) return "special";
  const hash = createHash("sha256").update(readFileSync(file)).digest("base64");
  return `file ${(lstatSync(file).mode & 0o777).toString(8)} ${hash}`;
}

/** The paths that are not as they were, each with what happened to it, sorted. */
export function treeChanges(before: FileTree, after: FileTree): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    return [`${name} was ${was === undefined ? "made" : is === undefined ? "removed" : "changed"}`];
  });
}
