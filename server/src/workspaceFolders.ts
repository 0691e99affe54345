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
    for (const { uri } of event.added as readonly { readonly uri: unknown }[])
      if (typeof uri === "string") this.#uris.add(uri);
  }

  /** Those on disk. What is no URI is no folder, and no reason to forget the others. */
  paths(): string[] {
    return [...this.#uris].flatMap((uri) => {
      try {
        // Strictly: without a scheme anything would be a folder, and the root of the disk the likeliest.
        const { scheme, fsPath } = URI.parse(uri, true);
        return scheme === "file" ? [fsPath] : [];
      } catch {
        return [];
      }
    });
  }
}
