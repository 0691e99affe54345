/** The open documents, and the changes that made them what they are. */
import {
  type Connection,
  type Disposable,
  Emitter,
  type Event,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import type { OpenFile } from "./analysis/snapshot.js";
import { readText } from "./analysis/readText.js";
import type { TextChange } from "./analysis/remap.js";

export interface DocumentEdit {
  readonly document: TextDocument;
  readonly changes: readonly TextChange[];
}

export class Documents {
  readonly #edited = new Emitter<DocumentEdit>();
  readonly #documents: TextDocuments<TextDocument>;

  constructor() {
    this.#documents = new TextDocuments({
      create: (uri, languageId, version, content) => TextDocument.create(uri, languageId, version, content),
      update: (document, changes: TextDocumentContentChangeEvent[], version) => {
        const updated = TextDocument.update(document, changes, version);
        this.#edited.fire({ document: updated, changes });
        return updated;
      },
    });
  }

  /** Fires with each edit, its changes in the order in which they apply. */
  get onEdit(): Event<DocumentEdit> {
    return this.#edited.event;
  }

  get onOpen(): Event<{ document: TextDocument }> {
    return this.#documents.onDidOpen;
  }

  get onSave(): Event<{ document: TextDocument }> {
    return this.#documents.onDidSave;
  }

  get onClose(): Event<{ document: TextDocument }> {
    return this.#documents.onDidClose;
  }

  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  /** All open Go files on disk (scheme `file`), with their absolute paths. */
  goFiles(): { path: string; document: TextDocument }[] {
    return this.#documents.all().flatMap((document) => {
      const path = goFilePath(document.uri);
      return path === undefined ? [] : [{ path, document }];
    });
  }

  /** Contents and versions of the open Go files by absolute path. */
  openFiles(): Map<string, OpenFile> {
    return new Map(
      this.goFiles().map(({ path, document }) => [
        path,
        { text: document.getText(), version: document.version },
      ]),
    );
  }

  /** Contents of the open Go files by absolute path. */
  openTexts(): Map<string, string> {
    return new Map(this.goFiles().map(({ path, document }) => [path, document.getText()]));
  }

  /** The text of a file (absolute path): the editor's where it is open, else the disk's. Rejects when there is none. */
  async textOf(file: string): Promise<string> {
    return this.#documents.get(fileUri(file))?.getText() ?? (await readText(file));
  }

  listen(connection: Connection): Disposable {
    return this.#documents.listen(connection);
  }
}

/** Absolute path of a Go file's URI; undefined for other schemes, other files, and what is no URI. */
export function goFilePath(uri: string): string | undefined {
  try {
    const { scheme, path, fsPath } = URI.parse(uri);
    // No file system has names with a null character, and Node throws at once where it meets one.
    return scheme === "file" && path.endsWith(".go") && !path.includes("\0") ? fsPath : undefined;
  } catch {
    return undefined;
  }
}

/** The URI of an absolute path, as editors write it. */
export function fileUri(path: string): string {
  return URI.file(path).toString();
}
