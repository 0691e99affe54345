import * as l10n from "@vscode/l10n";
import { commands, type Disposable, ProgressLocation, window } from "vscode";
import { serverCommands } from "../../server/src/protocol.js";
import { activeContext, commandIds, displayName } from "./identifiers.js";
import type { LanguageServer } from "./languageServer.js";
import type { Output } from "./output.js";

type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Registers every command of package.json, whether or not the server runs, and lets the palette show them. */
export function registerCommands(server: LanguageServer, output: Output): Disposable[] {
  const handlers: Readonly<Record<CommandId, () => unknown>> = {
    [commandIds.analyzePackage]: () => analyzePackage(server, output),
    [commandIds.analyzeWorkspace]: () => analyzeWorkspace(server, output),
    [commandIds.restartServer]: () => server.restart(),
    [commandIds.showOutput]: () => {
      output.log.show();
    },
  };
  void commands.executeCommand("setContext", activeContext, true);
  return Object.entries(handlers).map(([id, handler]) => commands.registerCommand(id, handler));
}

async function analyzePackage(server: LanguageServer, output: Output): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== "go" || document.uri.scheme !== "file") {
    await window.showInformationMessage(l10n.t("Open a Go file first: its package is what is analyzed."));
    return;
  }
  const args = [document.uri.toString()];
  await reportFailure(output, () => server.execute(serverCommands.analyzePackage, args));
}

async function analyzeWorkspace(server: LanguageServer, output: Output): Promise<void> {
  const title = l10n.t("{0}: analyzing the workspace", displayName);
  await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    reportFailure(output, () => server.execute(serverCommands.analyzeWorkspace, [])),
  );
}

/** A command that the person gave says aloud what went wrong. */
async function reportFailure(output: Output, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    output.log.error(reason);
    const showOutput = l10n.t("Show Output");
    const restart = l10n.t("Restart");
    const answer = await window.showErrorMessage(`${displayName}: ${reason}`, restart, showOutput);
    if (answer === showOutput) output.log.show();
    if (answer === restart) await commands.executeCommand(commandIds.restartServer);
  }
}
