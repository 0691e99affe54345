import type { Connection, ExecuteCommandParams } from "vscode-languageserver/node";
import { goFilePath } from "../documents.js";
import { serverCommands } from "../protocol.js";

interface CommandTargets {
  /** Analyses the package of a file now; resolves when the result is there. */
  analyzePackage(file: string): Promise<void>;
  /** Analyses all packages of the workspace's folders. */
  analyzeWorkspace(): Promise<void>;
}

/** Runs the commands that the server announced; one that it does not know, or without its file, is an error. */
export function registerCommands(connection: Connection, targets: CommandTargets): void {
  connection.onExecuteCommand(async ({ command, arguments: args }: ExecuteCommandParams) => {
    switch (command) {
      case serverCommands.analyzePackage: {
        const uri: unknown = args?.[0];
        const file = typeof uri === "string" ? goFilePath(uri) : undefined;
        if (file === undefined) throw new Error("analyzePackage needs the URI of a Go file on disk.");
        return targets.analyzePackage(file);
      }
      case serverCommands.analyzeWorkspace:
        return targets.analyzeWorkspace();
      default:
        throw new Error(`Unknown command: ${command}`);
    }
  });
}
