/** The result, unless the signal fires first: then it rejects with its reason, and the work goes on. */
export async function unlessAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stopListening: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const listener = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    };
    signal.addEventListener("abort", listener, { once: true });
    stopListening = () => {
      signal.removeEventListener("abort", listener);
    };
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    stopListening();
  }
}
