import * as l10n from "@vscode/l10n";
import { type TextEditor, window } from "vscode";

/** The editor that a question is about; says what to do where there is none. */
export async function goEditor(): Promise<TextEditor | undefined> {
  // A page such as the walkthrough may be in front; what is meant is the code beside it.
  const editor = window.activeTextEditor ?? window.visibleTextEditors[0];
  if (editor?.document.languageId === "go" && editor.document.uri.scheme === "file") return editor;
  await window.showInformationMessage(l10n.t("Put the cursor on Go code first: what is there is explained."));
  return undefined;
}
