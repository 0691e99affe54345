import type { InitializeParams, WorkspaceFoldersChangeEvent } from "vscode-languageserver/node";
import { URI } from "vscode-uri";

/** The folders that are open in the editor, as absolute paths. */
export class WorkspaceFolders {
  readonly #uris: Set<string>;

  /** Takes the folders of `initialize`; older clients give a single root (LSP 3.17, rootUri). */
  constructor(params: InitializeParams) {
    const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- The only place where clients without folders name theirs.
    const root = params.rootUri;
    this.#uris = new Set(folders.length > 0 || root === null ? folders : [root]);
  }

  change(event: WorkspaceFoldersChangeEvent): void {
    for (const folder of event.removed) this.#uris.delete(folder.uri);
    for (const folder of event.added) this.#uris.add(folder.uri);
  }

  paths(): string[] {
    return [...this.#uris]
      .map((uri) => URI.parse(uri))
      .flatMap((uri) => (uri.scheme === "file" ? [uri.fsPath] : []));
  }
}
