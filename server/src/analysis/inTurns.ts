/** Long work on the one thread that also answers requests, in short turns. */
import { setImmediate } from "node:timers/promises";

/** Milliseconds of a turn: nobody notices a wait of that, and compilers that are to be started do not wait for long. */
const turn = 10;

/**
 * Takes the steps one after the other, and lets others have their turn between them. Returns what the last one does;
 * rejects with the signal's reason when one of the others has fired it.
 */
export async function inTurns<T>(steps: Generator<undefined, T>, signal?: AbortSignal): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - begun < turn) continue;
    await setImmediate();
    signal?.throwIfAborted();
    begun = performance.now();
  }
}

/** Takes all steps at once. */
export function atOnce<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
