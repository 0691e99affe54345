/** Long work on the one thread that also answers requests, in short turns. */
import { setImmediate } from "node:timers/promises";

/** Milliseconds of a turn: with what comes in between, nobody notices a wait of twice that. */
const turn = 40;

/** Takes the steps one after the other, and lets others have their turn between them. Returns what the last one does. */
export async function inTurns<T>(steps: Generator<undefined, T>): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - begun < turn) continue;
    await setImmediate();
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
