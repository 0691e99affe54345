import { type Uri, window } from "vscode";
import type { Asked } from "../../../server/src/protocol.js";
import type { ExplanationDocuments } from "./explanationDocuments.js";

/**
 * Opens the answer to a question about a document, or says why there is none.
 *
 * @param hint What to do where there is nothing to answer at the cursor.
 */
export async function showAnswer(
  asked: Asked | null,
  hint: string,
  documents: Pick<ExplanationDocuments, "show">,
  uri: Uri,
): Promise<void> {
  if (asked === null) await window.showInformationMessage(hint);
  else if ("problem" in asked) await window.showWarningMessage(asked.problem);
  else await documents.show(asked.explanation, uri);
}
