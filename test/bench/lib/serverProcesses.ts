/** What a server costs the machine: its memory, and the processes that it has started (those on Linux only). */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Resident memory of a process, in bytes, now and at its highest (proc(5), status: VmRSS, VmHWM), of which other systems
 * than Linux only tell the first.
 */
export function memoryOf(pid: number | undefined): { readonly now: number; readonly peak: number } {
  if (process.platform !== "linux") {
    const now =
      1024 * Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid ?? 0)], { encoding: "utf8" }));
    return { now, peak: now };
  }
  const text = readFileSync(`/proc/${pid ?? 0}/status`, "utf8");
  const bytes = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(text)?.[1]);
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** Command lines of all processes below a process, the watchdog left out: it stays as long as the server. */
export function descendantsOf(pid: number | undefined): string[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (id: number): number[] =>
    (children.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid ?? -1)
    .map(commandLine)
    .filter((line) => line !== "" && !line.includes("watchdog.js"));
}

/** The number behind the state, which follows the name in parentheses (proc(5), stat). */
function parentOf(pid: number): number | undefined {
  const text = read(`/proc/${pid}/stat`);
  const parent = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  return Number.isNaN(parent) ? undefined : parent;
}

/** Empty for a process that has ended and is still in the list. */
function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
}

/** Empty when the process ended while it was looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
