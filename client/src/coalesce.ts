/**
 * Makes an asynchronous action that never runs twice at once: a call while it runs asks for one more run behind it, and
 * all such calls share that one. Each call's promise settles with the run that began after the call.
 */
export function coalesce(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function run(): Promise<void> {
    const current = action().finally(() => {
      if (running === current) running = undefined;
    });
    running = current;
    return current;
  }

  return () => {
    if (running === undefined) return run();
    next ??= running
      // Whoever asked for the run in progress hears of its failure; it is no reason not to run again.
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
