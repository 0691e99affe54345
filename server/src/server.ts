/** Wiring only: what the server is made of, and which event leads where. */
import { cpus } from "node:os";
import path from "node:path";
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { Analyzer } from "./analysis/analyzer.js";
import { GoSetups, PackageLocator } from "./analysis/packageLocator.js";
import type { PackageStatus } from "./analysis/packageStatus.js";
import { Results } from "./analysis/results.js";
import { type Capabilities, readCapabilities } from "./capabilities.js";
import { Documents, fileUri, goFilePath } from "./documents.js";
import { codeActionProvider } from "./features/codeActions.js";
import { registerCommands } from "./features/commands.js";
import { DiagnosticsPublisher } from "./features/diagnostics.js";
import { registerHover } from "./features/hover.js";
import { declinedWords, StatusReporter } from "./features/status.js";
import { workspaceWords } from "./explain/workspace.js";
import { parallelism } from "./go/buildPlan.js";
import { configureProcesses } from "./go/process.js";
import { removeDeadTemporaryFolders } from "./go/temporary.js";
import {
  type InitializationOptions,
  serverCommands,
  settingsSection,
  trustGrantedMethod,
} from "./protocol.js";
import { QuickFixes } from "./quickFixes.js";
import { buildOptions } from "./settings.js";
import { useLanguage } from "./language.js";
import { SettingsStore } from "./settingsStore.js";
import { initializeSyntax } from "./syntax/treeSitter.js";
import { version } from "./version.js";
import { WorkspaceFolders } from "./workspaceFolders.js";

