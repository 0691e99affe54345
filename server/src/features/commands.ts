import * as l10n from "@vscode/l10n";
import type { CancellationToken, Connection, ExecuteCommandParams } from "vscode-languageserver/node";
import { goFilePath } from "../documents.js";
import { type BenchmarkResult, serverCommands } from "../protocol.js";
import { unlessCanceled } from "./progress.js";
import { showMessage } from "./showMessage.js";

/** The tokens are canceled when the client takes the request back. */
interface CommandTargets {
  /** Analyses the package of a file now; resolves when the result is there. */
  analyzePackage(file: string, token: CancellationToken): Promise<void>;
  /** Analyses all packages of the workspace's folders; the summary, or the problem, in words. */
  analyzeWorkspace(signal: AbortSignal, onProgress: OnProgress): Promise<string>;
  /** Applies all fixes of a FixAllTarget. */
  fixAll(target: unknown, token: CancellationToken): Promise<void>;
  /** Tries the fix of a FixTarget and shows what came of it. */
  proveFix(target: unknown, token: CancellationToken): Promise<void>;
  /** Runs the benchmarks of a BenchmarkTarget on both sides. */
  benchmark(target: unknown, token: CancellationToken): Promise<BenchmarkResult | null>;
  /** Loads the memory profiles of a ProfileTarget. */
  loadProfile(target: unknown, token: CancellationToken): Promise<void>;
  /** Runs the test of a TestTarget with a memory profile. */
  takeProfile(target: unknown, token: CancellationToken): Promise<void>;
  showProfile(): Promise<void>;
  clearProfile(): void;
}

/** Told after each package: how many are done of how many. */
type OnProgress = (done: number, all: number, importPath: string) => void;

/** Runs the commands that the server announced; one that it does not know, or without its file, is an error. */
export function registerCommands(connection: Connection, targets: CommandTargets, progress: boolean): void {
  connection.onExecuteCommand(
    async (
      { command, arguments: args }: ExecuteCommandParams,
      token,
    ): Promise<BenchmarkResult | null | undefined> => {
      switch (command) {
        case serverCommands.analyzePackage: {
          const uri: unknown = args?.[0];
          const file = typeof uri === "string" ? goFilePath(uri) : undefined;
          if (file === undefined) throw new Error("analyzePackage needs the URI of a Go file on disk.");
          await targets.analyzePackage(file, token);
          return;
        }
        case serverCommands.analyzeWorkspace:
          await analyzeWorkspace(connection, targets, progress, token);
          return;
        case serverCommands.fixAll:
          await targets.fixAll(args?.[0], token);
          return;
        case serverCommands.proveFix:
          await targets.proveFix(args?.[0], token);
          return;
        case serverCommands.benchmark:
          return await targets.benchmark(args?.[0], token);
        case serverCommands.loadProfile:
          await targets.loadProfile(args?.[0], token);
          return;
        case serverCommands.takeProfile:
          await targets.takeProfile(args?.[0], token);
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
    },
  );
}

/** Can be canceled as a request and in its progress, where the client shows any; tells the outcome at the end. */
async function analyzeWorkspace(
  connection: Connection,
  targets: CommandTargets,
  isShown: boolean,
  token: CancellationToken,
): Promise<void> {
  const options = { title: l10n.t("Analyzing the workspace"), isShown, token };
  await unlessCanceled(connection, options, async (signal, report) => {
    const outcome = await targets.analyzeWorkspace(signal, (done, all, importPath) => {
      report(done / all, importPath);
    });
    showMessage(connection, "information", outcome);
  });
}
