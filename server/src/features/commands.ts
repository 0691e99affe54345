import * as l10n from "@vscode/l10n";
import type { Connection, ExecuteCommandParams } from "vscode-languageserver/node";
import { goFilePath } from "../documents.js";
import { serverCommands } from "../protocol.js";
import { showMessage } from "./showMessage.js";

interface CommandTargets {
  /** Analyses the package of a file now; resolves when the result is there. */
  analyzePackage(file: string): Promise<void>;
  /** Analyses all packages of the workspace's folders; the summary, or the problem, in words. */
  analyzeWorkspace(signal: AbortSignal, onProgress: OnProgress): Promise<string>;
  /** Applies all fixes of a FixAllTarget. */
  fixAll(target: unknown): Promise<void>;
  /** Tries the fix of a FixTarget and shows what came of it. */
  proveFix(target: unknown): Promise<void>;
  /** Loads the memory profiles of a ProfileTarget. */
  loadProfile(target: unknown): Promise<void>;
  /** Runs the test of a TestTarget with a memory profile. */
  takeProfile(target: unknown): Promise<void>;
  showProfile(): Promise<void>;
  clearProfile(): void;
}

/** Told after each package: how many are done of how many. */
type OnProgress = (done: number, all: number, importPath: string) => void;

/** Runs the commands that the server announced; one that it does not know, or without its file, is an error. */
export function registerCommands(connection: Connection, targets: CommandTargets, progress: boolean): void {
  connection.onExecuteCommand(async ({ command, arguments: args }: ExecuteCommandParams): Promise<void> => {
    switch (command) {
      case serverCommands.analyzePackage: {
        const uri: unknown = args?.[0];
        const file = typeof uri === "string" ? goFilePath(uri) : undefined;
        if (file === undefined) throw new Error("analyzePackage needs the URI of a Go file on disk.");
        await targets.analyzePackage(file);
        return;
      }
      case serverCommands.analyzeWorkspace:
        await analyzeWorkspace(connection, targets, progress);
        return;
      case serverCommands.fixAll:
        await targets.fixAll(args?.[0]);
        return;
      case serverCommands.proveFix:
        await targets.proveFix(args?.[0]);
        return;
      case serverCommands.loadProfile:
        await targets.loadProfile(args?.[0]);
        return;
      case serverCommands.takeProfile:
        await targets.takeProfile(args?.[0]);
        return;
      case serverCommands.showProfile:
        await targets.showProfile();
        return;
      case serverCommands.clearProfile:
        targets.clearProfile();
        return;
      default:
        throw new Error(`Unknown command: ${command}`);
    }
  });
}

/** With progress that can be cancelled, where the client shows any, and a word about the outcome at the end. */
async function analyzeWorkspace(
  connection: Connection,
  targets: CommandTargets,
  progress: boolean,
): Promise<void> {
  const controller = new AbortController();
  const reporter = progress ? await connection.window.createWorkDoneProgress() : undefined;
  reporter?.begin(l10n.t("Analyzing the workspace"), 0, undefined, true);
  reporter?.token.onCancellationRequested(() => {
    controller.abort();
  });
  try {
    const outcome = await targets.analyzeWorkspace(controller.signal, (done, all, importPath) => {
      reporter?.report(Math.floor((100 * done) / all), importPath);
    });
    showMessage(connection, "information", outcome);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    reporter?.done();
  }
}
