/** Work that runs the person's own code: in trusted workspaces only, with a progress that can be canceled. */
import type { CancellationToken, Connection } from "vscode-languageserver/node";
import { type Report, unlessCanceled } from "./progress.js";
import { showMessage } from "./showMessage.js";
import { declinedWords } from "./status.js";

/** Does the work; undefined where the workspace is not trusted, which the person is told, or where they have canceled. */
export type TrustedWork = <Result>(
  title: string,
  token: CancellationToken,
  work: (signal: AbortSignal, report: Report) => Promise<Result>,
) => Promise<Result | undefined>;

/** `isShown` says whether the client shows progress. What it returns rejects as the work does. */
export function trustedWork(
  connection: Connection,
  live: { readonly isTrusted: boolean },
  isShown: boolean,
): TrustedWork {
  return async (title, token, work) => {
    if (!live.isTrusted) {
      showMessage(connection, "warning", declinedWords("untrusted"));
      return undefined;
    }
    return await unlessCanceled(connection, { title, isShown, token }, work);
  };
}
