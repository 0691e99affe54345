/**
 * A small process beside the server. It starts compilers for it: to start one is to copy the tables of all memory that the
 * starting process has, and to wait until the copy is thrown away (fork and exec), which takes the server many times longer.
 * And it outlives the server by a moment. Its stdin closes when the server ends, however that happened; then it ends the
 * process trees that the server had running, removes the server's temporary folders, and exits.
 *
 * Usage: watchdog.js SERVER_PID MARK (see processMark.ts), with a WatchdogRequest on each line of stdin, and answers on stdout.
 */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { markedProcesses } from "./processMark.js";
import { lowerPriority, signalGroup, taskkillCommand } from "./processTree.js";
import { removeTemporaryFoldersOf } from "./temporary.js";
import type { StartRequest, WatchdogAnswer, WatchdogRequest } from "./watchdogMessages.js";

/** What was just killed may be starting a process or have a file open: processes and folders can need another try. */
const endAttempts = 5;
const endPauseMilliseconds = 100;

const running = new Set<number>();

function take(line: string): void {
  const message = parsed(line);
  if (message?.kind === "start") start(message);
  else if (message?.kind === "forget") running.delete(message.pid);
  // Group 0 would be this process's own, and 1 is everybody's ancestor.
  else if (message !== undefined && message.pid > 1) running.add(message.pid);
}

/** Undefined for the beginning of a line in which the server was killed. */
function parsed(line: string): WatchdogRequest | undefined {
  try {
    return JSON.parse(line) as WatchdogRequest;
  } catch {
    return undefined;
  }
}

function start({ id, file, args, cwd, env, stdout, stderr }: StartRequest): void {
  const outputs: number[] = [];
  const fail = ({ code = "", message }: NodeJS.ErrnoException): void => {
    answer({ kind: "failed", id, code, message });
  };
  try {
    for (const pipe of [stdout, stderr]) outputs.push(openedPipe(pipe));
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", ...outputs], detached: true });
    const { pid } = child;
    child.once("error", fail);
    if (pid === undefined) return;
    running.add(pid);
    lowerPriority(pid);
    child.once("exit", (exitCode, signal) => {
      answer({ kind: "exited", id, exitCode, signal });
    });
    answer({ kind: "started", id, pid });
  } catch (error) {
    fail(error as NodeJS.ErrnoException);
  } finally {
    for (const output of outputs) closeSync(output);
  }
}

/** To open a pipe for writing waits for a reader, which the server is no longer if it was killed (fifo(7)). */
function openedPipe(file: string): number {
  const both = openSync(file, constants.O_RDWR);
  try {
    return openSync(file, constants.O_WRONLY);
  } finally {
    closeSync(both);
  }
}

function answer(message: WatchdogAnswer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function killTree(pid: number): void {
  if (process.platform !== "win32") {
    signalGroup(pid, "SIGKILL");
    return;
  }
  const { file, args } = taskkillCommand(pid, process.env);
  spawnSync(file, args, { stdio: "ignore", windowsHide: true });
}

/** Ends what runs and removes what lies there of a server that is gone. */
async function endAll(server: number, mark: string): Promise<void> {
  for (const pid of running) killTree(pid);
  for (let attempt = 0; attempt < endAttempts; attempt++) {
    // Killed between a start and the word of it, the server has not told of these.
    for (const pid of markedProcesses(mark)) kill(pid);
    await removeTemporaryFoldersOf(server);
    await delay(endPauseMilliseconds);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

async function main(): Promise<void> {
  // The server decides when it is over, not a terminal or a service manager that signals everybody.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  // Of a server that is gone stdin tells.
  process.stdout.on("error", () => undefined);
  const lines = createInterface({ input: process.stdin });
  lines.on("line", take);
  answer({ kind: "ready" });
  await new Promise((resolve) => {
    lines.once("close", resolve);
    process.stdin.once("error", resolve);
  });
  const [server = "", mark = ""] = process.argv.slice(2);
  await endAll(Number(server), mark);
}

void main().finally(() => process.exit(0));
