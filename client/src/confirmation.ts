/**
 * Asks before a fix that may change behavior. VS Code's own way for such edits, the refactor preview, begins with nothing
 * ticked and shows the reason in a tooltip only: who presses Apply there gets nothing.
 */
import * as l10n from "@vscode/l10n";
import { CodeAction, commands, type Disposable, window, workspace, WorkspaceEdit } from "vscode";
import type { Middleware, ProvideCodeActionsSignature } from "vscode-languageclient/node";
import type { CodeActionData } from "../../server/src/protocol.js";
import { applyConfirmedCommand } from "./identifiers.js";

type ResolveCodeActionMiddleware = NonNullable<Middleware["resolveCodeAction"]>;

interface Proposed {
  readonly edit: WorkspaceEdit;
  readonly behavior: string;
  /** What the action does, as its title says. */
  readonly title: string;
  /** Versions of the documents that the edit was made for, by URI. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Middleware of the language client: actions that may change behavior get a question in place of their edit. */
export async function askFirst(
  document: Parameters<ProvideCodeActionsSignature>[0],
  range: Parameters<ProvideCodeActionsSignature>[1],
  context: Parameters<ProvideCodeActionsSignature>[2],
  token: Parameters<ProvideCodeActionsSignature>[3],
  next: ProvideCodeActionsSignature,
): Promise<Awaited<ReturnType<ProvideCodeActionsSignature>>> {
  const actions = await next(document, range, context, token);
  for (const action of actions ?? []) if (action instanceof CodeAction) putQuestion(action);
  return actions;
}

/** Middleware of the language client: an action with a question is whole, and would not come back whole from the server. */
export const keepQuestion: ResolveCodeActionMiddleware = async (item, token, next) =>
  item.command?.command === applyConfirmedCommand ? item : await next(item, token);

/** Registers the command that such an action runs. */
export function registerConfirmation(): Disposable {
  return commands.registerCommand(applyConfirmedCommand, (proposed: Proposed) => confirmAndApply(proposed));
}

function putQuestion(action: CodeAction): void {
  const { edit, title } = action;
  const behavior = behaviorOf(action);
  if (edit === undefined || behavior === null) return;
  const plain = withoutAnnotations(edit);
  const proposed: Proposed = { edit: plain, behavior, title, versions: versionsOf(plain) };
  delete action.edit;
  // VS Code's own sign for entries that ask for more.
  action.title = `${title}…`;
  action.command = { command: applyConfirmedCommand, title, arguments: [proposed] };
}

/** The library keeps the server's data (LSP 3.17, CodeAction.data), which VS Code's type does not name. */
function behaviorOf(action: CodeAction): string | null {
  const { data } = action as { readonly data?: Partial<CodeActionData> };
  return data?.behaviour ?? null;
}

function withoutAnnotations(edit: WorkspaceEdit): WorkspaceEdit {
  const plain = new WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) plain.set(uri, edits);
  return plain;
}

function versionsOf(edit: WorkspaceEdit): ReadonlyMap<string, number> {
  const edited = new Set(edit.entries().map(([uri]) => uri.toString()));
  const open = workspace.textDocuments.filter(({ uri }) => edited.has(uri.toString()));
  return new Map(open.map(({ uri, version }) => [uri.toString(), version]));
}

async function confirmAndApply({ edit, behavior, title, versions }: Proposed): Promise<void> {
  const apply = l10n.t("Apply");
  const answer = await window.showWarningMessage(behavior, { modal: true, detail: title }, apply);
  if (answer !== apply) return;
  const changed = workspace.textDocuments.some(
    ({ uri, version }) => (versions.get(uri.toString()) ?? version) !== version,
  );
  if (changed) {
    await window.showInformationMessage(l10n.t("The file has changed since. Open the menu once more."));
    return;
  }
  await workspace.applyEdit(edit);
}
