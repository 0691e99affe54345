/**
 * Ends and slows down a process together with all that it has started: on POSIX through its process group, on Windows
 * by means of taskkill. Starts nothing itself, so that the watchdog can share it.
 */
import { readFileSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Time between SIGTERM and SIGKILL. The go command does not handle SIGTERM, but a C compiler removes its files. */
const graceMilliseconds = 500;
/** Longest wait after SIGKILL, which ends a process at once unless it is held in a system call (a dead network drive). */
const killMilliseconds = 2000;
/** No event tells when a grandchild ends, so the group is looked at again and again. */
const pollMilliseconds = 5;

/**
 * The command that ends a process and its descendants on Windows, which has no process groups. The program's path is
 * absolute, because a search would begin in the current folder.
 */
export function taskkillCommand(
  pid: number,
  env: Readonly<Record<string, string | undefined>>,
): { readonly file: string; readonly args: readonly string[] } {
  const windows = env["SystemRoot"] ?? env["SYSTEMROOT"] ?? "C:\\Windows";
  return {
    file: path.win32.join(windows, "System32", "taskkill.exe"),
    args: ["/pid", String(pid), "/T", "/F"],
  };
}

/** Sends a signal to a process group (POSIX); false when the group has no process that could receive it. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    // ESRCH: nobody left. EPERM: on macOS, only zombies are left; our children never change their user.
    return false;
  }
}

/**
 * Ends a process group (POSIX): SIGTERM at once, a short grace, SIGKILL. Resolves when no process of the group is left.
 *
 * @param leaderExit Settles when the group's first process has exited, where that is not so yet: mostly nobody is left
 *   then, and until then there is no use in looking, which takes milliseconds on Linux.
 */
export async function endGroup(group: number, leaderExit?: Promise<unknown>): Promise<void> {
  if (!signalGroup(group, "SIGTERM")) return;
  if (leaderExit !== undefined) await settledOrLate(leaderExit, graceMilliseconds);
  if (await groupEnds(group, graceMilliseconds)) return;
  signalGroup(group, "SIGKILL");
  await groupEnds(group, killMilliseconds);
}

async function settledOrLate(awaited: Promise<unknown>, milliseconds: number): Promise<void> {
  const limit = new AbortController();
  const late = delay(milliseconds, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([awaited, late]);
  limit.abort();
}

async function groupEnds(group: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  for (let look = 0; groupLives(group, look); look++) {
    if (performance.now() >= deadline) return false;
    await delay(pollMilliseconds);
  }
  return true;
}

/** A process that has just ended is collected by the next turn of the event loop: all processes are not asked before. */
const cheapLooks = 2;

/**
 * Says whether a process of the group is still at work. Orphans that have ended stay visible as zombies until the
 * system's first process collects them; that of a container often never does.
 */
function groupLives(group: number, look: number): boolean {
  if (!signalGroup(group, 0)) return false;
  if (process.platform !== "linux" || look < cheapLooks || isLiveMember(String(group), group)) return true;
  return processNames().some((name) => isLiveMember(name, group));
}

/** Names in /proc of the system's processes, which are their ids. On Linux only; throws where it is not mounted. */
export function processNames(): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

function isLiveMember(pid: string, group: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    // proc_pid_stat(5): the name, in parentheses, may hold anything; behind it stand state, parent and group.
    const [state, , memberOf] = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return Number(memberOf) === group && state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}

/**
 * Lowers a just started process below normal priority, and with it all that it starts. Failure is of no consequence.
 *
 * On Linux a priority belongs to a thread and is inherited from the thread that starts another (setpriority(2), "C
 * library/kernel differences"). Go's runtime has started some threads by now, and any of them may start the compilers.
 */
export function lowerPriority(pid: number): void {
  const lowered = new Set<number>();
  for (let threads = [pid]; threads.length > 0; threads = otherThreads(pid, lowered)) {
    for (const thread of threads) {
      lowered.add(thread);
      setBelowNormal(thread);
    }
  }
}

function setBelowNormal(pid: number): void {
  try {
    const { PRIORITY_BELOW_NORMAL: below } = os.constants.priority;
    // A server that was started at a lower priority keeps its processes there.
    if (os.getPriority(pid) < below) os.setPriority(pid, below);
  } catch {
    // The process has ended already.
  }
}

function otherThreads(pid: number, known: ReadonlySet<number>): number[] {
  if (process.platform !== "linux") return [];
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map(Number)
      .filter((thread) => !known.has(thread));
  } catch {
    return [];
  }
}
