/**
 * Pipes for what processes write. Node's own are sockets (libuv, uv_spawn), which on Linux are full after some hundred
 * writes however short, as each takes a buffer of the kernel's. The compiler writes line by line, and with a socket it
 * stands still whenever its reader is busy for a moment: a third of its time in a package with many messages. A pipe fills
 * whole pages. Node cannot make one, but it opens named ones.
 */
import { closeSync, constants, existsSync, openSync, readSync } from "node:fs";
import { Socket } from "node:net";
import path from "node:path";
import type { Readable } from "node:stream";

export interface OutputPipe {
  /** Absolute path. */
  readonly file: string;
  /** Descriptor of the end that a process writes to; to be closed here once the process has it. */
  readonly input: number;
  /** Reads no further than it is read, so that short writes gather in the pipe. */
  readonly output: Readable;
}

/** So many are made at a time: two for each of some compilers, and for those that have yet to end. */
const batch = 16;
/** As soon as no more are left than these, others are made. */
const few = 3;

export class OutputPipes {
  readonly #make: (names: readonly string[]) => Promise<string>;
  /** Absolute paths of those that nobody reads, the one that was so for longest first: who writes to it may have yet to end. */
  readonly #free: string[] = [];
  #state: "ready" | "making" | "impossible" = "ready";

  /** @param make Makes named pipes of these names in one folder, whose absolute path it returns; rejects where it cannot. */
  constructor(make: (names: readonly string[]) => Promise<string>) {
    this.#make = make;
  }

  /** Has pipes made ahead where few are left. */
  prepare(): void {
    if (this.#free.length > few || this.#state !== "ready") return;
    this.#state = "making";
    const names = Array.from({ length: batch }, (_, index) => `pipe${index}`);
    this.#make(names).then(
      (folder) => {
        this.#free.push(...names.map((name) => path.join(folder, name)));
        this.#state = "ready";
      },
      () => {
        this.#state = "impossible";
      },
    );
  }

  /** Opens so many prepared pipes, which are free again when their output is closed; undefined where fewer are at hand. */
  openAll(count: number): OutputPipe[] | undefined {
    const opened: OutputPipe[] = [];
    while (opened.length < count) {
      const pipe = this.#open();
      if (pipe === undefined) {
        for (const { input, output } of opened) {
          closeSync(input);
          output.destroy();
        }
        return undefined;
      }
      opened.push(pipe);
    }
    return opened;
  }

  #open(): OutputPipe | undefined {
    for (let candidates = this.#free.length; candidates > 0; candidates--) {
      const file = this.#free.shift() ?? "";
      const pipe = this.#opened(file);
      if (pipe !== undefined) return pipe;
      if (existsSync(file)) this.#free.push(file);
    }
    return undefined;
  }

  /** Undefined where the file is gone, or somebody still writes to it. */
  #opened(file: string): OutputPipe | undefined {
    const descriptors: number[] = [];
    const opened = (flags: number): number => {
      const descriptor = openSync(file, flags);
      descriptors.push(descriptor);
      return descriptor;
    };
    try {
      const fd = opened(constants.O_RDONLY | constants.O_NONBLOCK);
      // At the end of the text at once, for want of a writer; with one, it would have to be waited for (EAGAIN).
      if (readSync(fd, Buffer.alloc(1)) !== 0) throw new Error(`${file} is in use.`);
      const input = opened(constants.O_WRONLY);
      // The mark is not among the types of the socket's options, which are those of a stream as well (`net.Socket`).
      const options = { fd, readable: true, writable: false, readableHighWaterMark: 1 };
      const output = new Socket(options);
      // Whoever reads hears of it; nobody may be reading yet, or any longer.
      output.on("error", () => undefined);
      output.once("close", () => this.#free.push(file));
      return { file, input, output };
    } catch {
      for (const descriptor of descriptors) closeSync(descriptor);
      return undefined;
    }
  }
}
