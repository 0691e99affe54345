import { type ExtensionContext, l10n as vscodeL10n } from "vscode";
import * as l10n from "@vscode/l10n";
import { registerCommands } from "./commands.js";
import { registerConfirmation } from "./confirmation.js";
import { LanguageServer } from "./languageServer.js";
import { createOutput } from "./output.js";
import { ProblemLog } from "./problemLog.js";
import { StatusItem } from "./statusItem.js";
import { announceTrust } from "./trust.js";

let server: LanguageServer | undefined;

/** Called by VS Code when the first Go file opens (package.json, activationEvents); must return quickly. */
export function activate(context: ExtensionContext): void {
  l10n.config({ contents: vscodeL10n.bundle ?? {} });
  const output = createOutput();
  const statusItem = new StatusItem();
  const problems = new ProblemLog(output.log);
  server = new LanguageServer({
    module: context.asAbsolutePath("server/out/server.js"),
    output,
    onStatus: (status) => {
      statusItem.update(status);
      problems.update(status);
    },
    onServerState: (state) => {
      statusItem.serverState(state);
    },
  });
  context.subscriptions.push(
    output,
    statusItem,
    ...registerCommands(server, output),
    registerConfirmation(),
    announceTrust(server),
  );
  void server.start();
}

/** Called by VS Code before the extension host ends: the server and what it started end with it. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
