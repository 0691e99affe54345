/** gopls can show the compiler's decisions, too: whoever sees both is asked, once, which to keep. */
import * as l10n from "@vscode/l10n";
import {
  ConfigurationTarget,
  type DiagnosticChangeEvent,
  Disposable,
  languages,
  type Memento,
  window,
  workspace,
} from "vscode";
import { displayName, extensionId } from "../identifiers.js";
import { isEscapeDetail, withoutEscapeDetails, withoutSquiggles } from "./optimizerDetails.js";

/** Set once the person was asked, in whatever window. */
const askedKey = "neighbors.goplsAsked";

/** Settings of both sides: the whole of `gopls` is one object of the Go extension's. */
const goplsSetting = "gopls";
const severitySetting = `${extensionId}.diagnostics.severity`;

/** Watches until gopls' first word on an escape, and asks then. */
export function watchGopls(memory: Memento): Disposable {
  if (memory.get(askedKey) === true) return new Disposable(() => undefined);
  let watching: Disposable | undefined = languages.onDidChangeDiagnostics((event) => {
    if (watching === undefined || !showsBoth(event)) return;
    watching.dispose();
    watching = undefined;
    void askOnce(memory);
  });
  return new Disposable(() => {
    watching?.dispose();
  });
}

function showsBoth({ uris }: DiagnosticChangeEvent): boolean {
  return uris.some((uri) => languages.getDiagnostics(uri).some((each) => isEscapeDetail(each)));
}

async function askOnce(memory: Memento): Promise<void> {
  // Another window may have asked meanwhile.
  if (memory.get(askedKey) === true) return;
  await memory.update(askedKey, true);
  const ours = l10n.t("Keep {0}", displayName);
  const theirs = l10n.t("Keep gopls");
  const answer = await window.showInformationMessage(
    l10n.t(
      "gopls shows the compiler's escape decisions here as well, so each of them is there twice. Which do you want to keep?",
    ),
    ours,
    theirs,
    l10n.t("Keep Both"),
  );
  if (answer === ours) await change(goplsSetting, withoutEscapeDetails);
  if (answer === theirs) await change(severitySetting, withoutSquiggles);
}

/** For all of the person's folders, where the setting is theirs; a workspace's own value counts before it. */
async function change(name: string, changed: (value: unknown) => Record<string, unknown>): Promise<void> {
  const configuration = workspace.getConfiguration();
  const set = configuration.inspect(name);
  const isOfWorkspace = set?.workspaceValue !== undefined;
  const target = isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update(name, changed(isOfWorkspace ? set.workspaceValue : set?.globalValue), target);
}
