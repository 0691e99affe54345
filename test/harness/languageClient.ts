/** A language client for tests: the real bundled server over stdio, every notification kept and awaited. */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import { URI } from "vscode-uri";
import { type StatusParams, statusMethod } from "../../server/src/protocol.js";
import { serverOut } from "./paths.js";

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly trusted?: boolean;
  readonly diagnosticsInHover?: boolean;
  /** Sections of `workspace/configuration`: `goEscapeLens`, `go`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly capabilities?: InitializeParams["capabilities"];
}

/** Never the user's own: what a test kept would be found by the next one, and by the person. */
const testCache = path.join(tmpdir(), `escape-lens-test-cache-${process.pid}`);
process.on("exit", () => {
  rmSync(testCache, { recursive: true, force: true });
});

interface Waiter {
  check(): boolean;
}

export class TestClient {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly statuses: StatusParams[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly shown: string[] = [];
  initializeResult: InitializeResult | undefined;
  settings: Record<string, unknown>;
  readonly #texts = new Map<string, { text: string; version: number }>();
  readonly #waiters = new Set<Waiter>();
  readonly #exited: Promise<number | null>;

  private constructor(options: ClientOptions) {
    this.settings = { ...options.settings };
    this.process = spawn(process.execPath, [path.join(serverOut, "server.js"), "--stdio"], {
      env: { ...process.env, GO_ESCAPE_LENS_CACHE: testCache, ...options.env },
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

  static async start(options: ClientOptions): Promise<TestClient> {
    const client = new TestClient(options);
    const folders = options.folders.map((folder) => ({
      uri: URI.file(folder).toString(),
      name: path.basename(folder),
    }));
    const params: InitializeParams = {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- A required field of the protocol.
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: options.capabilities ?? {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          publishDiagnostics: {
            relatedInformation: true,
            versionSupport: true,
            codeDescriptionSupport: true,
            dataSupport: true,
          },
          hover: { contentFormat: ["markdown", "plaintext"] },
        },
      },
      initializationOptions: {
        trusted: options.trusted ?? true,
        diagnosticsInHover: options.diagnosticsInHover ?? false,
      },
    };
    client.initializeResult = await client.connection.sendRequest<InitializeResult>("initialize", params);
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  async open(file: string, text: string): Promise<string> {
    const uri = URI.file(file).toString();
    this.#texts.set(uri, { text, version: 1 });
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "go", version: 1, text },
    });
    return uri;
  }

  async change(uri: string, changes: TextDocumentContentChangeEvent[]): Promise<number> {
    const version = (this.#texts.get(uri)?.version ?? 0) + 1;
    this.#texts.set(uri, { text: "", version });
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: changes,
    });
    return version;
  }

  async save(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** The newest diagnostics published for the document. */
  diagnostics(uri: string): PublishDiagnosticsParams["diagnostics"] {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics ?? [];
  }

  /** Resolves with the first status (from `after` on) that fits; rejects with what was seen when none comes in time. */
  async status(fits: (status: StatusParams) => boolean, after = 0): Promise<StatusParams> {
    return this.#until(
      () => this.statuses.slice(after).find(fits),
      () => JSON.stringify({ statuses: this.statuses, logged: this.logged.slice(-20) }, null, 1),
    );
  }

  /** Resolves when the document's analysis is over; `after` counts the statuses to leave out. */
  async idle(uri: string, after = 0): Promise<StatusParams> {
    return this.status((status) => status.uri === uri && status.phase === "idle", after);
  }

  async shutdown(): Promise<number | null> {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    return this.#exited;
  }

  /** Ends the server at once; for clean-up after each test. */
  async dispose(): Promise<void> {
    this.connection.dispose();
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill("SIGKILL");
    await this.#exited;
  }

  get exited(): Promise<number | null> {
    return this.#exited;
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.#note(this.published, params);
    });
    connection.onNotification(statusMethod, (params: StatusParams) => {
      this.#note(this.statuses, params);
    });
    connection.onNotification("window/logMessage", (params: { message: string }) => {
      this.#note(this.logged, params.message);
    });
    connection.onNotification("window/showMessage", (params: { message: string }) => {
      this.#note(this.shown, params.message);
    });
    connection.onRequest("workspace/configuration", (params: { items: { section?: string }[] }) =>
      params.items.map((item) => this.settings[item.section ?? ""] ?? null),
    );
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.listen();
  }

  #note<T>(list: T[], value: T): void {
    list.push(value);
    for (const waiter of this.#waiters) if (waiter.check()) this.#waiters.delete(waiter);
  }

  async #until<T>(find: () => T | undefined, describe: () => string): Promise<T> {
    const found = find();
    if (found !== undefined) return found;
    const abandoned = new AbortController();
    const arrived = new Promise<T>((resolve) => {
      this.#waiters.add({
        check: () => {
          const value = find();
          if (value !== undefined) resolve(value);
          return value !== undefined;
        },
      });
    });
    // A limit, not a wait: it only turns a hang into a readable failure.
    const late = delay(60_000, undefined, { signal: abandoned.signal }).then(() => {
      throw new Error(`Nothing that fits came within a minute: ${describe()}`);
    });
    late.catch(() => undefined);
    try {
      return await Promise.race([arrived, late, this.#failed()]);
    } finally {
      abandoned.abort();
    }
  }

  async #failed(): Promise<never> {
    const code = await this.#exited;
    throw new Error(`The server ended with ${String(code)}.`);
  }
}
