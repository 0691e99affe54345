/** When a server that ended by itself is started again, and when that is given up. No VS Code in here. */

/** So many crashes within this time (milliseconds) are one too many. */
const limit = 5;
const period = 3 * 60 * 1000;

export class CrashPolicy {
  readonly #now: () => number;
  #crashes: number[] = [];

  /** `now` returns milliseconds; any zero will do. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Notes a crash and says whether to start the server again. */
  crashed(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < period), now];
    return this.#crashes.length < limit;
  }
}