/** Binds a server to the connection and starts to listen. `outDirectory` holds the grammar and the watchdog. */
export function startServer(connection: Connection, outDirectory: string): void {
  configureProcesses({ watchdogPath: path.join(outDirectory, "watchdog.js") });
  const ready = Promise.all([initializeSyntax(outDirectory), removeDeadTemporaryFolders()]);
  const documents = new Documents();
  connection.onInitialize(async (params: InitializeParams): Promise<InitializeResult> => {
    await Promise.all([ready, useLanguage(params.locale ?? "", outDirectory)]);
    const options = params.initializationOptions as InitializationOptions | undefined;
    new Server(connection, documents, params).listen(options?.trusted ?? true);
    return {
      serverInfo: { name: "go-escape-lens", version },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: { includeText: false },
        },
        hoverProvider: true,
        codeActionProvider,
        executeCommandProvider: { commands: Object.values(serverCommands) },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  documents.listen(connection);
  connection.listen();
}

class Server {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #capabilities: Capabilities;
  readonly #folders: WorkspaceFolders;
  readonly #settings: SettingsStore;
  readonly #setups = new GoSetups();
  readonly #results = new Results();
  readonly #analyzer: Analyzer;
  readonly #diagnostics: DiagnosticsPublisher;
  readonly #status: StatusReporter;
  readonly #fixes: QuickFixes;
  /** Statuses are shown in their order, each once its diagnostics are out. */
  #shown: Promise<void> = Promise.resolve();
  #trusted = false;

  constructor(connection: Connection, documents: Documents, params: InitializeParams) {
    const capabilities = readCapabilities(params.capabilities);
    this.#connection = connection;
    this.#documents = documents;
    this.#capabilities = capabilities;
    this.#folders = new WorkspaceFolders(params);
    this.#settings = new SettingsStore(connection, capabilities);
    const rulesOf = async (uri: string) => (await this.#settings.of(uri)).diagnostics;
    this.#diagnostics = new DiagnosticsPublisher(connection, {
      results: this.#results,
      documents,
      capabilities,
      rulesOf,
    });
    this.#status = new StatusReporter(connection, documents, this.#results);
    const locator = new PackageLocator({
      setups: this.#setups,
      parallelism: parallelism("editor", cpus().length),
      workspaceFolders: () => this.#folders.paths(),
      buildOptionsOf: async (file) => buildOptions(await this.#settings.of(fileUri(file))),
    });
    this.#analyzer = new Analyzer({
      results: this.#results,
      locator,
      openFiles: () => documents.openFiles(),
      log: connection.console,
      onAnalyzed: (analyzed, engine, signal) => this.#fixes.prepare(analyzed, engine, signal),
      onStatus: (status) => {
        this.#shown = this.#shown.then(() => this.#show(status));
      },
    });
    this.#fixes = new QuickFixes(connection, { documents, params, rulesOf });
    const options = params.initializationOptions as InitializationOptions | undefined;
    registerHover(connection, {
      results: this.#results,
      capabilities,
      diagnosticsInHover: options?.diagnosticsInHover === true,
      rulesOf,
    });
    registerCommands(
      connection,
      {
        analyzePackage: (file) => this.#analyze(file),
        analyzeWorkspace: (signal) => this.#analyzeWorkspace(signal),
      },
      capabilities.workDoneProgress,
    );
  }

  /** Binds the events. Nothing is run before `trusted`. */
  listen(trusted: boolean): void {
    this.#trusted = trusted;
    const connection = this.#connection;
    connection.onInitialized(() => void this.#register());
    connection.onNotification(trustGrantedMethod, () => {
      this.#trusted = true;
      void this.#analyzeOpen();
    });
    connection.onDidChangeConfiguration(() => {
      this.#settings.clear();
      this.#renew();
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      this.#filesChanged(changes.map((change) => change.uri));
    });
    connection.onShutdown(async () => {
      await Promise.all([this.#analyzer.stop(), this.#fixes.stop()]);
    });
    this.#listenToDocuments();
  }

  #listenToDocuments(): void {
    const documents = this.#documents;
    documents.onOpen(({ document }) => void this.#analyzeUnasked(document.uri));
    documents.onSave(({ document }) => void this.#analyzeUnasked(document.uri));
    documents.onEdit(({ document, changes }) => {
      const file = goFilePath(document.uri);
      if (file === undefined) return;
      this.#diagnostics.edited(document.uri);
      this.#results.edit(file, document.version, changes);
    });
    documents.onClose(({ document }) => {
      const file = goFilePath(document.uri);
      if (file === undefined) return;
      this.#results.close(file);
      void this.#diagnostics.clear(document.uri);
    });
  }

  /** Asks to be told of changed settings, build files and folders, where the client knows how. */
  async #register(): Promise<void> {
    const { client, workspace } = this.#connection;
    if (this.#capabilities.configurationChanges) {
      await client.register(DidChangeConfigurationNotification.type, { section: [settingsSection, "go"] });
    }
    if (this.#capabilities.watchedFiles) {
      const watchers = ["**/*.go", "**/go.mod", "**/go.work", "**/go.sum", "**/vendor/modules.txt"].map(
        (globPattern) => ({ globPattern }),
      );
      await client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (this.#capabilities.workspaceFolders) {
      workspace.onDidChangeWorkspaceFolders((event) => {
        this.#folders.change(event);
        this.#renew();
      });
    }
  }

  /** Files changed on disk, by a branch switch or a generator: open packages that have them are analysed anew. */
  #filesChanged(uris: readonly string[]): void {
    const files = uris.filter((uri) => this.#documents.get(uri) === undefined).map(goFilePath);
    if (files.includes(undefined)) {
      this.#renew();
      return;
    }
    const folders = new Set(files.map((file) => path.dirname(file ?? "")));
    const open = this.#documents.goFiles().map(({ path: file }) => file);
    const stale = new Map(
      open.filter((file) => folders.has(path.dirname(file))).map((file) => [path.dirname(file), file]),
    );
    for (const file of stale.values()) void this.#analyze(file);
  }

  /** What go was set up with has changed. */
  #renew(): void {
    this.#setups.clear();
    void this.#analyzeOpen();
  }

  async #analyzeOpen(): Promise<void> {
    const byFolder = new Map(this.#documents.goFiles().map(({ path: file }) => [path.dirname(file), file]));
    await Promise.all([...byFolder.values()].map((file) => this.#analyze(file)));
  }

  /** All packages of all folders; what is open is shown, and the outcome is said in a sentence. */
  async #analyzeWorkspace(signal: AbortSignal): Promise<string> {
    if (!this.#trusted) return declinedWords("untrusted");
    const outcomes: string[] = [];
    for (const folder of this.#folders.paths()) {
      const outcome = await this.#analyzer.analyzeAll(folder, signal);
      outcomes.push(workspaceWords(path.basename(folder), outcome));
    }
    for (const { path: file, document } of this.#documents.goFiles()) {
      await this.#diagnostics.publish(document.uri, file);
    }
    return outcomes.join(" ");
  }

  /** A document was opened or saved: its package is analysed unless the person wants to ask for it. */
  async #analyzeUnasked(uri: string): Promise<void> {
    const file = goFilePath(uri);
    if (file === undefined) return;
    const { analysis } = await this.#settings.of(uri);
    if (analysis.run === "manual") this.#decline(uri, file, "manual");
    else await this.#analyze(file);
  }

  async #analyze(file: string): Promise<void> {
    if (this.#trusted) await this.#analyzer.analyze(file);
    else this.#decline(fileUri(file), file, "untrusted");
  }

  #decline(uri: string, file: string, code: "manual" | "untrusted"): void {
    void this.#status.sendDeclined(uri, file, code);
  }

  async #show(status: PackageStatus): Promise<void> {
    const files = new Set([status.file, ...status.files]);
    for (const { path: file, document } of this.#documents.goFiles()) {
      if (!files.has(file)) continue;
      const shown = await this.#diagnostics.publish(document.uri, file);
      await this.#status.send(document.uri, file, shown, status);
    }
  }
}
