/**
 * A language server's process with its pipes and documents, for every client that the tests and benchmarks are: what
 * each of them notes of the server's messages is its own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  type CodeAction,
  type CodeActionContext,
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import { URI } from "vscode-uri";
import { serverNodeOptions } from "../../server/src/protocol.js";
import { serverOut } from "./paths.js";

/** Our bundled server in a folder (absolute), as the extension starts it. */
export function serverCommand(folder = serverOut): [program: string, ...args: string[]] {
  return [process.execPath, ...serverNodeOptions, path.join(folder, "server.js"), "--stdio"];
}

export class ServerProcess {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  /** With the exit status; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly #versions = new Map<string, number>();
  readonly #waiters = new Set<() => void>();

  protected constructor(
    [program, ...args]: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv,
    cwd?: string,
  ) {
    this.process = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.exited = new Promise((resolve) => this.process.once("exit", resolve));
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error("The server has no pipes.");
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
  }

  /** Shakes hands as the LSP asks (§Initialize Request). `folders` are absolute paths; `params` go before them. */
  protected async initialize(
    folders: readonly string[],
    params: Pick<InitializeParams, "capabilities"> & Partial<InitializeParams>,
  ): Promise<InitializeResult> {
    const workspaceFolders = folders.map((folder) => ({
      uri: URI.file(folder).toString(),
      name: path.basename(folder),
    }));
    const result = await this.connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- A required field of the protocol.
      rootUri: workspaceFolders[0]?.uri ?? null,
      workspaceFolders,
      ...params,
    } satisfies InitializeParams);
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  /** Opens a document as version 1 and returns its URI. */
  async open(file: string, text: string): Promise<string> {
    const uri = URI.file(file).toString();
    this.#versions.set(uri, 1);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "go", version: 1, text },
    });
    return uri;
  }

  /** Returns the document's new version. */
  async change(uri: string, contentChanges: readonly TextDocumentContentChangeEvent[]): Promise<number> {
    const version = (this.version(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
    return version;
  }

  async save(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** The menu at a place. */
  codeActions(
    uri: string,
    position: Position,
    context: CodeActionContext = { diagnostics: [] },
  ): Promise<CodeAction[]> {
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context,
    });
  }

  /** The version that the server was sent last. */
  protected version(uri: string): number | undefined {
    return this.#versions.get(uri);
  }

  /** Ends the server as the LSP asks (§Shutdown Request) and returns its exit status. */
  async shutdown(): Promise<number | null> {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const status = await this.exited;
    this.connection.dispose();
    return status;
  }

  /** Adds a message to its list, and wakes those who wait. */
  protected note<T>(list: T[], value: T): void {
    list.push(value);
    for (const check of this.#waiters) check();
  }

  /** What `find` finds in the notes, now or later; undefined after `limit` milliseconds. Throws when the server ends. */
  protected async until<T>(find: () => T | undefined, limit: number): Promise<T | undefined> {
    const found = find();
    if (found !== undefined) return found;
    const abandoned = new AbortController();
    let check: (() => void) | undefined;
    const arrived = new Promise<T>((resolve) => {
      check = () => {
        const value = find();
        if (value !== undefined) resolve(value);
      };
      this.#waiters.add(check);
    });
    const late = delay(limit, undefined, { signal: abandoned.signal }).catch(() => undefined);
    const ended = this.exited.then((code): never => {
      throw new Error(`The server ended with ${String(code)}.`);
    });
    ended.catch(() => undefined);
    try {
      return await Promise.race([arrived, late, ended]);
    } finally {
      abandoned.abort();
      if (check !== undefined) this.#waiters.delete(check);
    }
  }
}
