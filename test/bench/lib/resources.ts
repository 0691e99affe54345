/** What a running server holds of the machine: memory, open files, watchers, processes, temporary folders. Linux only. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { testData } from "../../harness/paths.js";
import { descendantsOf, memoryOf } from "./serverProcesses.js";
import { subfolder } from "./workFolder.js";

export interface Resources {
  /** Bytes of the server's JavaScript heap, and of what stands outside it for its objects, after a collection. */
  readonly heap: number;
  readonly external: number;
  /** Bytes of resident memory, after a collection. */
  readonly resident: number;
  readonly openFiles: number;
  /** Watches of inotify(7). */
  readonly watches: number;
  /** Command lines. */
  readonly children: readonly string[];
  /** Folders that lie in the server's own temporary one. */
  readonly temporary: readonly string[];
}

const heapFile = path.join(subfolder("heap"), `${process.pid}.json`);
const patience = 30_000;

/** Variables with which a server is started so that it tells of its heap. */
export const heapReport = {
  NODE_OPTIONS: `--import=${pathToFileURL(path.join(testData, "bench", "lib", "reportHeap.mjs")).href}`,
  ESCAPE_LENS_HEAP_FILE: heapFile,
};

/** Looks at a server that was started with `heapReport`. Throws when it does not answer. */
export async function resourcesOf(pid: number): Promise<Resources> {
  const { heapUsed, external } = await heapOf(pid);
  return {
    heap: heapUsed,
    external,
    resident: memoryOf(pid).now,
    openFiles: readdirSync(`/proc/${pid}/fd`).length,
    watches: watchesOf(pid),
    children: descendantsOf(pid),
    temporary: temporaryFolders(pid),
  };
}

async function heapOf(pid: number): Promise<NodeJS.MemoryUsage> {
  rmSync(heapFile, { force: true });
  process.kill(pid, "SIGUSR2");
  const deadline = Date.now() + patience;
  while (!existsSync(heapFile)) {
    if (Date.now() > deadline) throw new Error("The server does not tell of its heap.");
    await delay(20);
  }
  const usage = JSON.parse(readFileSync(heapFile, "utf8")) as NodeJS.MemoryUsage;
  rmSync(heapFile);
  return usage;
}

/** One line for each (proc(5), fdinfo). */
function watchesOf(pid: number): number {
  const folder = `/proc/${pid}/fdinfo`;
  return readdirSync(folder).reduce((sum, name) => {
    try {
      return sum + [...readFileSync(path.join(folder, name), "utf8").matchAll(/^inotify /gm)].length;
    } catch {
      return sum;
    }
  }, 0);
}

function temporaryFolders(pid: number): string[] {
  const own = readdirSync(tmpdir()).filter((name) => name.startsWith(`go-escape-lens-${pid}-`));
  return own.flatMap((name) => readdirSync(path.join(tmpdir(), name)));
}
