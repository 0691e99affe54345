/** What the client can do with code actions. */
import type { ClientCapabilities } from "vscode-languageserver/node";
import type { WorkspaceEditCapabilities } from "./workspaceEdit.js";

/** LSP 3.17, CodeActionClientCapabilities, and what belongs to it; everything absent is missing. */
export interface CodeActionCapabilities extends WorkspaceEditCapabilities {
  /** Whether it takes code actions at all, and not only commands. */
  readonly literals: boolean;
  readonly isPreferred: boolean;
  readonly disabled: boolean;
  readonly data: boolean;
  /** Whether it asks for the edit of the entry that the person chose (codeAction/resolve). */
  readonly resolvesEdit: boolean;
  /** Whether it takes edits that a command makes (workspace/applyEdit). */
  readonly applyEdit: boolean;
}

export function readCodeActionCapabilities(client: ClientCapabilities): CodeActionCapabilities {
  const codeAction = client.textDocument?.codeAction;
  const edit = client.workspace?.workspaceEdit;
  const data = codeAction?.dataSupport === true;
  return {
    literals: codeAction?.codeActionLiteralSupport !== undefined,
    isPreferred: codeAction?.isPreferredSupport === true,
    disabled: codeAction?.disabledSupport === true,
    data,
    // Without its data, an entry comes back as nothing but words.
    resolvesEdit: data && codeAction.resolveSupport?.properties.includes("edit") === true,
    applyEdit: client.workspace?.applyEdit === true,
    documentChanges: edit?.documentChanges === true,
    changeAnnotations: edit?.changeAnnotationSupport !== undefined,
  };
}
