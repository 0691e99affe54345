/**
 * Temporary folders. Each process has one, named for its process id, and everything temporary lies below it, so that
 * what a killed process left behind is known by its name.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { readdir, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const namePattern = /^go-escape-lens-(\d+)-([0-9a-f]{8})-/;
const removal = { recursive: true, force: true, maxRetries: 3 } as const;

let processFolder: string | undefined;

/**
 * Creates an empty folder (mode 0700, absolute path, symbolic links resolved) below this process's own one. It is
 * removed when the process exits; `removeTemporaryFolder` removes it earlier. Throws the system's error, on a full disk.
 *
 * At once: each compile has a folder, and Node's threads take five times as long for it, on the way to the first verdict.
 *
 * @param purpose Start of the folder's name, for people who look.
 */
export function createTemporaryFolder(purpose: string): string {
  return mkdtempSync(path.join(ownFolder(), `${purpose}-`));
}

/** As `createTemporaryFolder`; the folder goes when the work is over, however it ends. */
export async function withTemporaryFolder<T>(
  purpose: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = createTemporaryFolder(purpose);
  try {
    return await work(folder);
  } finally {
    await removeLargeFolder(folder);
  }
}

/** Removes a folder that `createTemporaryFolder` made, of few files. What is in use on Windows may stay until the process exits. */
export function removeTemporaryFolder(folder: string): void {
  try {
    rmSync(folder, { ...removal, maxRetries: 0 });
  } catch {
    void removeLargeFolder(folder);
  }
}

/** As `removeTemporaryFolder`, for whatever is in there; resolves when it is gone. */
export async function removeLargeFolder(folder: string): Promise<void> {
  await rm(folder, removal).catch(() => undefined);
}

/** Removes the folders whose process is dead, and returns their paths. Called at the start. */
export async function removeDeadTemporaryFolders(): Promise<string[]> {
  return await removeFolders((pid) => !isAlive(pid));
}

/** Removes the folders of one process, which must be dead. Called by the watchdog. */
export async function removeTemporaryFoldersOf(pid: number): Promise<string[]> {
  return await removeFolders((owner) => owner === pid);
}

function ownFolder(): string {
  // Services that tidy the folder for temporary files remove what has not been used for days.
  if (processFolder === undefined || !isOwnFolder(processFolder)) processFolder = makeOwnFolder();
  return processFolder;
}

function makeOwnFolder(): string {
  const prefix = path.join(os.tmpdir(), `go-escape-lens-${process.pid}-${namespaceTag()}-`);
  const folder = realpathSync(mkdtempSync(prefix));
  process.once("exit", () => {
    try {
      rmSync(folder, removal);
    } catch {
      // In use (Windows): the watchdog or the next start removes it.
    }
  });
  return folder;
}

async function removeFolders(belongsToDead: (pid: number) => boolean): Promise<string[]> {
  const parent = await realpath(os.tmpdir()).catch(() => os.tmpdir());
  const tag = namespaceTag();
  const removed: string[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    const [, pid, nameTag] = namePattern.exec(name) ?? [];
    if (pid === undefined || nameTag !== tag || !belongsToDead(Number(pid))) continue;
    const folder = path.join(parent, name);
    if (!isOwnFolder(folder)) continue;
    // fs.rm removes symbolic links themselves and does not follow them.
    await rm(folder, removal).then(
      () => removed.push(folder),
      () => undefined,
    );
  }
  return removed;
}

/** A real folder of this user: others may put anything, links included, into a shared folder. */
function isOwnFolder(folder: string): boolean {
  try {
    const status = lstatSync(folder);
    return status.isDirectory() && (process.getuid === undefined || status.uid === process.getuid());
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and another user's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * Where process ids mean the same processes: this machine and, on Linux, this PID namespace. Containers may share a
 * folder for temporary files, and to one of them the processes of another look dead.
 */
function namespaceTag(): string {
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Not Linux.
  }
  return createHash("sha256").update(`${os.hostname()}\n${namespace}`).digest("hex").slice(0, 8);
}
