/**
 * A small process that outlives the server by a moment. Its stdin closes when the server ends, however that happened;
 * then it ends the process trees that the server had running, removes the server's temporary folders, and exits.
 *
 * Usage: watchdog.js SERVER_PID, with lines `+PID` (started) and `-PID` (ended) on stdin.
 */
import { spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { signalGroup, taskkillCommand } from "./processTree.js";
import { removeTemporaryFoldersOf } from "./temporary.js";

/** What was just killed may have had files open or be writing one: the folders can need another try. */
const removalAttempts = 5;
const removalPauseMilliseconds = 100;

function killTree(pid: number): void {
  if (process.platform !== "win32") {
    signalGroup(pid, "SIGKILL");
    return;
  }
  const { file, args } = taskkillCommand(pid, process.env);
  spawnSync(file, args, { stdio: "ignore", windowsHide: true });
}

async function removeFolders(server: number): Promise<void> {
  for (let attempt = 0; attempt < removalAttempts; attempt++) {
    await removeTemporaryFoldersOf(server);
    await delay(removalPauseMilliseconds);
  }
}

async function main(): Promise<void> {
  // The server decides when it is over, not a terminal or a service manager that signals everybody.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const running = new Set<number>();
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const pid = Number(line.slice(1));
    // Group 0 would be this process's own, and 1 is everybody's ancestor.
    if (!Number.isSafeInteger(pid) || pid <= 1) return;
    if (line.startsWith("+")) running.add(pid);
    else running.delete(pid);
  });
  await new Promise((resolve) => {
    lines.once("close", resolve);
    process.stdin.once("error", resolve);
  });
  for (const pid of running) killTree(pid);
  await removeFolders(Number(process.argv[2]));
}

void main().finally(() => process.exit(0));
