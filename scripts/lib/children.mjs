// Starts processes that end with this one: each leads a group of its own, and Ctrl-C, a kill or the end of this
// process ends all groups.
import { spawn, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** @type {Set<import("node:child_process").ChildProcess>} */
const living = new Set();
let guarded = false;
let leaving = false;

/** Longest time that children get to end after a signal, milliseconds. */
const patience = 5000;

/** Starts a process; options are those of node:child_process spawn. Arguments are passed as they are, without a shell. */
export function startChild(command, args, options = {}) {
  if (leaving) throw new Error("Interrupted.");
  endChildrenWithThisProcess();
  // On Windows a detached child would get a console window of its own; taskkill finds the tree without a group.
  const child = spawn(command, args, {
    windowsHide: true,
    ...options,
    detached: process.platform !== "win32",
  });
  living.add(child);
  child.once("exit", () => living.delete(child));
  child.once("error", () => living.delete(child));
  return child;
}

/** Runs a process to its end and returns its status; throws when it cannot be started. Output goes to ours. */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = startChild(command, args, { stdio: "inherit", ...options });
    child.once("error", reject);
    child.once("close", (status, signal) => resolve(status ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/** Ends a child and everything that it started. */
export function endChild(child) {
  if (child.pid === undefined) return;
  living.delete(child);
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    return;
  }
  // A child that has ended may leave grandchildren in its group, so this does not ask whether it still runs.
  signalGroup(child, "SIGKILL");
}

function endChildrenWithThisProcess() {
  if (guarded) return;
  guarded = true;
  process.once("exit", () => living.forEach(endChild));
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ]) {
    process.on(signal, () => void leave(status));
  }
}

/**
 * Ends this process when its children have ended, or are too slow. They are asked first: a child may lead groups of its
 * own, as the tests do that start VS Code, and only it knows them. A second signal does not wait.
 */
async function leave(status) {
  if (leaving || process.platform === "win32") process.exit(status);
  leaving = true;
  const children = [...living];
  const ended = children.map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of children) signalGroup(child, "SIGTERM");
  await Promise.race([Promise.all(ended), sleep(patience)]);
  children.forEach(endChild);
  process.exit(status);
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
