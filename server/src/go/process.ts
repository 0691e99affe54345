/**
 * The one module that starts processes: without a shell, below normal priority, within limits of time and output, and
 * never leaving anything of their tree behind. Output is text (UTF-8) and is held back by the pipe while nobody reads.
 * On Linux, what is streamed is started by the watchdog once that is ready: to fork costs a process that holds much memory
 * more.
 */
import { execa } from "execa";
import { closeSync, mkdirSync, mkdtempSync } from "node:fs";
import { Socket } from "node:net";
import path from "node:path";
import type { Readable } from "node:stream";
import { type OutputPipe, OutputPipes } from "./outputPipes.js";
import { markedEnvironment, newMark } from "./processMark.js";
import {
  ProcessRun,
  type Child,
  type Command,
  type Exit,
  type OutputName,
  type ProcessHost,
  type ProcessResult,
} from "./processRun.js";
import { endGroup, lowerPriority, signalGroup, taskkillCommand } from "./processTree.js";
import { createTemporaryFolder, removeLargeFolder } from "./temporary.js";
import { WatchdogClient, type WatchdogStreams } from "./watchdogClient.js";

export type { Command, OutputName, ProcessResult } from "./processRun.js";

export interface StreamedProcess {
  /**
   * The streamed output as it is written; can be iterated once and must be, because the process waits for its reader.
   * Leaving the loop early stops the process tree. Throws what `result` rejects with, except for a failing exit code.
   */
  readonly chunks: AsyncIterable<string>;
  /** Settles when the whole process tree is gone and all output was read. */
  readonly result: Promise<ProcessResult>;
  /** Ends the process tree on purpose; resolves when it is gone. `result` then is a result and no error. */
  stop(): Promise<void>;
}

const windows = process.platform === "win32";
/** Of all that this process starts, but for the watchdog itself. */
const mark = newMark();
let watchdogPath: string | undefined;
const watchdog = new WatchdogClient(startWatchdog);
/** Of other systems it is not known how Node reads named pipes, nor whether anything is won. */
const pipes = process.platform === "linux" ? new OutputPipes(makePipes) : undefined;
const host: ProcessHost = { start, endTree, endRest, forget };
/** The folders for temporary files of the processes that run, by process id. */
const temporaryFolders = new Map<number, string>();

// A server that exits while compilers run takes them along, with or without a watchdog.
process.on("exit", () => {
  if (!windows) for (const pid of watchdog.pids) signalGroup(pid, "SIGKILL");
});

/** Says where the built watchdog.js lies. Without it processes run, but outlive a server that is killed. */
export function configureProcesses(options: { readonly watchdogPath: string }): void {
  watchdogPath = options.watchdogPath;
}

/**
 * Runs a command and collects what it writes.
 *
 * Rejects with GoCommandError (see CommandFailure) or, when the signal fires, with AbortError; in every case only when
 * the whole process tree is gone.
 */
export async function runProcess(command: Command): Promise<ProcessResult> {
  const run = new ProcessRun(command, host);
  const [stdout, stderr] = await Promise.all([run.collect("stdout"), run.collect("stderr")]);
  return await run.result(stdout, stderr);
}

/** Starts a command, hands one of its outputs on as it comes, and collects the other one. Errors: as runProcess. */
export function streamProcess(command: Command, streamed: OutputName): StreamedProcess {
  const run = new ProcessRun(command, host, streamed);
  const collect = streamed === "stdout" ? run.collect("stderr") : run.collect("stdout");
  const result = collect.then((text) =>
    streamed === "stdout" ? run.result("", text) : run.result(text, ""),
  );
  // Whoever reads the chunks hears of the error there, and may not look at the result.
  result.catch(() => undefined);
  return { chunks: run.read(streamed), result, stop: () => run.end("stopped") };
}

/** The part of execa's subprocess that is used. Resolves when it has exited, and its outputs have ended that are execa's. */
interface Subprocess extends Promise<Exit> {
  readonly pid: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  once(event: "exit", listener: () => void): unknown;
}

/** Starts a child in a process group of its own, and puts its tree under the watchdog's care. */
function start(given: Command, streamed?: OutputName): Child {
  const temporaryFolder = makeTemporaryFolder(given.env["GOTMPDIR"]);
  const env = {
    ...given.env,
    ...markedEnvironment(mark),
    ...(windows ? {} : { PWD: given.cwd }),
    ...(temporaryFolder === undefined ? {} : { GOTMPDIR: temporaryFolder }),
  };
  const command = { ...given, env };
  watchdog.prepare();
  pipes?.prepare();
  const child = (streamed && startElsewhere(command)) ?? startHere(command, streamed);
  if (temporaryFolder !== undefined) {
    void child.started.then((pid) => {
      if (pid === undefined) void removeLargeFolder(temporaryFolder);
      else temporaryFolders.set(pid, temporaryFolder);
    });
  }
  return child;
}

