/** One run of a process: reading, limits, cancellation, and the judgment of how it ended. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as pause } from "node:timers/promises";
import { AbortError, GoCommandError, type CommandFailure } from "./commandError.js";

export interface Command {
  /** Absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute folder. It is also handed over as PWD, so that go names files as this path does, symbolic links kept. */
  readonly cwd: string;
  /**
   * The whole environment: nothing is added from the server's own, but for a mark (see processMark.ts). Each process gets a
   * folder of its own below GOTMPDIR, which is removed behind it.
   */
  readonly env: Readonly<Record<string, string>>;
  /** Text for stdin; without it stdin is empty. */
  readonly input?: string;
  /** Milliseconds, reading of the output included; ten minutes unless given. */
  readonly timeLimit?: number;
  /** Bytes, for stdout and stderr each; 256 MiB unless given. */
  readonly outputLimit?: number;
  /**
   * UTF-8 unless given. latin1: a character for each byte, for readers who skip most of a large text, which takes half of
   * the memory and is not decoded; they decode the rest.
   */
  readonly stdoutEncoding?: "utf-8" | "latin1";
  /** An exit code other than 0 is a result and no error. */
  readonly allowFailure?: boolean;
  /** Ends the whole process tree. */
  readonly signal: AbortSignal;
}

export interface ProcessResult {
  /** Null when the process was stopped by its reader. */
  readonly exitCode: number | null;
  /** Whole text of the streams that were collected, the last part of the one that was streamed. */
  readonly stdout: string;
  readonly stderr: string;
  /** The reader had seen enough and stopped the process. */
  readonly stopped: boolean;
}

export type OutputName = "stdout" | "stderr";

/** How a process ended: the part of execa's result that is used. */
export interface Exit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Node's code when the process could not be started (`ENOENT`). */
  readonly code: string | undefined;
  readonly message: string;
}

/** A started process. */
export interface Child {
  /** Resolves to its number when it runs; to undefined where it could not be started. */
  readonly started: Promise<number | undefined>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Whether what is not read of the output gathers in a pipe (see OutputPipes). */
  readonly gathers: (name: OutputName) => boolean;
  /** Resolves when it has exited. */
  readonly exited: Promise<unknown>;
  /** Resolves when it and its outputs have ended. */
  readonly ended: Promise<Exit>;
}

/** What starts and ends processes. */
export interface ProcessHost {
  /** `streamed`: the output that is read as it comes. */
  start(command: Command, streamed?: OutputName): Child;
  /** Tells the tree to end at once; resolves when no process of it is left. `exit` settles when the first one has exited. */
  endTree(pid: number, exit: Promise<unknown>): Promise<void>;
  /** Ends what a process that has just exited left behind; it would hold the pipes open. */
  endRest(pid: number): Promise<void>;
  /** The tree of this process is gone; resolves when its traces are, too. */
  forget(pid: number): Promise<void>;
}

const defaultTimeLimit = 600_000;
const defaultOutputLimit = 256 * 1024 * 1024;
/** Characters of a stream that an error shows. */
const tailLength = 8192;
/** Bytes below which a reader lets more gather, and for how many milliseconds: each chunk costs more than its text. */
const smallChunk = 16_384;
const gatheringTime = 2;

/** One process, from its start to the end of its tree. */
export class ProcessRun {
  readonly #command: Command;
  readonly #host: ProcessHost;
  readonly #child: Child | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #tails = { stdout: "", stderr: "" };
  /** Why the tree is being ended; undefined while the process goes its own way. */
  #reason: Error | "stopped" | undefined;
  #treeEnd: Promise<void> = Promise.resolve();
  /** Undefined until it runs. */
  #pid: number | undefined;
  /** Set when the process has exited: from then on its number may become another's. */
  #rest: Promise<void> | undefined;

