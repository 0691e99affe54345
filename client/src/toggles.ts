/** Commands that turn a setting over, where it is set already, else for the person. */
import * as l10n from "@vscode/l10n";
import { ConfigurationTarget, window, workspace, type WorkspaceConfiguration } from "vscode";
import { commandIds, extensionId } from "./identifiers.js";

/** Milliseconds for which the status bar says what is on now. */
const noticeTime = 4000;

/** The commands by id. */
export const toggleCommands = {
  [commandIds.toggleLiveAnalysis]: () =>
    toggle("analysis.run", (run) => (run === "onType" ? "onSave" : "onType"), {
      onType: () => l10n.t("Heap allocations are looked for while you type"),
      onSave: () => l10n.t("Heap allocations are looked for when you save"),
    }),
  [commandIds.toggleInlayHints]: () =>
    toggle("inlayHints.enabled", (on) => on !== true, {
      true: () => l10n.t("Hints behind heap allocations are on"),
      false: () => l10n.t("Hints behind heap allocations are off"),
    }),
  [commandIds.toggleNotAllocating]: () =>
    toggle("diagnostics.showNotAllocating", (on) => on !== true, {
      true: () => l10n.t("What escapes without allocating is shown"),
      false: () => l10n.t("What escapes without allocating is not shown"),
    }),
};

/** `next` gives the value behind a value; `words` says by value what holds then. */
async function toggle(
  key: string,
  next: (value: unknown) => string | boolean,
  words: Readonly<Record<string, () => string>>,
): Promise<void> {
  const configuration = workspace.getConfiguration(
    extensionId,
    window.activeTextEditor?.document.uri ?? null,
  );
  const value = next(configuration.get(key));
  await configuration.update(key, value, targetOf(configuration, key));
  const notice = words[String(value)]?.();
  if (notice !== undefined) window.setStatusBarMessage(notice, noticeTime);
}

/** A value that a narrower scope overrides would change nothing. */
function targetOf(configuration: WorkspaceConfiguration, key: string): ConfigurationTarget {
  const set = configuration.inspect(key);
  if (set?.workspaceFolderValue !== undefined) return ConfigurationTarget.WorkspaceFolder;
  if (set?.workspaceValue !== undefined) return ConfigurationTarget.Workspace;
  return ConfigurationTarget.Global;
}