/** Has the watchdog start it, both of its outputs pipes; undefined where there are none at hand. */
function startElsewhere({ file, args, cwd, env, input }: Command): Child | undefined {
  if (!watchdog.isReady || input !== undefined) return undefined;
  const [stdout, stderr] = pipes?.openAll(2) ?? [];
  if (stdout === undefined || stderr === undefined) return undefined;
  const { started, exit } = watchdog.start({
    file,
    args,
    cwd,
    env,
    stdout: stdout.file,
    stderr: stderr.file,
  });
  void started.then(() => {
    for (const pipe of [stdout, stderr]) closeSync(pipe.input);
  });
  const outputs = { stdout: stdout.output, stderr: stderr.output };
  return childOf({ started, exited: exit, ended: exit }, outputs, [stdout, stderr]);
}

function startHere(command: Command, streamed?: OutputName): Child {
  const piped = (streamed && pipes?.openAll(1)) ?? [];
  const [pipe] = piped;
  const subprocess = execa(command.file, [...command.args], {
    cwd: command.cwd,
    env: command.env,
    extendEnv: false,
    ...(command.input === undefined ? { stdin: "ignore" } : { input: command.input }),
    ...(streamed !== undefined && pipe !== undefined && { [streamed]: pipe.input }),
    detached: !windows,
    cleanup: false,
    buffer: false,
    reject: false,
    windowsHide: true,
  }) as unknown as Subprocess;
  if (pipe !== undefined) closeSync(pipe.input);
  const { pid } = subprocess;
  if (pid !== undefined) {
    watchdog.add(pid);
    lowerPriority(pid);
  }
  const exited = new Promise<void>((resolve) => subprocess.once("exit", resolve));
  const { stdout, stderr } = subprocess;
  const outputs = { stdout, stderr, ...(streamed && pipe && { [streamed]: pipe.output }) };
  return childOf({ started: Promise.resolve(pid), exited, ended: subprocess }, outputs, piped);
}

/** `ended`: when nothing is left to be read but from the pipes. */
function childOf(
  life: Pick<Child, "started" | "exited" | "ended">,
  outputs: Readonly<Record<OutputName, Readable>>,
  piped: readonly OutputPipe[],
): Child {
  // Without such a listener execa throws away what is not read at once, and Node what is not read when the child exits.
  for (const output of Object.values(outputs)) output.on("readable", () => undefined);
  const read = piped.map(({ output }) => new Promise((resolve) => output.once("close", resolve)));
  const ended = Promise.all([life.ended, ...read]).then(([exit]) => exit);
  const gathers = (name: OutputName) => piped.some(({ output }) => output === outputs[name]);
  return { ...life, ...outputs, ended, gathers };
}

/** Makes named pipes, which the next ones to stream through are opened by. */
async function makePipes(names: readonly string[]): Promise<string> {
  const folder = createTemporaryFolder("pipes");
  await execa("mkfifo", ["-m", "600", ...names], { cwd: folder, stdio: "ignore" });
  return folder;
}

/**
 * A folder of its own for a go command, which leaves its work folder behind when it is ended. None where the environment
 * names no GOTMPDIR, or one that cannot be written to: go then says so itself.
 */
function makeTemporaryFolder(parent: string | undefined): string | undefined {
  if (parent === undefined || parent === "") return undefined;
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    return mkdtempSync(path.join(parent, "go-"));
  } catch {
    return undefined;
  }
}

/** The tree of a process is gone: what it left in its temporary folder goes, too. */
async function forget(pid: number): Promise<void> {
  watchdog.remove(pid);
  const folder = temporaryFolders.get(pid);
  temporaryFolders.delete(pid);
  if (folder !== undefined) await removeLargeFolder(folder);
}

async function endTree(pid: number, exit: Promise<unknown>): Promise<void> {
  if (!windows) {
    await endGroup(pid, exit);
    return;
  }
  const { file, args } = taskkillCommand(pid, process.env);
  await execa(file, args, { reject: false, stdio: "ignore" });
}

async function endRest(pid: number): Promise<void> {
  // On Windows nothing leads from a process that has ended to its children.
  if (!windows && signalGroup(pid, "SIGKILL")) await endGroup(pid);
}

/** Starts the watchdog, which is not waited for: the server may end before it. */
function startWatchdog(): WatchdogStreams | undefined {
  if (watchdogPath === undefined) return undefined;
  const child = execa(process.execPath, [watchdogPath, String(process.pid), mark], {
    // Not the workspace: on Windows a folder cannot be removed while it is somebody's current one.
    cwd: path.dirname(watchdogPath),
    env: watchdogEnvironment(),
    extendEnv: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
  });
  child.unref();
  const { stdin, stdout } = child;
  // Node's pipes are sockets, which can be kept from holding up the end of the server.
  return stdin instanceof Socket && stdout instanceof Socket ? { stdin, stdout } : undefined;
}

function watchdogEnvironment(): NodeJS.ProcessEnv {
  // NODE_OPTIONS may ask for a debugger or for modules that have no business there.
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: undefined };
  return process.versions["electron"] === undefined ? env : { ...env, ELECTRON_RUN_AS_NODE: "1" };
}
