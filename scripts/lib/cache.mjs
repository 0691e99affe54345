// Big things are fetched once and kept in the user's cache folder, by version.
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The folder of this project's cache, after each platform's custom. */
export function cacheFolder() {
  const home = os.homedir();
  const { env, platform } = process;
  const bases = {
    win32: env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local"),
    darwin: path.join(home, "Library", "Caches"),
  };
  const base = bases[platform] ?? (env["XDG_CACHE_HOME"] || path.join(home, ".cache"));
  return path.join(base, "go-escape-lens");
}

/**
 * The folder of a thing in the cache. Where it is missing, `announcement` is printed and `build(folder)` makes it in a
 * temporary sibling, which takes the name only when it is whole. Parallel runs wait for one another.
 */
export async function cached(key, announcement, build) {
  const folder = path.join(cacheFolder(), key);
  if (await exists(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  try {
    if (await exists(folder)) return folder;
    console.log(`${announcement}\n  kept in ${cacheFolder()}`);
    const temporary = `${folder}.tmp`;
    // We hold the lock: what stands there was left by a run that was killed.
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    await build(temporary);
    await rename(temporary, folder);
    return folder;
  } finally {
    await unlock();
  }
}

/** Takes a lock, which is a folder with its owner's process id; a dead owner's lock is taken over. */
async function lock(folder) {
  const owner = path.join(folder, "pid");
  for (let waiting = false; ; waiting = true) {
    try {
      await mkdir(folder);
      await writeFile(owner, String(process.pid));
      return () => rm(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!(await isHeld(folder, owner))) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!waiting) console.log("Waiting for another run that is filling the cache …");
    await sleep(500);
  }
}

/** Whether a lock's owner lives; a lock without a process id is one that is just being taken, for a while. */
async function isHeld(folder, owner) {
  const pid = Number(await readFile(owner, "utf8").catch(() => ""));
  if (pid > 0) return isAlive(pid);
  const since = await stat(folder).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - since < 5000;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}
