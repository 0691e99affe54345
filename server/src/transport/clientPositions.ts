/**
 * Between a client that counts positions in UTF-8 or UTF-32 and the server, which knows UTF-16 only. For a client that
 * counts in UTF-16 messages pass as they are.
 */
import { readFileSync } from "node:fs";
import type { InitializeParams, Message } from "vscode-languageserver/node";
import {
  type DidChangeTextDocumentParams,
  type DidOpenTextDocumentParams,
  Message as Messages,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { choosePositionEncoding } from "../capabilities.js";
import type { Documents } from "../documents.js";
import { type Position, type PositionEncoding, SourceText } from "../syntax/sourceText.js";
import { type ConvertPosition, convertPositions, documentOf } from "./convertPositions.js";

export class ClientPositions {
  /** What the server has taken in: messages that the client sent since are still waiting. */
  readonly #documents: Pick<Documents, "get">;
  /** What the client has, by URI: its next message counts in it. */
  readonly #clientDocuments = new Map<string, TextDocument>();
  /** The documents of the client's requests that are not answered yet, by id. */
  readonly #requests = new Map<string | number, string>();
  #encoding: PositionEncoding = "utf-16";

  constructor(documents: Pick<Documents, "get">) {
    this.#documents = documents;
  }

  /** A message of the client as the server is to see it. */
  received(message: Message): Message {
    if (Messages.isRequest(message) && message.method === "initialize")
      this.#encoding = choosePositionEncoding((message.params as InitializeParams).capabilities);
    if (this.#encoding === "utf-16") return message;
    if (Messages.isRequest(message)) return this.#request(message);
    if (!Messages.isNotification(message)) return message;
    return withParams(message, this.#notification(message.method, message.params));
  }

  /** A message of the server as the client is to see it. */
  sent(message: Message): Message {
    if (this.#encoding === "utf-16") return message;
    const convert = this.#converter("encodePosition", (uri) => this.#serverText(uri));
    if (!Messages.isResponse(message)) {
      const { params } = message as { params?: unknown };
      return withParams(message, convertPositions(params, undefined, convert));
    }
    const uri = message.id === null ? undefined : this.#requests.get(message.id);
    if (message.id !== null) this.#requests.delete(message.id);
    if (message.result === undefined) return message;
    const result = convertPositions(message.result, uri, convert);
    return { ...message, result } as Message;
  }

  #request(message: Message & { id: string | number | null; params?: unknown }): Message {
    const uri = documentOf(message.params);
    if (uri !== undefined && message.id !== null) this.#requests.set(message.id, uri);
    return withParams(message, convertPositions(message.params, uri, this.#decoder()));
  }

  #notification(method: string, params: unknown): unknown {
    switch (method) {
      case "textDocument/didOpen": {
        const { uri, languageId, version, text } = (params as DidOpenTextDocumentParams).textDocument;
        this.#clientDocuments.set(uri, TextDocument.create(uri, languageId, version, text));
        return params;
      }
      case "textDocument/didChange":
        return this.#change(params as DidChangeTextDocumentParams);
      case "textDocument/didClose":
        this.#clientDocuments.delete(documentOf(params) ?? "");
        return params;
      default:
        return convertPositions(params, documentOf(params), this.#decoder());
    }
  }

  /** Each change counts in the text that those before it have made (LSP 3.17, didChange). */
  #change(params: DidChangeTextDocumentParams): unknown {
    const { uri, version } = params.textDocument;
    const contentChanges = params.contentChanges.map((change) => {
      // The deprecated length of the range would have to be counted anew, and nobody needs it.
      const { text } = change;
      const range = "range" in change ? convertPositions(change.range, uri, this.#decoder()) : undefined;
      const decoded = (range === undefined ? { text } : { range, text }) as typeof change;
      const document = this.#clientDocuments.get(uri);
      if (document !== undefined) TextDocument.update(document, [decoded], version);
      return decoded;
    });
    return { ...params, contentChanges };
  }

  #decoder(): ConvertPosition {
    return this.#converter("decodePosition", (uri) => this.#clientDocuments.get(uri)?.getText());
  }

  #converter(
    method: "encodePosition" | "decodePosition",
    openText: (uri: string) => string | undefined,
  ): ConvertPosition {
    const texts = new Map<string, SourceText | undefined>();
    return (uri, position: Position) => {
      if (!texts.has(uri)) texts.set(uri, sourceText(openText(uri) ?? textOnDisk(uri)));
      return texts.get(uri)?.[method](position, this.#encoding) ?? position;
    };
  }

  #serverText(uri: string): string | undefined {
    return this.#documents.get(uri)?.getText();
  }
}

function withParams(message: Message, params: unknown): Message {
  return params === undefined ? message : ({ ...message, params } as Message);
}

function sourceText(text: string | undefined): SourceText | undefined {
  return text === undefined ? undefined : new SourceText(text);
}

/** The text of a document that is not open, such as the one a flow leads to; undefined where it cannot be read. */
function textOnDisk(uri: string): string | undefined {
  const { scheme, fsPath } = URI.parse(uri);
  if (scheme !== "file") return undefined;
  try {
    return readFileSync(fsPath, "utf8");
  } catch {
    return undefined;
  }
}
