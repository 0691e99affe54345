import * as l10n from "@vscode/l10n";
import { window } from "vscode";
import { type Explanation, explainMethod } from "../../../server/src/protocol.js";
import type { LanguageServer } from "../languageServer.js";
import type { ExplanationDocuments } from "./explanationDocuments.js";

/** Opens what is known of the escape at the cursor; says so where there is none. Rejects as the request does. */
export async function explainAtCursor(
  server: Pick<LanguageServer, "request">,
  documents: Pick<ExplanationDocuments, "show">,
): Promise<void> {
  // A page such as the walkthrough may be in front; what is meant is the code beside it.
  const editor = window.activeTextEditor ?? window.visibleTextEditors[0];
  if (editor?.document.languageId !== "go" || editor.document.uri.scheme !== "file") {
    await window.showInformationMessage(
      l10n.t("Put the cursor on Go code first: what is there is explained."),
    );
    return;
  }
  const { document, selection } = editor;
  const explanation = await server.request<Explanation | null>(explainMethod, {
    textDocument: { uri: document.uri.toString() },
    position: { line: selection.active.line, character: selection.active.character },
  });
  if (explanation !== null) await documents.show(explanation, document.uri);
  else
    await window.showInformationMessage(
      l10n.t("As far as the last analysis knows, nothing on this line goes to the heap."),
    );
}
