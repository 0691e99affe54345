/**
 * A language client for tests: the real bundled server over stdio, every notification kept and awaited. Whoever writes
 * into its folders or goes to the network fails the test that disposes of it.
 */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type {
  Diagnostic,
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import { type StatusParams, statusMethod } from "../../server/src/protocol.js";
import { assertOffline, recordedNetwork } from "./network.js";
import { serverCommand, ServerProcess } from "./serverProcess.js";
import { FolderGuard } from "./untouched.js";

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly trusted?: boolean;
  readonly diagnosticsInHover?: boolean;
  /** Sections of `workspace/configuration`: `goEscapeLens`, `go`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly capabilities?: InitializeParams["capabilities"];
  /** Goes before all that is sent otherwise. */
  readonly initialize?: Partial<InitializeParams>;
  /** What starts the server, in the place of the built one; and the folder to start it in. */
  readonly command?: readonly [string, ...string[]];
  readonly cwd?: string;
}

/** Never the user's own: what a test kept would be found by the next one, and by the person. */
const testCache = path.join(tmpdir(), `escape-lens-test-cache-${process.pid}`);
process.on("exit", () => {
  rmSync(testCache, { recursive: true, force: true });
});

export class TestClient extends ServerProcess {
  readonly statuses: StatusParams[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly shown: string[] = [];
  /** Methods of the requests that the server has sent. */
  readonly asked: string[] = [];
  initializeResult: InitializeResult | undefined;
  settings: Record<string, unknown>;
  readonly #guard: FolderGuard;

  private constructor(options: ClientOptions) {
    const env = { ...recordedNetwork, [cacheVariable]: testCache, ...options.env };
    super(options.command ?? serverCommand(), env, options.cwd);
    this.settings = { ...options.settings };
    this.#guard = new FolderGuard(options.folders);
    this.#listen();
  }

  static async start(options: ClientOptions): Promise<TestClient> {
    const client = new TestClient(options);
    client.initializeResult = await client.initialize(options.folders, {
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
        showsStatus: true,
      },
      ...options.initialize,
    });
    return client;
  }

  /** The newest diagnostics published for the document. */
  diagnostics(uri: string): PublishDiagnosticsParams["diagnostics"] {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics ?? [];
  }

  /** Resolves with the first status (from `after` on) that fits; rejects with what was seen when none comes in time. */
  async status(fits: (status: StatusParams) => boolean, after = 0): Promise<StatusParams> {
    // A limit, not a wait: it only turns a hang into a readable failure.
    const status = await this.until(() => this.statuses.slice(after).find(fits), 60_000);
    if (status !== undefined) return status;
    const seen = JSON.stringify({ statuses: this.statuses, logged: this.logged.slice(-20) }, null, 1);
    throw new Error(`Nothing that fits came within a minute: ${seen}`);
  }

  /** Resolves when the document's analysis is over; `after` counts the statuses to leave out. */
  async idle(uri: string, after = 0): Promise<StatusParams> {
    return this.status((status) => status.uri === uri && status.phase === "idle", after);
  }

  /** Resolves when the newest diagnostics of the document fit; rejects with them when that takes a minute. */
  async diagnosed(uri: string, fits: (diagnostics: readonly Diagnostic[]) => boolean): Promise<void> {
    const found = await this.until(() => (fits(this.diagnostics(uri)) ? true : undefined), 60_000);
    if (found === undefined) throw new Error(JSON.stringify(this.diagnostics(uri), null, 1));
  }

  /** Ends the server at once; for clean-up after each test. */
  async dispose(): Promise<void> {
    this.connection.dispose();
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill("SIGKILL");
    await this.exited;
    this.#assertHarmless();
  }

  override async shutdown(): Promise<number | null> {
    const status = await super.shutdown();
    this.#assertHarmless();
    return status;
  }

  #assertHarmless(): void {
    this.#guard.release();
    assertOffline();
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.note(this.published, params);
    });
    connection.onNotification(statusMethod, (params: StatusParams) => {
      this.note(this.statuses, params);
    });
    connection.onNotification("window/logMessage", (params: { message: string }) => {
      this.note(this.logged, params.message);
    });
    connection.onNotification("window/showMessage", (params: { message: string }) => {
      this.note(this.shown, params.message);
    });
    connection.onRequest("workspace/configuration", (params: { items: { section?: string }[] }) => {
      this.asked.push("workspace/configuration");
      return params.items.map((item) => this.settings[item.section ?? ""] ?? null);
    });
    for (const method of ["client/registerCapability", "window/workDoneProgress/create"]) {
      connection.onRequest(method, () => {
        this.asked.push(method);
        return null;
      });
    }
    connection.listen();
  }
}
