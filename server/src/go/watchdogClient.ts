/** The server's side of the watchdog: tells it which processes are running, and has it start some. */
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Exit } from "./processRun.js";
import { signalGroup } from "./processTree.js";
import type { StartRequest, WatchdogAnswer, WatchdogRequest } from "./watchdogMessages.js";

/** A process that the watchdog has been told to start. */
export interface RemoteProcess {
  /** Resolves to its number when it runs; to undefined where it could not be started. */
  readonly started: Promise<number | undefined>;
  /** Resolves when it has exited, or could not be started. */
  readonly exit: Promise<Exit>;
}

/** Outputs and inputs of a watchdog that runs. */
export interface WatchdogStreams {
  readonly stdin: Socket;
  readonly stdout: Socket;
}

class Remote implements RemoteProcess {
  readonly started: Promise<number | undefined>;
  readonly exit: Promise<Exit>;
  pid: number | undefined;
  #resolveStarted: (pid: number | undefined) => void = () => undefined;
  #resolveExit: (exit: Exit) => void = () => undefined;

  constructor() {
    this.started = new Promise((resolve) => (this.#resolveStarted = resolve));
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
  }

  start(pid: number): void {
    this.pid = pid;
    this.#resolveStarted(pid);
  }

  end(exit: Exit): void {
    this.#resolveStarted(undefined);
    this.#resolveExit(exit);
  }
}

export class WatchdogClient {
  readonly #start: () => WatchdogStreams | undefined;
  readonly #pids = new Set<number>();
  #streams: WatchdogStreams | undefined;
  #isReady = false;
  #lastId = 0;
  /** By the id of their requests, those that have not exited. */
  readonly #remotes = new Map<number, Remote>();

  /** `start` starts a watchdog, or returns undefined when there is none to start. */
  constructor(start: () => WatchdogStreams | undefined) {
    this.#start = start;
  }

  /** The processes that run now, each the leader of its process group on POSIX. */
  get pids(): ReadonlySet<number> {
    return this.#pids;
  }

  /** Whether it can start processes: not in its first moments. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Starts the watchdog when none is running: before a process, which could be left alone for as long as that takes. */
  prepare(): void {
    if (this.#streams === undefined) this.#open();
  }

  /** Puts a process and its descendants under the watchdog's care; starts the watchdog when none is running. */
  add(pid: number): void {
    this.#pids.add(pid);
    if (this.#streams === undefined) this.#open();
    else this.#send({ kind: "guard", pid });
  }

  /** Takes a process back whose whole tree has ended: its number may soon be another's. */
  remove(pid: number): void {
    this.#pids.delete(pid);
    this.#send({ kind: "forget", pid });
  }

  /** Has a process started that is under the watchdog's care from its first moment. Only while the watchdog is ready. */
  start(request: Omit<StartRequest, "kind" | "id">): RemoteProcess {
    const id = ++this.#lastId;
    const remote = new Remote();
    this.#remotes.set(id, remote);
    // Somebody waits for the answer, and maybe for nothing else.
    this.#streams?.stdout.ref();
    this.#send({ kind: "start", id, ...request });
    return remote;
  }

  #send(message: WatchdogRequest): void {
    this.#streams?.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #open(): void {
    const streams = this.#start();
    if (streams === undefined) return;
    this.#streams = streams;
    // Nobody waits for it to end.
    for (const stream of [streams.stdin, streams.stdout]) stream.unref();
    // That it is gone its output tells, behind all that it has still said.
    streams.stdin.on("error", () => undefined);
    streams.stdout.on("error", () => undefined);
    streams.stdout.on("close", () => {
      if (this.#streams === streams) this.#lose();
    });
    createInterface({ input: streams.stdout }).on("line", (line) => {
      if (this.#streams === streams) this.#take(JSON.parse(line) as WatchdogAnswer);
    });
    for (const pid of this.#pids) this.#send({ kind: "guard", pid });
  }

  #take(answer: WatchdogAnswer): void {
    if (answer.kind === "ready") {
      this.#isReady = true;
      return;
    }
    const remote = this.#remotes.get(answer.id);
    if (answer.kind === "started") {
      this.#pids.add(answer.pid);
      remote?.start(answer.pid);
      return;
    }
    this.#remotes.delete(answer.id);
    if (this.#remotes.size === 0) this.#streams?.stdout.unref();
    remote?.end(exitOf(answer));
  }

  /** The watchdog is gone (somebody ended it): the next process starts another one. */
  #lose(): void {
    this.#streams = undefined;
    this.#isReady = false;
    const lost = [...this.#remotes.values()];
    this.#remotes.clear();
    for (const remote of lost) {
      // How it ends nobody would know.
      if (remote.pid !== undefined) signalGroup(remote.pid, "SIGKILL");
      remote.end({ exitCode: undefined, signal: "SIGKILL", code: undefined, message: "" });
    }
  }
}

function exitOf(answer: WatchdogAnswer & { kind: "exited" | "failed" }): Exit {
  if (answer.kind === "failed") return { ...answer, exitCode: undefined, signal: undefined };
  const { exitCode, signal } = answer;
  return { exitCode: exitCode ?? undefined, signal: signal ?? undefined, code: undefined, message: "" };
}
