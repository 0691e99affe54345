/**
 * An editor in miniature for any language server: it opens, edits and saves documents, and notes when each notification
 * came. Unlike the tests' client it can drive gopls too, and what does not come in time is a figure, no failure.
 */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  createProtocolConnection,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import { URI } from "vscode-uri";
import { type StatusParams, statusMethod } from "../../../server/src/protocol.js";
import { serverOut } from "../../harness/paths.js";
import { count, option } from "./options.js";

/** What came from the server, and when (`performance.now()`). */
export interface Arrival<T> {
  readonly at: number;
  readonly params: T;
}

export interface ClientOptions {
  readonly command: readonly [program: string, ...args: string[]];
  readonly folders: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly initializationOptions?: unknown;
  /** Sections of `workspace/configuration`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Milliseconds after which something counts as not coming at all (`--patience=N`). */
export const patience = count("patience", 60_000);

const capabilities: InitializeParams["capabilities"] = {
  workspace: { configuration: true, workspaceFolders: true },
  window: { workDoneProgress: true },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
      isPreferredSupport: true,
      dataSupport: true,
    },
  },
};

export class EditorClient {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly published: Arrival<PublishDiagnosticsParams>[] = [];
  readonly statuses: Arrival<StatusParams>[] = [];
  readonly messages: string[] = [];
  readonly #settings: Readonly<Record<string, unknown>>;
  readonly #versions = new Map<string, number>();
  readonly #waiters = new Set<() => void>();
  readonly #exited: Promise<number | null>;

  private constructor({ command: [program, ...args], env, settings }: ClientOptions) {
    this.#settings = settings ?? {};
    this.process = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#exited = new Promise((resolve) => this.process.once("exit", resolve));
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error("The server has no pipes.");
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.#listen();
  }

  /** Starts a server and shakes hands. */
  static async start(options: ClientOptions): Promise<EditorClient> {
    const client = new EditorClient(options);
    const folders = options.folders.map((folder) => ({
      uri: URI.file(folder).toString(),
      name: path.basename(folder),
    }));
    const params: InitializeParams = {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- A required field of the protocol.
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities,
      initializationOptions: options.initializationOptions,
    };
    await client.connection.sendRequest("initialize", params);
    await client.connection.sendNotification("initialized", {});
    return client;
  }

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
    const version = (this.#versions.get(uri) ?? 0) + 1;
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

  /** The first publication from `after` on that fits; undefined when none comes within `limit` milliseconds. */
  async publication(
    fits: (params: PublishDiagnosticsParams) => boolean,
    after = 0,
    limit = patience,
  ): Promise<Arrival<PublishDiagnosticsParams> | undefined> {
    return this.#until(() => this.published.slice(after).find(({ params }) => fits(params)), limit);
  }

  /** The first status from `after` on that fits; undefined when none comes within `limit` milliseconds. */
  async status(
    fits: (params: StatusParams) => boolean,
    after = 0,
    limit = patience,
  ): Promise<Arrival<StatusParams> | undefined> {
    return this.#until(() => this.statuses.slice(after).find(({ params }) => fits(params)), limit);
  }

  /** The analysis of the document's present version is over. */
  async idle(uri: string, after = 0, limit = patience): Promise<Arrival<StatusParams> | undefined> {
    const version = this.#versions.get(uri);
    const isOver = (status: StatusParams) =>
      status.uri === uri && status.version === version && status.phase === "idle";
    return this.status(isOver, after, limit);
  }

  /** What is published for the document now. */
  diagnostics(uri: string): PublishDiagnosticsParams["diagnostics"] {
    return this.published.findLast(({ params }) => params.uri === uri)?.params.diagnostics ?? [];
  }

  async shutdown(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await this.#exited;
    this.connection.dispose();
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.#note(this.published, { at: performance.now(), params });
    });
    connection.onNotification(statusMethod, (params: StatusParams) => {
      this.#note(this.statuses, { at: performance.now(), params });
    });
    for (const method of ["window/logMessage", "window/showMessage"]) {
      connection.onNotification(method, ({ message }: { message: string }) => {
        this.#note(this.messages, message);
      });
    }
    connection.onRequest("workspace/configuration", (params: { items: { section?: string }[] }) =>
      params.items.map(({ section }) => this.#settings[section ?? ""] ?? null),
    );
    for (const method of ["client/registerCapability", "window/workDoneProgress/create"]) {
      connection.onRequest(method, () => null);
    }
    connection.onRequest("workspace/diagnostic/refresh", () => null);
    connection.listen();
  }

  #note<T>(list: T[], value: T): void {
    list.push(value);
    for (const check of this.#waiters) check();
  }

  async #until<T>(find: () => T | undefined, limit: number): Promise<T | undefined> {
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
    const ended = this.#exited.then((code): never => {
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

/** Our bundled server (`--server=DIR`, else the checkout's `server/out`) with its default settings. */
export async function startServer(
  folders: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly settings?: unknown } = {},
): Promise<EditorClient> {
  const file = path.join(path.resolve(option("server") ?? serverOut), "server.js");
  return EditorClient.start({
    command: [process.execPath, file, "--stdio"],
    folders,
    initializationOptions: { trusted: true },
    settings: { goEscapeLens: options.settings ?? null },
    ...(options.env !== undefined && { env: options.env }),
  });
}
