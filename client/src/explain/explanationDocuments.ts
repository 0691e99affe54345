/** Explanations as read-only documents, with links to the places that they name. */
import {
  Disposable,
  DocumentLink,
  type DocumentLinkProvider,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { Explanation, ExplanationLink } from "../../../server/src/protocol.js";
import { explanationScheme } from "../identifiers.js";

export class ExplanationDocuments implements TextDocumentContentProvider, DocumentLinkProvider, Disposable {
  readonly #byUri = new Map<string, Explanation>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable;

  constructor() {
    this.#subscriptions = Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(explanationScheme, this),
      languages.registerDocumentLinkProvider({ scheme: explanationScheme }, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#byUri.delete(uri.toString())),
    );
  }

  readonly onDidChange = this.#changed.event;

  /** Shows an explanation beside the code; `source` is the document that it is about. */
  async show(explanation: Explanation, source: Uri): Promise<void> {
    // The ending decides about the language (package.json, contributes.languages); the query tells equal names apart.
    const uri = Uri.from({
      scheme: explanationScheme,
      path: `/${explanation.title}.goescape`,
      query: source.toString(),
    });
    this.#byUri.set(uri.toString(), explanation);
    this.#changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#byUri.get(uri.toString())?.text ?? "";
  }

  provideDocumentLinks(document: TextDocument): DocumentLink[] {
    const links = this.#byUri.get(document.uri.toString())?.links ?? [];
    return links.map(
      (link) => new DocumentLink(new Range(link.line, link.start, link.line, link.end), targetOf(link)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** VS Code opens `file:///…#L9,2` at that line and character, both from 1. */
function targetOf({ uri, position }: ExplanationLink): Uri {
  const target = Uri.parse(uri);
  return position === null
    ? target
    : target.with({ fragment: `L${position.line + 1},${position.character + 1}` });
}