  /** Starts the process. What goes wrong with that is said by `read` and `result`. */
  constructor(command: Command, host: ProcessHost, streamed?: OutputName) {
    this.#command = command;
    this.#host = host;
    if (command.signal.aborted) {
      this.#reason = new AbortError();
      return;
    }
    this.#child = host.start(command, streamed);
    const { started, exited } = this.#child;
    void started.then((pid) => (this.#pid = pid));
    void exited.then(() => {
      if (this.#pid !== undefined) this.#rest = host.endRest(this.#pid);
    });
    command.signal.addEventListener("abort", this.#onAbort);
    this.#timer = setTimeout(this.#onTimeLimit, command.timeLimit ?? defaultTimeLimit);
  }

  readonly #onAbort = (): void => void this.end(new AbortError());

  readonly #onTimeLimit = (): void => {
    const seconds = (this.#command.timeLimit ?? defaultTimeLimit) / 1000;
    void this.end(this.#error("timeout", `was ended after ${seconds} s`));
  };

  /** Ends the tree for a reason, of which the first counts; resolves when the tree is gone. */
  end(reason: Error | "stopped"): Promise<void> {
    if (this.#reason === undefined) {
      this.#reason = reason;
      this.#treeEnd = this.#endTree();
    }
    return this.#treeEnd;
  }

  async #endTree(): Promise<void> {
    const child = this.#child;
    const pid = this.#pid ?? (await child?.started);
    if (child === undefined || pid === undefined) return;
    await (this.#rest ?? this.#host.endTree(pid, child.exited));
    // Somebody outside the tree may hold the other end of the pipes.
    child.stdout.destroy();
    child.stderr.destroy();
    await child.ended;
  }

  /** Yields the text of one output. Ends early when the tree is stopped, and throws the reason when there is one. */
  async *read(name: OutputName): AsyncGenerator<string, void, undefined> {
    const decoder = this.#decoderOf(name);
    let bytes = 0;
    let complete = false;
    try {
      for await (const chunk of (this.#child?.[name] ?? []) as AsyncIterable<Buffer>) {
        bytes += chunk.byteLength;
        if (bytes > (this.#command.outputLimit ?? defaultOutputLimit)) {
          void this.end(this.#error("output-limit", `wrote more than ${bytes} bytes to ${name}`));
        }
        if (this.#reason !== undefined) break;
        const text = decoder.write(chunk);
        this.#keepTail(name, text);
        if (text !== "") yield text;
        if (chunk.byteLength < smallChunk && this.#child?.gathers(name) === true) await pause(gatheringTime);
      }
      const rest = decoder.end();
      if (this.#reason === undefined && rest !== "") yield rest;
      complete = true;
    } catch (error) {
      complete = true;
      // A pipe that breaks while the tree is being ended is no error of its own.
      if (this.#reason === undefined)
        void this.end(this.#error("failed", `lost its ${name}: ${String(error)}`));
    } finally {
      if (!complete) void this.end("stopped");
      await this.#treeEnd;
    }
    if (this.#reason instanceof Error) throw this.#reason;
  }

  #decoderOf(name: OutputName): StringDecoder {
    return new StringDecoder((name === "stdout" ? this.#command.stdoutEncoding : undefined) ?? "utf-8");
  }

  /** Cut now and then only: compilers write thousands of lines one by one. */
  #keepTail(name: OutputName, text: string): void {
    const tail = text.length < tailLength ? this.#tails[name] + text : text;
    this.#tails[name] = tail.length > 8 * tailLength ? tail.slice(-tailLength) : tail;
  }

  #tail(name: OutputName): string {
    return this.#tails[name].slice(-tailLength);
  }

  /** The whole text of one output. Never rejects: `result` says what went wrong. */
  async collect(name: OutputName): Promise<string> {
    const parts: string[] = [];
    try {
      for await (const text of this.read(name)) parts.push(text);
    } catch {
      return "";
    }
    return parts.join("");
  }

  /** Waits for the end of the process and of its outputs, and judges it. */
  async result(stdout: string, stderr: string): Promise<ProcessResult> {
    try {
      const exit = await this.#child?.ended;
      await this.#rest;
      await this.#treeEnd;
      if (this.#reason instanceof Error) throw this.#reason;
      const texts = { stdout: stdout || this.#tail("stdout"), stderr: stderr || this.#tail("stderr") };
      if (this.#reason === "stopped" || exit === undefined)
        return { ...texts, exitCode: null, stopped: true };
      const exitCode = this.#judge(exit);
      return { ...texts, exitCode, stopped: false };
    } finally {
      await this.#release();
    }
  }

  #judge(exit: Exit): number {
    const { exitCode, signal, code } = exit;
    if (exitCode === 0 || (exitCode !== undefined && this.#command.allowFailure === true)) return exitCode;
    if (exitCode !== undefined) throw this.#error("failed", `failed with exit code ${exitCode}`, exit);
    if (signal !== undefined) throw this.#error("failed", `was ended by ${signal}`, exit);
    // Node says ENOENT for a missing folder, too.
    const missing = code === "ENOENT" && existsSync(this.#command.cwd);
    throw this.#error(missing ? "not-found" : "not-started", `could not be started: ${exit.message}`);
  }

  async #release(): Promise<void> {
    clearTimeout(this.#timer);
    this.#command.signal.removeEventListener("abort", this.#onAbort);
    if (this.#pid !== undefined) await this.#host.forget(this.#pid);
  }

  #error(kind: CommandFailure, what: string, exit?: Exit): GoCommandError {
    const { file, args } = this.#command;
    return new GoCommandError(`${[path.basename(file), ...args.slice(0, 1)].join(" ")} ${what}`, {
      kind,
      command: [file, ...args],
      exitCode: exit?.exitCode ?? null,
      signal: exit?.signal ?? null,
      stderr: this.#tail("stderr"),
    });
  }
}
