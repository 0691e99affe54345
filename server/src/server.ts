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
import { GoSetups } from "./analysis/goSetups.js";
import { FunctionTable } from "./analysis/functionTable.js";
import { PackageLocator } from "./analysis/packageLocator.js";
import type { PackageStatus } from "./analysis/packageStatus.js";
import { ResultCache } from "./analysis/resultCache.js";
import { Results } from "./analysis/results.js";
import { type OnProgress, WorkspaceAnalysis, type WorkspaceOptions } from "./analysis/workspaceAnalysis.js";
import type { Site } from "./analysis/site.js";
import { allowedSites } from "./assertions/allowances.js";
import { userCacheFolder } from "./cacheFolder.js";
import { type Capabilities, readCapabilities } from "./capabilities.js";
import { Documents, fileUri, goFilePath } from "./documents.js";
import { packageEvidence } from "./evidence/packageEvidence.js";
import { AssertionMarkers } from "./features/assertionMarkers.js";
import { codeActionProvider } from "./features/codeActions.js";
import { registerCodeLens } from "./features/codeLens.js";
import { registerCommands } from "./features/commands.js";
import { DiagnosticsPublisher } from "./features/diagnostics.js";
import { registerHover } from "./features/hover.js";
import { registerInlayHints } from "./features/inlayHints.js";
import { declinedWords, StatusReporter } from "./features/status.js";
import { workspaceWords } from "./explain/workspace.js";
import { parallelism } from "./go/buildPlan.js";
import { stateOf } from "./go/fileState.js";
import type { GoSetup } from "./go/goSetup.js";
import { configureProcesses } from "./go/process.js";
import { removeDeadTemporaryFolders } from "./go/temporary.js";
import {
  type InitializationOptions,
  serverCommands,
  settingsSection,
  trustGrantedMethod,
} from "./protocol.js";
import { registerProjectView } from "./projectView.js";
import { QuickFixes } from "./quickFixes.js";
import { buildOptions } from "./settings.js";
import { useLanguage } from "./language.js";
import { LiveAnalysis } from "./liveAnalysis.js";
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
    // Changes with the program's code, also where its version does not.
    const program = `${version} ${stateOf(path.join(outDirectory, "server.js"))}`;
    await Promise.all([ready, useLanguage(params.locale ?? "", outDirectory)]);
    new Server(connection, documents, params, program).listen();
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
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: false },
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
  readonly #functions = new FunctionTable();
  readonly #assertions = new AssertionMarkers(this.#results);
  readonly #locator: PackageLocator;
  readonly #analyzer: Analyzer;
  readonly #workspaceOptions: WorkspaceOptions;
  readonly #diagnostics: DiagnosticsPublisher;
  readonly #status: StatusReporter;
  readonly #fixes: QuickFixes;
  readonly #live: LiveAnalysis;
  /** Asks the client to ask anew for what it is not sent. */
  readonly #refresh: () => void;
  /** Statuses are shown in their order, each once its diagnostics are out. */
  #shown: Promise<void> = Promise.resolve();

  constructor(connection: Connection, documents: Documents, params: InitializeParams, program: string) {
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
      assertions: this.#assertions,
    });
    this.#status = new StatusReporter(connection, documents, this.#results);
    this.#locator = new PackageLocator({
      setups: this.#setups,
      parallelism: parallelism("editor", cpus().length),
      workspaceFolders: () => this.#folders.paths(),
      buildOptionsOf: async (file) => buildOptions(await this.#settings.of(fileUri(file))),
      log: (message) => {
        connection.console.info(message);
      },
    });
    this.#workspaceOptions = {
      results: this.#results,
      cache: new ResultCache(userCacheFolder(), program),
      parallelism: parallelism("editor", cpus().length),
      isOpen: (folder) => documents.goFiles().some(({ path: file }) => path.dirname(file) === folder),
      log: (message) => {
        connection.console.info(message);
      },
    };
    this.#analyzer = new Analyzer({
      results: this.#results,
      functions: this.#functions,
      locator: this.#locator,
      openFiles: () => documents.openFiles(),
      log: connection.console,
      evidenceOf: packageEvidence,
      annotated: (sites, texts) => {
        const allowed = allowedSites(sites, texts);
        return allowed.size === 0 ? sites : sites.map((site) => withAllowance(site, allowed.get(site)));
      },
      onProven: (analyzed, files) => {
        this.#assertions.take(analyzed, files);
      },
      onFound: (analyzed, engine) => {
        this.#fixes.take(analyzed, engine);
      },
      verifyFixes: (analyzed, signal) => this.#fixes.verify(analyzed, signal),
      onStatus: (status) => {
        this.#shown = this.#shown.then(() => this.#show(status));
      },
    });
    this.#fixes = new QuickFixes(connection, {
      documents,
      params,
      rulesOf,
      analyze: (file) => this.#live.analyze(file),
      setupOf: (folder) => this.#trustedSetup(folder),
    });
    const options = params.initializationOptions as InitializationOptions | undefined;
    const live = {
      analyzer: this.#analyzer,
      documents,
      settingsOf: (uri: string) => this.#settings.of(uri),
      decline: (uri: string, file: string, code: "manual" | "untrusted") => {
        void this.#status.sendDeclined(uri, file, code);
      },
    };
    this.#live = new LiveAnalysis(live, options?.trusted ?? true);
    registerHover(connection, {
      results: this.#results,
      capabilities,
      diagnosticsInHover: options?.diagnosticsInHover === true,
      rulesOf,
      functions: this.#functions,
      explain: (file) => void this.#analyzer.explain(file),
      explainsParameters: async (uri) => (await this.#settings.of(uri)).hover.parameters,
    });
    const refreshLenses = registerCodeLens(connection, {
      results: this.#results,
      functions: this.#functions,
      canRefresh: capabilities.codeLensRefresh,
      isEnabled: async (uri) => (await this.#settings.of(uri)).codeLens.enabled,
    });
    const refreshHints = registerInlayHints(connection, {
      results: this.#results,
      canRefresh: capabilities.inlayHintRefresh,
      rulesOf,
      isEnabled: async (uri) => (await this.#settings.of(uri)).inlayHints.enabled,
    });
    this.#refresh = () => {
      refreshLenses();
      refreshHints();
    };
    registerProjectView(connection, {
      results: this.#results,
      functions: this.#functions,
      documents,
      locator: this.#locator,
      folders: () => this.#folders.paths(),
      isTrusted: () => this.#live.isTrusted,
      rulesOf,
    });
    registerCommands(
      connection,
      {
        fixAll: (target) => this.#fixes.fixAll(target),
        proveFix: (target) => this.#fixes.prove(target),
        analyzePackage: (file) => this.#live.analyze(file),
        analyzeWorkspace: (signal, onProgress) => this.#analyzeWorkspace(signal, onProgress),
      },
      capabilities.workDoneProgress,
    );
  }

  /** Binds the events. */
  listen(): void {
    const connection = this.#connection;
    connection.onInitialized(() => void this.#register());
    connection.onNotification(trustGrantedMethod, () => {
      this.#live.trust();
    });
    connection.onDidChangeConfiguration(() => {
      this.#settings.clear();
      this.#renew();
      this.#refresh();
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const files = changes.map((change) => goFilePath(change.uri));
      // Beside Go files, those are watched that go is set up by.
      if (files.includes(undefined)) this.#renew();
      else this.#live.filesChanged(files.filter((file) => file !== undefined));
    });
    connection.onShutdown(async () => {
      this.#live.stop();
      await Promise.all([this.#analyzer.stop(), this.#fixes.stop()]);
    });
    this.#listenToDocuments();
  }

  #listenToDocuments(): void {
    const documents = this.#documents;
    documents.onOpen(({ document }) => void this.#live.opened(document.uri));
    documents.onSave(({ document }) => void this.#live.saved(document.uri));
    documents.onEdit(({ document, changes }) => {
      const file = goFilePath(document.uri);
      if (file === undefined) return;
      this.#diagnostics.edited(document.uri);
      this.#functions.edit(file, changes);
      this.#assertions.edit(file, changes);
      // What was said of a text that is no longer there is taken back at once; editors move the rest themselves.
      if (this.#results.edit(file, document.version, changes)) this.#publish(document.uri, file);
      void this.#live.edited(document.uri);
    });
    documents.onClose(({ document }) => {
      const file = goFilePath(document.uri);
      if (file === undefined) return;
      this.#results.close(file);
      this.#assertions.close(file);
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

  /** What go was set up with has changed. */
  #renew(): void {
    this.#setups.clear();
    void this.#live.renew();
  }

  /** Go for a folder, to run what is in it. */
  async #trustedSetup(folder: string): Promise<GoSetup | undefined> {
    if (!this.#live.isTrusted) return undefined;
    const answer = await this.#locator.setUp(folder);
    return "setup" in answer ? answer.setup : undefined;
  }

  /** All packages of all folders, those with open files first; the outcome is said in a sentence. */
  async #analyzeWorkspace(signal: AbortSignal, onProgress: OnProgress): Promise<string> {
    if (!this.#live.isTrusted) return declinedWords("untrusted");
    await this.#live.analyzeOpen();
    const outcomes: string[] = [];
    for (const folder of this.#folders.paths()) {
      const answer = await this.#locator.setUp(folder);
      const outcome =
        "problem" in answer
          ? answer
          : await new WorkspaceAnalysis(this.#workspaceOptions, answer.setup, onProgress).run(folder, signal);
      outcomes.push(workspaceWords(path.basename(folder), outcome));
    }
    return outcomes.join(" ");
  }

  #publish(uri: string, file: string): void {
    this.#shown = this.#shown.then(async () => {
      await this.#diagnostics.publish(uri, file);
    });
  }

  async #show(status: PackageStatus): Promise<void> {
    const files = new Set([status.file, ...status.files]);
    for (const { path: file, document } of this.#documents.goFiles()) {
      if (!files.has(file)) continue;
      const shown = await this.#diagnostics.publish(document.uri, file);
      await this.#status.send(document.uri, file, shown, status);
    }
    if (["flows", "evidence"].includes(status.progress.phase)) this.#refresh();
  }
}

function withAllowance(site: Site, words: string | undefined): Site {
  return words === undefined ? site : { ...site, allowed: words };
}
