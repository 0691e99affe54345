import * as l10n from "@vscode/l10n";
import { ProgressLocation, window } from "vscode";
import { type Asked, askMethod } from "../../../server/src/protocol.js";
import type { LanguageServer } from "../languageServer.js";
import type { ExplanationDocuments } from "./explanationDocuments.js";
import { goEditor } from "./goEditor.js";
import { showAnswer } from "./showAnswer.js";

/** Opens what is known of the variable or expression at the cursor, or selected. Rejects as the request does. */
export async function ask(
  server: Pick<LanguageServer, "request">,
  documents: Pick<ExplanationDocuments, "show">,
): Promise<void> {
  const editor = await goEditor();
  if (editor === undefined) return;
  const { document, selection } = editor;
  const asked = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t("Asking the compiler") },
    () =>
      server.request<Asked | null>(askMethod, {
        textDocument: { uri: document.uri.toString() },
        range: { start: selection.start, end: selection.end },
      }),
  );
  const hint = l10n.t("Put the cursor on a variable, or select an expression.");
  await showAnswer(asked, hint, documents, document.uri);
}
