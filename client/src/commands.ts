import * as l10n from "@vscode/l10n";
import { commands, type Disposable, type ExtensionContext, ProgressLocation, window } from "vscode";
import { serverCommands, withoutLinks } from "../../server/src/protocol.js";
import { benchmarkCommands } from "./benchmark/benchmarkCommands.js";
import { ask } from "./explain/askCommand.js";
import { compareBuilds } from "./explain/compareCommand.js";
import { explainAtCursor } from "./explain/explainCommand.js";
import type { ExplanationDocuments } from "./explain/explanationDocuments.js";
import { activeContext, commandIds, displayName, viewId } from "./identifiers.js";
import { copyInformation } from "./information.js";
import type { LanguageServer } from "./languageServer.js";
import type { Output } from "./output.js";
import { profileCommands } from "./profile/profileCommands.js";
import { openSample, showWalkthrough } from "./sample.js";
import type { StatusItem } from "./statusItem.js";
import { toggleCommands } from "./toggles.js";
import type { SiteView } from "./view/siteView.js";
import { viewCommands } from "./view/viewCommands.js";

type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** What the commands work on. */
export interface CommandTargets {
  readonly context: ExtensionContext;
  readonly server: LanguageServer;
  readonly output: Output;
  readonly statusItem: StatusItem;
  readonly view: SiteView;
  readonly explanations: ExplanationDocuments;
}

/** VS Code hands over what a row of a view or an entry of a menu stands for. */
type Handler = (...args: never[]) => unknown;

/** Registers every command of package.json, whether or not the server runs, and lets the palette show them. */
export function registerCommands(targets: CommandTargets): Disposable[] {
  const { context, server, output, statusItem, view, explanations } = targets;
  const handlers: Readonly<Record<CommandId, Handler>> = {
    [commandIds.analyzePackage]: () => analyzePackage(server),
    [commandIds.analyzeWorkspace]: () => analyzeWorkspace(server),
    [commandIds.ask]: () => ask(server, explanations),
    [commandIds.compare]: () => compareBuilds(server, explanations),
    [commandIds.copyInformation]: () => copyInformation(context.extension, server, statusItem.current),
    [commandIds.explain]: () => explainAtCursor(server, explanations),
    [commandIds.openPairs]: () => openSample(context, "pairs"),
    [commandIds.openSample]: () => openSample(context, "orders"),
    [commandIds.openWalkthrough]: () => showWalkthrough(context, false),
    [commandIds.restartServer]: () => server.restart(),
    [commandIds.showOutput]: () => {
      output.log.show();
    },
    ...benchmarkCommands(server),
    ...profileCommands(server),
    ...toggleCommands,
    ...viewCommands(view, server),
  };
  void commands.executeCommand("setContext", activeContext, true);
  return Object.entries(handlers).map(([id, handler]) =>
    commands.registerCommand(id, (...args: never[]) => reportFailure(output, () => handler(...args))),
  );
}

async function analyzePackage(server: LanguageServer): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== "go" || document.uri.scheme !== "file") {
    await window.showInformationMessage(l10n.t("Open a Go file first: its package is what is analyzed."));
    return;
  }
  await server.execute(serverCommands.analyzePackage, [document.uri.toString()]);
}

/** The results are in the view: it is opened where it is closed, and the cursor stays in the editor. */
async function analyzeWorkspace(server: LanguageServer): Promise<void> {
  await commands.executeCommand(`${viewId}.focus`, { preserveFocus: true });
  const title = l10n.t("{0}: analyzing the workspace", displayName);
  await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    window.withProgress({ location: { viewId } }, () => server.execute(serverCommands.analyzeWorkspace, [])),
  );
}

/** A command that the person gave says aloud what went wrong. */
async function reportFailure(output: Output, action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    const reason = withoutLinks(error instanceof Error ? error.message : String(error));
    output.log.error(reason);
    const showOutput = l10n.t("Show Output");
    const restart = l10n.t("Restart");
    const answer = await window.showErrorMessage(`${displayName}: ${reason}`, restart, showOutput);
    if (answer === showOutput) output.log.show();
    if (answer === restart) await commands.executeCommand(commandIds.restartServer);
  }
}
