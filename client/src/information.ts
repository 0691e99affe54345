import * as l10n from "@vscode/l10n";
import { env, type ExtensionContext, version, window, workspace } from "vscode";
import { informationMethod, type StatusParams } from "../../server/src/protocol.js";
import { informationText } from "./informationText.js";
import type { LanguageServer } from "./languageServer.js";

/** Puts what a report of a bug should say on the clipboard, also where the server does not run. */
export async function copyInformation(
  extension: ExtensionContext["extension"],
  server: Pick<LanguageServer, "request">,
  status: StatusParams | undefined,
): Promise<void> {
  const { packageJSON } = extension as { readonly packageJSON: Manifest };
  const text = informationText({
    extension: packageJSON.version,
    editor: `${env.appName} ${version}`,
    platform: `${process.platform}/${process.arch}`,
    remote: env.remoteName,
    language: env.language,
    folders: workspace.workspaceFolders?.length ?? 0,
    isTrusted: workspace.isTrusted,
    settings: changedSettings(packageJSON),
    status,
    server: await server.request<string>(informationMethod, null).catch((error: unknown) => String(error)),
  });
  await env.clipboard.writeText(text);
  await window.showInformationMessage(l10n.t("The diagnostic information is on the clipboard."));
}

interface Manifest {
  readonly version: string;
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

function changedSettings({ contributes }: Manifest): Record<string, unknown> {
  const configuration = workspace.getConfiguration(undefined, window.activeTextEditor?.document.uri ?? null);
  const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  const changed = names.filter((name) => {
    const set = configuration.inspect(name);
    return [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
  });
  return Object.fromEntries(changed.map((name) => [name, configuration.get(name)]));
}
