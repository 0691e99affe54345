/** Owns the language client: its one start at a time, and what happens when the server ends by itself. */
import * as l10n from "@vscode/l10n";
import { type CancellationToken, window } from "vscode";
import type { LanguageClient, Middleware } from "vscode-languageclient/node";
import {
  type BenchmarkTarget,
  profileChangedMethod,
  serverCommands,
  statusMethod,
  type StatusParams,
  treeChangedMethod,
  trustGrantedMethod,
} from "../../server/src/protocol.js";
import { chooseAndRun } from "./benchmark/benchmarkCommands.js";
import { coalesce } from "./coalesce.js";
import { checkedQuestion } from "./checkedQuestion.js";
import { confirmationMiddleware } from "./confirmation.js";
import { CrashPolicy } from "./crashPolicy.js";
import type * as LanguageClientModule from "./languageClient.js";
import type { Output } from "./output.js";
import type { ServerState } from "./statusText.js";

interface LanguageServerOptions {
  /** Absolute path of the bundled server. */
  readonly module: string;
  /** Loads the library of the language client, which takes longer than all else of the activation (languageClient.ts). */
  readonly loadClient: () => typeof LanguageClientModule;
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
  #state: ServerState = "starting";
  #starting: Promise<void> = Promise.resolve();
  #crashes = new CrashPolicy();
  /** Stops the server where it runs and starts it anew; calls during a restart share the next one. */
  readonly #restartOnce = coalesce(() => this.#replaceClient());

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  /** Starts the server, anew where it runs. Does not throw: what went wrong is in the status item and the output. */
  async start(): Promise<void> {
    this.#starting = this.#restartOnce();
    await this.#starting;
  }

  /** Resolves when the newest start is over, whether the server came up or not: for what may be asked before. */
  async started(): Promise<void> {
    await this.#starting;
  }

  /** The person's own restart: earlier crashes count no longer. */
  async restart(): Promise<void> {
    this.#crashes = new CrashPolicy();
    await this.start();
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#state = "stopped";
    // A client that never came up cannot be stopped, and one whose server is gone says so: neither matters here.
    await client?.dispose().catch((error: unknown) => {
      this.#options.output.log.debug(`Stopping the server: ${String(error)}`);
    });
  }

  async grantTrust(): Promise<void> {
    await this.#running?.sendNotification(trustGrantedMethod);
  }

  get isRunning(): boolean {
    return this.#state === "running";
  }

  /**
   * Runs a command of the server (workspace/executeCommand) and returns its answer. Throws when the server is not running or
   * the command fails.
   */
  async execute<Answer = void>(command: string, args: readonly unknown[]): Promise<Answer> {
    return await this.request<Answer>("workspace/executeCommand", { command, arguments: args });
  }

  /**
   * Sends a request of the protocol (server/src/protocol.ts, where the shape of each answer stands) and returns the answer.
   * A server that is being started is waited for: a person may choose a command as soon as the window is there. Throws when
   * the server is not running or answers with an error, CancellationError among them.
   */
  async request<Answer>(method: string, params: unknown, token?: CancellationToken): Promise<Answer> {
    await this.#starting;
    const client = this.#running;
    if (client === undefined) throw new Error(l10n.t("The language server is not running."));
    // A token that is undefined would count as a second parameter, and both would be sent by position.
    return token === undefined
      ? client.sendRequest<Answer>(method, params)
      : client.sendRequest<Answer>(method, params, token);
  }

  get #running(): LanguageClient | undefined {
    return this.isRunning ? this.#client : undefined;
  }

  async #replaceClient(): Promise<void> {
    await this.stop();
    // Not in the turn in which VS Code activates the extension: others may be waiting for theirs.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      this.#client = this.#createClient();
      await this.#client.start();
    } catch (error) {
      this.#options.output.log.error(`The language server could not be started: ${String(error)}`);
      this.#became("stopped");
    }
  }

  #createClient(): LanguageClient {
    const { module, loadClient, output, onStatus, onTreeChanged, onProfileChanged } = this.#options;
    const client = loadClient().createLanguageClient({
      module,
      output,
      middleware: this.#middleware(),
      onCrash: () => {
        if (client === this.#client) this.#crashed();
      },
      onState: (state) => {
        // A client that was replaced in the meantime has nothing to say about the state of things.
        if (client === this.#client) this.#became(state);
      },
    });
    client.onNotification(statusMethod, onStatus);
    client.onNotification(treeChangedMethod, onTreeChanged);
    client.onNotification(profileChangedMethod, onProfileChanged);
    return client;
  }

  #middleware(): Middleware {
    return {
      ...confirmationMiddleware(async (action) => {
        const running = this.#running;
        return running === undefined ? undefined : await checkedQuestion(running, action);
      }),
      // What the menu of fixes offers asks first which benchmarks are meant.
      executeCommand: (command, args: unknown[], next): unknown =>
        command === serverCommands.benchmark
          ? chooseAndRun(this, args[0] as BenchmarkTarget)
          : next(command, args),
    };
  }

  #became(state: ServerState): void {
    this.#state = state;
    this.#options.onServerState(state);
  }

  #crashed(): void {
    // There is nothing left to stop: the library cleans up behind it.
    this.#client = undefined;
    this.#became("stopped");
    if (this.#crashes.crashed()) void this.start();
    else void this.#offerRestart();
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
