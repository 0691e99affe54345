import { readFile } from "node:fs/promises";
import path from "node:path";
import { npm } from "./npm.mjs";

/** Installs what the lock file names, where node_modules is missing or has something else in it. */
export async function ensureDependencies(root) {
  const [lock, installed] = await Promise.all([
    readLock(path.join(root, "package-lock.json")),
    readLock(path.join(root, "node_modules", ".package-lock.json")),
  ]);
  if (isInstalled(lock ?? {}, installed)) return;
  console.log("Installing the dependencies (npm ci, some 150 MB) …");
  // No install script of a package is needed: everything is bundled, and the parser is WebAssembly.
  await npm(["ci", "--ignore-scripts"], root);
}

/**
 * Whether an installation (node_modules/.package-lock.json, `packages`) holds every package of the lock file in its
 * version. Packages for other platforms may be missing. Contents are compared because a checkout changes every file's time.
 */
export function isInstalled(lock, installed) {
  if (installed === undefined) return false;
  return Object.entries(lock).every(([name, wanted]) => {
    if (name === "") return true;
    const found = installed[name];
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
