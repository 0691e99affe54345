/**
 * A mark in the environment of whatever a server starts, which all that is started in turn inherits. By it the watchdog
 * finds what a server that was killed had started and not yet spoken of.
 */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { processNames } from "./processTree.js";

const variable = "ESCAPELENS_STARTED_BY";

/** A mark that no other server has: process ids mean other processes in another container. */
export function newMark(): string {
  return randomUUID();
}

/** What is added to the environment of a process that is to have the mark. */
export function markedEnvironment(mark: string): Readonly<Record<string, string>> {
  return { [variable]: mark };
}

/** Ids of this user's processes that have the mark. Where no file tells it there are none: it is Linux's (proc_pid_environ(5)). */
export function markedProcesses(mark: string): number[] {
  if (mark === "" || !existsSync("/proc/self/environ")) return [];
  const entry = `${variable}=${mark}`;
  return processNames()
    .filter((name) => environmentOf(name).includes(entry))
    .map(Number);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
  } catch {
    // It has ended, or is another user's.
    return [];
  }
}
