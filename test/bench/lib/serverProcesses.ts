/** What a server costs the machine: its memory, and the processes that it has started (those on Linux only). */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

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

/** Milliseconds without any work after which a process counts as quiet. */
const quietTime = 200;

/** Resolves when a process does nothing more (Linux; elsewhere that cannot be told, and it resolves at once). */
export async function quiet(pid: number | undefined): Promise<void> {
  for (let before = NaN, now = workedOf(pid); now !== undefined && now !== before; now = workedOf(pid)) {
    before = now;
    await delay(quietTime);
  }
}

/** Clock ticks that a process has worked (proc_pid_stat(5): utime and stime). */
function workedOf(pid: number | undefined): number | undefined {
  const fields = statOf(pid ?? 0);
  return fields.length === 0 ? undefined : Number(fields[11]) + Number(fields[12]);
}

/** The number behind the state. */
function parentOf(pid: number): number | undefined {
  const parent = Number(statOf(pid)[1]);
  return Number.isNaN(parent) ? undefined : parent;
}

/** What follows the name in parentheses (proc_pid_stat(5)), the state first; empty for a process that is gone. */
function statOf(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text === "" ? [] : text.slice(text.lastIndexOf(")") + 2).split(" ");
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
