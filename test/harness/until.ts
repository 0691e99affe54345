import { setTimeout as delay } from "node:timers/promises";

/**
 * Repeats a question that no event answers until it is answered with true; returns how many milliseconds that took, for
 * the caller to judge. A hang ends with the test's own limit.
 */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<number> {
  const start = performance.now();
  while (!(await isTrue())) await delay(20);
  return performance.now() - start;
}
