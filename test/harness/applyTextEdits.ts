import type { TextDocumentEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";

/** The text with the edits of a change that the server sent; it is unchanged by none. */
export function applyTextEdits(text: string, change: TextDocumentEdit): string {
  const { textDocument, edits } = change;
  const document = TextDocument.create(textDocument.uri, "go", 1, text);
  return TextDocument.applyEdits(
    document,
    edits.flatMap((edit) => ("newText" in edit ? [edit] : [])),
  );
}
