/** Wiring only: what the server is made of, and which event leads where. */
import { cpus } from "node:os";
import path from "node:path";
import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { Analyzer } from "./analysis/analyzer.js";
import { GoSetups } from "./analysis/goSetups.js";
import { Background } from "./analysis/background.js";
import { FolderRecords } from "./analysis/folderRecords.js";
import { FunctionTable } from "./analysis/functionTable.js";
import type { LeakPaths } from "./analysis/leakPaths.js";
import { PackageLocator } from "./analysis/packageLocator.js";
import { ResultCache } from "./analysis/resultCache.js";
import { Results } from "./analysis/results.js";
import { takers, takerSources } from "./analysis/takers.js";
import { withAllowances } from "./assertions/allowances.js";
import { registerBenchmarks } from "./benchmarking.js";
import { BoundsCheckRuns } from "./boundsCheckRuns.js";
import { userCacheFolder } from "./cacheFolder.js";
import { type Capabilities, choosePositionEncoding, readCapabilities } from "./capabilities.js";
import { registerClientEvents } from "./clientEvents.js";
import { type Documents, fileUri, goFilePath } from "./documents.js";
import { packageEvidence } from "./evidence/packageEvidence.js";
import { AssertionMarkers } from "./features/assertionMarkers.js";
import { codeActionProvider } from "./features/codeActions.js";
import { registerCommands } from "./features/commands.js";
import { DiagnosticsPublisher } from "./features/diagnostics.js";
import { completionProvider } from "./features/directiveCompletion.js";
import { ProblemMessages } from "./features/problemMessages.js";
import { signalOf } from "./features/cancellation.js";
import { type DeclinedCode, StatusReporter } from "./features/status.js";
import { parallelism } from "./go/buildPlan.js";
import { stateOf } from "./go/fileState.js";
import type { GoSetup } from "./go/goSetup.js";
import { configureProcesses } from "./go/process.js";
import { removeDeadTemporaryFolders } from "./go/temporary.js";
import { type InitializationOptions, serverCommands, trustGrantedMethod } from "./protocol.js";
import { analyzeFolders } from "./foldersAnalysis.js";
import { Presentation } from "./presentation.js";
import { registerProjectView } from "./projectView.js";
import { registerProfiles } from "./profiling.js";
import { QuickFixes } from "./quickFixes.js";
import { registerReadingFeatures } from "./readingFeatures.js";
import { buildOptions } from "./settings.js";
import { useShippedPages } from "./explain/reasonPage.js";
import { useLanguage } from "./language.js";
import { LiveAnalysis } from "./liveAnalysis.js";
import { SettingsStore } from "./settingsStore.js";
import { initializeSyntax } from "./syntax/treeSitter.js";
import { version } from "./version.js";
import { WorkspaceFolders } from "./workspaceFolders.js";

