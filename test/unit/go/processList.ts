/** What the system says about processes, for tests of their end. */
import { execFileSync } from "node:child_process";

interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  readonly zombie: boolean;
}

/** Ids of the processes of a group; those that have ended and only wait to be collected do not count. */
export function processesOfGroup(group: number): number[] {
  return listProcesses()
    .filter((entry) => entry.group === group && !entry.zombie)
    .map((entry) => entry.pid);
}

/** Says whether a process is there and has not ended. */
export function isRunning(pid: number): boolean {
  return listProcesses().some((entry) => entry.pid === pid && !entry.zombie);
}

function listProcesses(): ProcessEntry[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,pgid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [pid, group, state] = line.trim().split(/\s+/);
    return { pid: Number(pid), group: Number(group), zombie: state?.startsWith("Z") === true };
  });
}
