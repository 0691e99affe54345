/** The server's side of the watchdog: tells it which processes are running. */
import type { Writable } from "node:stream";

export class WatchdogClient {
  readonly #start: () => Writable | undefined;
  readonly #pids = new Set<number>();
  #input: Writable | undefined;

  /** `start` starts a watchdog and returns its stdin, or undefined when there is no watchdog to start. */
  constructor(start: () => Writable | undefined) {
    this.#start = start;
  }

  /** The processes that run now, each the leader of its process group on POSIX. */
  get pids(): ReadonlySet<number> {
    return this.#pids;
  }

  /** Starts the watchdog when none is running: before a process, which could be left alone for as long as that takes. */
  prepare(): void {
    if (this.#input === undefined) this.#open();
  }

  /** Puts a process and its descendants under the watchdog's care; starts the watchdog when none is running. */
  add(pid: number): void {
    this.#pids.add(pid);
    if (this.#input !== undefined) this.#input.write(`+${pid}\n`);
    else this.#open();
  }

  /** Takes a process back whose whole tree has ended: its number may soon be another's. */
  remove(pid: number): void {
    this.#pids.delete(pid);
    this.#input?.write(`-${pid}\n`);
  }

  #open(): void {
    const input = this.#start();
    if (input === undefined) return;
    this.#input = input;
    const forget = (): void => {
      // The watchdog is gone (somebody ended it): the next process starts another one.
      if (this.#input === input) this.#input = undefined;
    };
    input.on("error", forget);
    input.on("close", forget);
    for (const pid of this.#pids) input.write(`+${pid}\n`);
  }
}