/** Binds a server to the connection and starts to listen. `outDirectory` holds the grammar and the watchdog. */
export function startServer(connection: Connection, documents: Documents, outDirectory: string): void {
  useShippedPages(path.dirname(path.dirname(outDirectory)));
  configureProcesses({ watchdogPath: path.join(outDirectory, "watchdog.js") });
  const ready = Promise.all([initializeSyntax(outDirectory), removeDeadTemporaryFolders()]);
  connection.onInitialize(async (params: InitializeParams): Promise<InitializeResult> => {
    // Changes with the program's code, also where its version does not.
    const program = `${version} ${stateOf(path.join(outDirectory, "serverMain.js"))}`;
    await Promise.all([ready, useLanguage(params.locale ?? "", outDirectory)]);
    new Server(connection, documents, params, program).listen();
    return {
      serverInfo: { name: "go-escape-lens", version },
      capabilities: {
        positionEncoding: choosePositionEncoding(params.capabilities),
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: { includeText: false },
        },
        hoverProvider: true,
        codeActionProvider,
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: false },
        completionProvider,
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
  readonly #diagnostics: DiagnosticsPublisher;
  readonly #presentation: Presentation;
  readonly #fixes: QuickFixes;
  readonly #boundsChecks: BoundsCheckRuns;
  readonly #leakPaths: LeakPaths;
  readonly #live: LiveAnalysis;
  readonly #background = new Background();
  /** Asks the client to ask anew for what it is not sent. */
  readonly #refresh: () => void;

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
    const status = new StatusReporter(connection, documents, this.#results);
    const log = (message: string) => {
      connection.console.info(message);
    };
    this.#locator = new PackageLocator({
      setups: this.#setups,
      parallelism: parallelism("editor", cpus().length),
      workspaceFolders: () => this.#folders.paths(),
      buildOptionsOf: async (file) => buildOptions(await this.#settings.of(fileUri(file))),
      log,
    });
    this.#analyzer = new Analyzer({
      results: this.#results,
      functions: this.#functions,
      locator: this.#locator,
      openFiles: () => documents.openFiles(),
      log: connection.console,
      evidenceOf: packageEvidence,
      annotated: withAllowances,
      onProven: (analyzed, files) => {
        this.#assertions.take(analyzed, files);
        this.#boundsChecks.take(analyzed, files);
      },
      onFound: (analyzed, engine) => {
        this.#fixes.take(analyzed, engine);
      },
      verifyFixes: (analyzed, signal) => this.#fixes.verify(analyzed, signal),
      onInterrupt: (folder) => {
        this.#fixes.interrupt(folder);
      },
      onEarly: (file) => {
        this.#publish((path) => path === file);
      },
      onStatus: (progress) => {
        this.#presentation.show(progress);
      },
    });
    this.#boundsChecks = new BoundsCheckRuns({
      setupOf: (folder) => this.#trustedSetup(folder),
      onFound: (analyzed, files, checks) => {
        this.#assertions.take(analyzed, files, checks);
        this.#publish((path) => analyzed.snapshot.files.has(path));
      },
      warn: (message) => {
        connection.console.warn(message);
      },
    });
    this.#fixes = new QuickFixes(connection, {
      documents,
      capabilities,
      params,
      results: this.#results,
      rulesOf,
      analyze: (file) => this.#live.analyze(file),
      setupOf: (folder) => this.#trustedSetup(folder),
    });
    const options = params.initializationOptions as InitializationOptions | undefined;
    const live = {
      analyzer: this.#analyzer,
      documents,
      settingsOf: (uri: string) => this.#settings.of(uri),
      decline: (uri: string, file: string, code: DeclinedCode) => {
        void status.sendDeclined(uri, file, code);
      },
    };
    this.#live = new LiveAnalysis(live, options?.trusted ?? true);
    const sources = takerSources({
      functions: this.#functions,
      locator: this.#locator,
      openFiles: () => documents.openFiles(),
      readText: (file) => documents.textOf(file),
      isTrusted: () => this.#live.isTrusted,
      log,
    });
    this.#leakPaths = sources.leakPaths;
    const takerOf = takers(sources);
    this.#refresh = registerReadingFeatures(connection, {
      takerOf,
      documents,
      results: this.#results,
      functions: this.#functions,
      capabilities,
      settings: this.#settings,
      initialization: options,
      explain: (file) => void this.#analyzer.explain(file),
    });
    this.#presentation = new Presentation({
      documents,
      diagnostics: this.#diagnostics,
      status,
      messages: options?.showsStatus === true ? undefined : new ProblemMessages(connection),
      refresh: this.#refresh,
      warn: (message) => {
        connection.console.warn(message);
      },
    });
    registerProjectView(connection, {
      takerOf,
      sources,
      results: this.#results,
      functions: this.#functions,
      documents,
      locator: this.#locator,
      live: this.#live,
      folders: () => this.#folders.paths(),
      rulesOf,
      explained: (file) => this.#analyzer.explain(file),
    });
    const runs = {
      results: this.#results,
      documents,
      capabilities,
      locator: this.#locator,
      live: this.#live,
    };
    const profileCommands = registerProfiles(connection, {
      ...runs,
      folders: () => this.#folders.paths(),
      renew: () => {
        this.#publish(() => true);
        this.#refresh();
      },
    });
    const benchmarkCommands = registerBenchmarks(connection, {
      ...runs,
      settingsOf: (uri) => this.#settings.of(uri),
      chosenFix: (target, signal) => this.#fixes.chosen(target, signal),
    });
    const cache = new ResultCache(userCacheFolder(), "editor", program);
    const isOpen = (folder: string) =>
      documents.goFiles().some(({ path: file }) => path.dirname(file) === folder);
    const background = this.#background;
    const records = new FolderRecords({ results: this.#results, cache, background, isOpen });
    const everything = {
      locator: this.#locator,
      live: this.#live,
      folders: () => this.#folders.paths(),
      analysis: {
        records,
        cache,
        background,
        // Below normal priority. One may wait for its reader while two are at work; more of them disturb each other.
        parallelism: Math.max(3, parallelism("editor", cpus().length)),
        annotated: withAllowances,
        log,
      },
    };
    registerCommands(
      connection,
      {
        fixAll: (target, token) => this.#fixes.fixAll(target, token),
        proveFix: (target, token) => this.#fixes.prove(target, token),
        ...benchmarkCommands,
        ...profileCommands,
        analyzePackage: (file, token) => this.#live.analyze(file, signalOf(token)),
        analyzeWorkspace: (signal, onProgress) => analyzeFolders(everything, signal, onProgress),
      },
      capabilities.workDoneProgress,
    );
  }

  /** Binds the events. */
  listen(): void {
    const connection = this.#connection;
    connection.onInitialized(
      () =>
        void registerClientEvents(connection, this.#capabilities, (event) => {
          this.#folders.change(event);
          this.#renew();
        }),
    );
    connection.onNotification(trustGrantedMethod, () => {
      this.#live.trust();
    });
    connection.onDidChangeConfiguration(({ settings }) => {
      this.#settings.changed(settings);
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
      const running = [this.#analyzer, this.#fixes, this.#boundsChecks, this.#leakPaths];
      await Promise.all([...running.map((each) => each.stop()), this.#background.settled()]);
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
      if (this.#results.edit(file, document.version, changes)) this.#presentation.publish(document.uri, file);
      void this.#live.edited(document.uri);
    });
    documents.onClose(({ document }) => {
      const file = goFilePath(document.uri);
      if (file === undefined) return;
      this.#results.close(file);
      this.#assertions.close(file);
      void this.#diagnostics.clear(document.uri);
      this.#fixes.closed();
      void this.#live.closed(document.uri, document.getText());
    });
  }

  /** What go was set up with has changed. */
  #renew(): void {
    this.#setups.clear();
    void this.#live.renew();
  }

  /** Sends the diagnostics of the open files (absolute paths) that are wanted. */
  #publish(isWanted: (file: string) => boolean): void {
    for (const { path: file, document } of this.#documents.goFiles())
      if (isWanted(file)) this.#presentation.publish(document.uri, file);
  }

  /** Go for a folder, to run what is in it. */
  async #trustedSetup(folder: string): Promise<GoSetup | undefined> {
    if (!this.#live.isTrusted) return undefined;
    const answer = await this.#locator.setUp(folder);
    return "setup" in answer ? answer.setup : undefined;
  }
}
