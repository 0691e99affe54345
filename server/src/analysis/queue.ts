/** One run per key: a newer request ends the older one, and runs are started in the order of their requests. */

interface Running {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export class LatestQueue<Key> {
  readonly #running = new Map<Key, Running>();
  readonly #limit: number;
  #active = 0;
  readonly #waiting: (() => void)[] = [];

  /** `limit`: how many keys may run at once. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Runs `task` for the key once the older run of that key has ended, which is aborted at once. The promise resolves to
   * undefined when this run is itself overtaken (also when its task rejects because of that), else as the task does.
   */
  async run<Result>(key: Key, task: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined> {
    const older = this.#running.get(key);
    older?.controller.abort();
    const controller = new AbortController();
    const { signal } = controller;
    const result = this.#start(older?.done, signal, task);
    const done = result.then(ignore, ignore);
    const running = { controller, done };
    this.#running.set(key, running);
    try {
      const value = await result;
      return signal.aborted ? undefined : value;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      if (this.#running.get(key) === running) this.#running.delete(key);
    }
  }

  /** Ends the run of one key, or all of them; resolves when they are gone. */
  async cancel(key?: Key): Promise<void> {
    const chosen = [...this.#running].filter(([running]) => key === undefined || running === key);
    for (const [, running] of chosen) running.controller.abort();
    await Promise.all(chosen.map(([, running]) => running.done));
  }

  async #start<Result>(
    older: Promise<void> | undefined,
    signal: AbortSignal,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> {
    await older;
    await this.#enter();
    try {
      return signal.aborted ? undefined : await task(signal);
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#active >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#active++;
  }

  /** Hands the place to the next in line, or gives it up. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#active--;
    else next();
  }
}

function ignore(): void {
  // Only the end matters here; the caller of run sees the outcome.
}
