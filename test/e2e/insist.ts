/** Milliseconds in which VS Code answers a key or a click that it has heard, also on a busy machine. */
const answerPatience = 5000;

/**
 * Acts until what that should bring is there: a key or a click is lost where VS Code draws anew at that very moment.
 * `arrives` rejects after the milliseconds it is given. Rejects as it does, at the end of `patience`.
 */
export async function insist(
  patience: number,
  act: () => Promise<unknown>,
  arrives: (timeout: number) => Promise<unknown>,
): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    await act();
    try {
      await arrives(answerPatience);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
