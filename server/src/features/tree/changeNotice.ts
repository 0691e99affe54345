/** Milliseconds between a change and its notice: what changes at once is told at once. */
const gathering = 100;

/** Milliseconds between two notices. */
const pause = 600;

/**
 * Makes a function that may be called at each change, and calls `notify` soon after the first one and then at most every
 * so often. The last change is never left out.
 */
export function changeNotice(notify: () => void): () => void {
  let notifiedAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  return () => {
    if (timer !== undefined) return;
    const wait = Math.max(gathering, notifiedAt + pause - performance.now());
    timer = setTimeout(() => {
      timer = undefined;
      notifiedAt = performance.now();
      notify();
    }, wait);
    timer.unref();
  };
}
