import { createRequire } from "node:module";
import { type ExtensionContext, l10n as vscodeL10n } from "vscode";
import * as l10n from "@vscode/l10n";
import { registerCommands } from "./commands.js";
import { registerConfirmation } from "./confirmation.js";
import { ExplanationDocuments } from "./explain/explanationDocuments.js";
import { GoProblems } from "./goProblems.js";
import type * as LanguageClientModule from "./languageClient.js";
import { registerLanguageModelTool } from "./languageModelTool.js";
import { LanguageServer } from "./languageServer.js";
import { watchGopls } from "./neighbors/goplsDetails.js";
import { createOutput } from "./output.js";
import { ProfileHeat } from "./profile/heat.js";
import { ProblemLog } from "./problemLog.js";
import { continueSample } from "./sample.js";
import { StatusItem } from "./statusItem.js";
import { announceTrust } from "./trust.js";
import { SiteView } from "./view/siteView.js";

let server: LanguageServer | undefined;

/** Called by VS Code when the first Go file or the view opens (package.json, activationEvents); must return quickly. */
export function activate(context: ExtensionContext): void {
  l10n.config({ contents: vscodeL10n.bundle ?? {} });
  const output = createOutput();
  const statusItem = new StatusItem();
  const problems = new ProblemLog(output.log);
  const goProblems = new GoProblems();
  server = new LanguageServer({
    module: context.asAbsolutePath("server/out/server.js"),
    loadClient: () => createRequire(__filename)("./languageClient.js") as typeof LanguageClientModule,
    output,
    onStatus: (status) => {
      statusItem.update(status);
      problems.update(status);
      goProblems.update(status);
    },
    onServerState: (state) => {
      statusItem.serverState(state);
      view.refresh();
      heat.refresh();
    },
    onTreeChanged: () => {
      view.refresh();
    },
    onProfileChanged: () => {
      heat.refresh();
    },
  });
  const view = new SiteView(server, context.workspaceState);
  const heat = new ProfileHeat(server);
  const explanations = new ExplanationDocuments();
  context.subscriptions.push(
    output,
    statusItem,
    view,
    heat,
    explanations,
    ...registerCommands({ context, server, output, statusItem, view, explanations }),
    registerConfirmation(),
    announceTrust(server),
    watchGopls(context.globalState),
    registerLanguageModelTool(server),
  );
  void server.start();
  void continueSample(context);
}

/** Called by VS Code before the extension host ends: the server and what it started end with it. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
