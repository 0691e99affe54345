/** Cancels what the server reports progress of, once a file shows that it has begun. */
import { existsSync, watch } from "node:fs";
import path from "node:path";
import type { ProgressToken } from "vscode-languageserver-protocol";
import type { TestClient } from "./languageClient.js";

/** `file` (absolute path) is written by what is to be canceled. Resolves when the next progress has been canceled. */
export function cancelWhenWritten(
  { connection }: Pick<TestClient, "connection">,
  file: string,
): Promise<void> {
  return new Promise((resolve) => {
    connection.onRequest("window/workDoneProgress/create", ({ token }: { token: ProgressToken }) => {
      // Not persistent: where nothing is written any more, nobody waits for it.
      const watcher = watch(path.dirname(file), { persistent: false }, () => {
        if (!existsSync(file)) return;
        watcher.close();
        void connection.sendNotification("window/workDoneProgress/cancel", { token }).then(resolve);
      });
      return null;
    });
  });
}
