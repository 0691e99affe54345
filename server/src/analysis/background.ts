/** Work that nobody waits for, one piece after the other, once who asked for something else has the answer. */
import { setImmediate } from "node:timers/promises";

export class Background {
  #last: Promise<void> = Promise.resolve();

  /** `work` never rejects. */
  add(work: () => Promise<void>): void {
    this.#last = this.#last.then(async () => {
      await setImmediate();
      await work();
    });
  }

  /** Resolves when all that was added so far is done. */
  settled(): Promise<void> {
    return this.#last;
  }
}
