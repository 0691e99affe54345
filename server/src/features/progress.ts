/** Work that takes a while, with a progress that the person can cancel. */
import type { CancellationToken, Connection } from "vscode-languageserver/node";

/** Says how far the work is: a share from 0 to 1, and what it is at. */
export type Report = (share: number, message: string) => void;

export interface ProgressOptions {
  readonly title: string;
  /** Whether the client shows progress. */
  readonly isShown: boolean;
  readonly token?: CancellationToken;
}

type Work<Result> = (signal: AbortSignal, report: Report) => Promise<Result>;

/**
 * Runs the work with LSP's work done progress (LSP 3.17, window/workDoneProgress), where the client shows any. The signal
 * fires when the person cancels there, or the token does. Rejects as the work does.
 */
export async function withProgress<Result>(
  connection: Connection,
  options: ProgressOptions,
  work: Work<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const cancel = () => {
    controller.abort();
  };
  if (options.token?.isCancellationRequested === true) cancel();
  options.token?.onCancellationRequested(cancel);
  const progress = options.isShown ? await connection.window.createWorkDoneProgress() : undefined;
  progress?.begin(options.title, 0, undefined, true);
  progress?.token.onCancellationRequested(cancel);
  try {
    return await work(controller.signal, (share, message) => {
      progress?.report(Math.floor(100 * share), message);
    });
  } finally {
    progress?.done();
  }
}

/** As withProgress, but undefined where the work was canceled. */
export async function unlessCanceled<Result>(
  connection: Connection,
  options: ProgressOptions,
  work: Work<Result>,
): Promise<Result | undefined> {
  return await withProgress(connection, options, async (signal, report) => {
    try {
      return await work(signal, report);
    } catch (error) {
      if (!signal.aborted) throw error;
      return undefined;
    }
  });
}
