/** Owns the language client: its options, its one start at a time, and what happens when the server ends by itself. */
import * as l10n from "@vscode/l10n";
import { type CancellationToken, window, workspace } from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import {
  type BenchmarkTarget,
  type InitializationOptions,
  profileChangedMethod,
  serverCommands,
  statusMethod,
  type StatusParams,
  treeChangedMethod,
  trustGrantedMethod,
} from "../../server/src/protocol.js";
import { chooseAndRun } from "./benchmark/benchmarkCommands.js";
import { coalesce } from "./coalesce.js";
import { confirmationMiddleware } from "./confirmation.js";
import { checkedQuestion } from "./checkedQuestion.js";
import { CrashPolicy } from "./crashPolicy.js";
import { commandIds, displayName, extensionId, goFiles } from "./identifiers.js";
import type { Output } from "./output.js";
import type { ServerState } from "./statusText.js";

interface LanguageServerOptions {
  /** Absolute path of the bundled server. */
  readonly module: string;
  readonly output: Output;
  readonly onStatus: (status: StatusParams) => void;
  readonly onServerState: (state: ServerState) => void;
  /** The Heap Escapes view is to be asked for anew. */
  readonly onTreeChanged: () => void;
  /** The lines of the loaded memory profile are to be asked for anew. */
  readonly onProfileChanged: () => void;
}

export class LanguageServer {
  readonly #options: LanguageServerOptions;
  #client: LanguageClient | undefined;
  #starting: Promise<void> = Promise.resolve();
  #crashes = new CrashPolicy();
  /** Stops the server where it runs and starts it anew; calls during a restart share the next one. */
  readonly #restartOnce = coalesce(() => this.#replaceClient());

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  /** Starts the server. Does not throw: what went wrong is in the status item and the output. */
  async start(): Promise<void> {
    this.#starting = this.#restartOnce();
    await this.#starting;
  }

  /** Resolves when the server has come up, or failed to: for what may be asked before. */
  async started(): Promise<void> {
    await this.#starting;
  }

  /** The person's own restart: earlier crashes count no longer. */
  async restart(): Promise<void> {
    this.#crashes = new CrashPolicy();
    await this.#restartOnce();
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A client that never came up cannot be stopped, and one whose server is gone says so: neither matters here.
    await client?.dispose().catch((error: unknown) => {
      this.#options.output.log.debug(`Stopping the server: ${String(error)}`);
    });
  }

  async grantTrust(): Promise<void> {
    if (this.#client?.state === State.Running) await this.#client.sendNotification(trustGrantedMethod);
  }

  get isRunning(): boolean {
    return this.#client?.state === State.Running;
  }

  /** Runs a command of the server (workspace/executeCommand). Throws when the server is not running or the command fails. */
  async execute(command: string, args: readonly unknown[]): Promise<void> {
    await this.request("workspace/executeCommand", { command, arguments: args });
  }

  /**
   * Sends a request of the protocol (server/src/protocol.ts, where the shape of each answer stands) and returns the answer.
   * Throws when the server is not running or answers with an error, CancellationError among them.
   */
  async request<Answer>(method: string, params: unknown, token?: CancellationToken): Promise<Answer> {
    if (this.#client?.state !== State.Running) throw new Error(l10n.t("The language server is not running."));
    // A token that is undefined would count as a second parameter, and both would be sent by position.
    return token === undefined
      ? this.#client.sendRequest<Answer>(method, params)
      : this.#client.sendRequest<Answer>(method, params, token);
  }

  async #replaceClient(): Promise<void> {
    await this.stop();
    const client = this.#createClient();
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      this.#options.output.log.error(`The language server could not be started: ${String(error)}`);
    }
  }

  #createClient(): LanguageClient {
    const { module, output, onStatus, onServerState, onTreeChanged } = this.#options;
    const run = { module, transport: TransportKind.stdio };
    const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
    const client = new LanguageClient(extensionId, displayName, { run, debug }, this.#clientOptions(output));
    client.onNotification(statusMethod, onStatus);
    client.onNotification(treeChangedMethod, onTreeChanged);
    client.onNotification(profileChangedMethod, this.#options.onProfileChanged);
    client.onDidChangeState(({ newState }) => {
      // A client that was replaced in the meantime has nothing to say about the state of things.
      if (client === this.#client) onServerState(serverStates[newState]);
    });
    return client;
  }

  #clientOptions(output: Output): LanguageClientOptions {
    const initializationOptions = (): InitializationOptions => ({
      trusted: workspace.isTrusted,
      diagnosticsInHover: true,
      showsStatus: true,
    });
    return {
      documentSelector: [...goFiles],
      diagnosticCollectionName: extensionId,
      outputChannel: output.log,
      traceOutputChannel: output.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      initializationFailedHandler: () => false,
      middleware: {
        ...confirmationMiddleware(async (action) => {
          const client = this.#client;
          return client?.state === State.Running ? await checkedQuestion(client, action) : undefined;
        }),
        // What the menu of fixes offers asks first which benchmarks are meant.
        executeCommand: (command, args: unknown[], next): unknown =>
          command === serverCommands.benchmark
            ? chooseAndRun(this, args[0] as BenchmarkTarget)
            : next(command, args),
      },
      errorHandler: this.#errorHandler(),
      // Hovers hold text of the compiler and of sources: only these commands may be run from a link in them.
      markdown: { isTrusted: { enabledCommands: [commandIds.analyzePackage, commandIds.showOutput] } },
    };
  }

  #errorHandler(): ErrorHandler {
    return {
      // A broken message is not the end: the connection closes by itself when the server is gone.
      error: (_error, _message, count) => ({
        action: count !== undefined && count > 3 ? ErrorAction.Shutdown : ErrorAction.Continue,
      }),
      closed: () => this.#closed(),
    };
  }

  #closed(): CloseHandlerResult {
    if (this.#crashes.crashed()) return { action: CloseAction.Restart, handled: true };
    void this.#offerRestart();
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  async #offerRestart(): Promise<void> {
    const restart = l10n.t("Restart");
    const showOutput = l10n.t("Show Output");
    const message = l10n.t("The Go Escape Lens server ended five times in three minutes and stays off.");
    const answer = await window.showErrorMessage(message, restart, showOutput);
    if (answer === restart) await this.restart();
    if (answer === showOutput) this.#options.output.log.show();
  }
}

const serverStates: Readonly<Record<State, ServerState>> = {
  [State.Starting]: "starting",
  [State.Running]: "running",
  [State.Stopped]: "stopped",
  [State.StartFailed]: "stopped",
};
