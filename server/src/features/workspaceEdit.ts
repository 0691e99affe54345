/** Edits of the analysis as LSP's workspace edits. */
import type {
  AnnotatedTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Edit } from "../analysis/verify.js";
import { type Documents, fileUri } from "../documents.js";

/** LSP 3.17, WorkspaceEditClientCapabilities. */
export interface WorkspaceEditCapabilities {
  readonly documentChanges: boolean;
  readonly changeAnnotations: boolean;
}

const annotationId = "behaviour";

/**
 * The edit with the versions of open documents, so that the client refuses it on any other text. A sentence about what may
 * change or is not known makes it ask first, where the client can ask.
 */
export function workspaceEdit(
  edit: Edit,
  label: string,
  question: string | null,
  capabilities: WorkspaceEditCapabilities,
  documents: Pick<Documents, "get">,
): WorkspaceEdit {
  if (!capabilities.documentChanges) {
    return {
      changes: Object.fromEntries([...edit].map(([file, edits]) => [fileUri(file), textEdits(edits)])),
    };
  }
  const asks = question !== null && capabilities.changeAnnotations;
  const documentChanges = [...edit].map(([file, edits]): TextDocumentEdit => {
    const uri = fileUri(file);
    return {
      textDocument: { uri, version: documents.get(uri)?.version ?? null },
      edits: asks ? textEdits(edits).map(annotated) : textEdits(edits),
    };
  });
  if (!asks) return { documentChanges };
  return {
    documentChanges,
    changeAnnotations: { [annotationId]: { label, needsConfirmation: true, description: question } },
  };
}

function textEdits(
  edits: readonly { readonly range: TextEdit["range"]; readonly newText: string }[],
): TextEdit[] {
  return edits.map(({ range, newText }) => ({ range, newText }));
}

function annotated(edit: TextEdit): AnnotatedTextEdit {
  return { ...edit, annotationId };
}
