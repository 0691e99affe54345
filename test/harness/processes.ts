import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * Command lines of the running processes that name the folder in their arguments or have it as their current one;
 * `program` narrows them to those whose first argument ends with it.
 */
export function processesNaming(folder: string, program = ""): string[] {
  const lines = process.platform === "linux" ? linuxProcesses(folder) : posixProcesses();
  return lines.filter((line) => line.includes(folder) && (line.split(/[\0 ]/)[0] ?? "").endsWith(program));
}

/** Ids of the running processes whose command line holds all the words, such as a folder and a program. Not for Windows. */
export function processIds(...words: readonly string[]): number[] {
  return execFileSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => words.every((word) => line.includes(word)))
    .map((line) => parseInt(line, 10));
}

function linuxProcesses(folder: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      return command === "" ? [] : [cwd.startsWith(folder) ? `${command}\0${cwd}` : command];
    } catch {
      // It ended while it was looked at.
      return [];
    }
  });
}

function posixProcesses(): string[] {
  return execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" }).split("\n");
}
