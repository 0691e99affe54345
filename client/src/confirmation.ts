/**
 * Asks before a fix that may change behavior. VS Code's own way for such edits, the refactor preview, begins with nothing
 * ticked and shows the reason in a tooltip only: who presses Apply there gets nothing.
 */
import * as l10n from "@vscode/l10n";
import {
  CodeAction,
  commands,
  type Disposable,
  ProgressLocation,
  window,
  workspace,
  WorkspaceEdit,
} from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import type { CodeActionData } from "../../server/src/protocol.js";
import { applyConfirmedCommand } from "./identifiers.js";

export interface Question {
  readonly edit: WorkspaceEdit;
  readonly behavior: string;
  /** What the edit does, with its effect where that is known. */
  readonly title: string;
}

/** A question, and the versions of the documents that its edit was made for, by URI. */
interface Proposed extends Question {
  readonly versions: ReadonlyMap<string, number>;
}

/** An action that came without its edit, since nobody has checked it yet. */
export interface Unchecked {
  readonly title: string;
  readonly data: CodeActionData;
}

/** Has the server check an action and make its edit; undefined where it does not hold, which the person was told. */
export type Check = (action: Unchecked) => Promise<Question | undefined>;

/** What the command of an action is given: the question, or the way to it. */
type Ask = () => Promise<Proposed | undefined>;

type ConfirmationMiddleware = Required<Pick<Middleware, "provideCodeActions" | "resolveCodeAction">>;

/** Middleware of the language client: actions that may change behavior get a question in place of their edit. */
export function confirmationMiddleware(check: Check): ConfirmationMiddleware {
  return {
    provideCodeActions: async (document, range, context, token, next) => {
      const actions = await next(document, range, context, token);
      for (const action of actions ?? []) if (action instanceof CodeAction) putQuestion(action, check);
      return actions;
    },
    // An action with a question is whole, and would not come back whole from the server.
    resolveCodeAction: async (item, token, next) =>
      item.command?.command === applyConfirmedCommand ? item : await next(item, token),
  };
}

/** Registers the command that such an action runs. */
export function registerConfirmation(): Disposable {
  return commands.registerCommand(applyConfirmedCommand, async (ask: Ask) => {
    const proposed = await ask();
    if (proposed !== undefined) await confirmAndApply(proposed);
  });
}

function putQuestion(action: CodeAction, check: Check): void {
  const { edit, title } = action;
  const data = dataOf(action);
  const behavior = data?.behaviour ?? null;
  if (data === undefined || behavior === null) return;
  const ask = edit === undefined ? askChecked({ title, data }, check) : askAtOnce({ edit, behavior, title });
  delete action.edit;
  // VS Code's own sign for entries that ask for more.
  action.title = `${title}…`;
  action.command = { command: applyConfirmedCommand, title, arguments: [ask] };
}

/** The library keeps the server's data (LSP 3.17, CodeAction.data), which VS Code's type does not name. */
function dataOf(action: CodeAction): CodeActionData | undefined {
  return (action as { readonly data?: CodeActionData }).data;
}

function askAtOnce(question: Question): Ask {
  const proposed = withVersions(question);
  return () => Promise.resolve(proposed);
}

/** A fix that does not hold is not worth a question: it is checked first. */
function askChecked(action: Unchecked, check: Check): Ask {
  const options = { location: ProgressLocation.Window, title: l10n.t("Checking the fix") };
  return async () => {
    const question = await window.withProgress(options, () => check(action));
    return question === undefined ? undefined : withVersions(question);
  };
}

function withVersions({ edit, behavior, title }: Question): Proposed {
  const plain = withoutAnnotations(edit);
  return { edit: plain, behavior, title, versions: versionsOf(plain) };
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
