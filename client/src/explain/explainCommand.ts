import * as l10n from "@vscode/l10n";
import { commands, window } from "vscode";
import { type Explanation, explainMethod } from "../../../server/src/protocol.js";
import { commandIds } from "../identifiers.js";
import type { LanguageServer } from "../languageServer.js";
import type { ExplanationDocuments } from "./explanationDocuments.js";
import { goEditor } from "./goEditor.js";

/** Opens what is known of the escape at the cursor; says so where there is none. Rejects as the request does. */
export async function explainAtCursor(
  server: Pick<LanguageServer, "request">,
  documents: Pick<ExplanationDocuments, "show">,
): Promise<void> {
  const editor = await goEditor();
  if (editor === undefined) return;
  const { document, selection } = editor;
  const explanation = await server.request<Explanation | null>(explainMethod, {
    textDocument: { uri: document.uri.toString() },
    position: { line: selection.active.line, character: selection.active.character },
  });
  if (explanation !== null) await documents.show(explanation, document.uri);
  else {
    const instead = l10n.t("Ask About It");
    const answer = await window.showInformationMessage(
      l10n.t("As far as the last analysis knows, nothing on this line goes to the heap."),
      instead,
    );
    if (answer === instead) await commands.executeCommand(commandIds.ask);
  }
}
