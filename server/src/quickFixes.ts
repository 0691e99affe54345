/** Wiring of the quick fixes: from finished analyses to verified offers, ready before somebody asks. */
import { cpus } from "node:os";
import path from "node:path";
import type {
  CancellationToken,
  CodeAction,
  Connection,
  InitializeParams,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import type { AnalyzedPackage } from "./analysis/analyzer.js";
import { OpenPackages } from "./analysis/openPackages.js";
import { type Basis, recompileWith } from "./analysis/recompile.js";
import type { Results } from "./analysis/results.js";
import { severityOf, type SeverityRules } from "./analysis/severity.js";
import { unlessAborted } from "./analysis/unlessAborted.js";
import { Verdicts } from "./analysis/verdicts.js";
import type { Snapshot } from "./analysis/snapshot.js";
import type { Engine } from "./compiler/engine.js";
import type { Capabilities } from "./capabilities.js";
import { type Documents, fileUri } from "./documents.js";
import { type ChosenFix, ChosenFixes } from "./features/chosenFix.js";
import { readCodeActionCapabilities } from "./features/codeActionCapabilities.js";
import { currentAnalysis, isCurrent, registerCodeActions } from "./features/codeActions.js";
import { FixAllRequests } from "./features/fixAll.js";
import { readFixAllTarget, readFixTarget } from "./features/fixTargets.js";
import { presentPackage } from "./features/presentPackage.js";
import type { Format } from "./fixes/formattedEdit.js";
import { FixOffers } from "./fixes/offers.js";
import { parallelism } from "./go/buildPlan.js";
import { formattedAsBefore } from "./go/gofmt.js";
import type { FixTarget } from "./protocol.js";
import type { GoSetup } from "./go/goSetup.js";

interface QuickFixOptions {
  readonly documents: Documents;
  readonly capabilities: Capabilities;
  readonly params: InitializeParams;
  readonly results: Pick<Results, "of">;
  rulesOf(uri: string): Promise<SeverityRules>;
  /** Analyzes the package of a file now; resolves when that is over. */
  analyze(file: string): Promise<void>;
  /** How go is set up for a folder (absolute path); undefined where it is not, or nothing may be run. */
  setupOf(folder: string): Promise<GoSetup | undefined>;
}

/** Milliseconds that a request waits for the analysis of a text that was just typed. */
const analysisLimit = 15_000;

/** Milliseconds that gofmt gets for a file. */
const formatLimit = 10_000;

/**
 * UTF-16 units of a file above which its fixes are checked when somebody asks, not before: each check reads the whole file
 * anew, on the thread that answers requests. Files of this size are generated.
 */
const uncheckedSize = 1_000_000;

/** As many sites have their fixes checked before somebody asks: what nobody can look through costs hours of compiling. */
const checkedSites = 500;

export class QuickFixes {
  readonly #options: QuickFixOptions;
  readonly #verdicts: Verdicts;
  readonly #offers: FixOffers;
  /** Nobody can ask for fixes of others. */
  readonly #analyzed: OpenPackages;
  readonly #bases = new WeakMap<Snapshot, Basis>();
  readonly #fixAll: FixAllRequests;
  readonly #chosen: ChosenFixes;
  /** Told when an analysis has found something. */
  readonly #waiting = new Set<() => void>();

  constructor(connection: Connection, options: QuickFixOptions) {
    this.#options = options;
    this.#analyzed = new OpenPackages(() => options.documents.goFiles().map(({ path }) => path));
    const recompile = recompileWith((snapshot) => this.#basisOf(snapshot));
    this.#verdicts = new Verdicts({ recompile, limit: parallelism("editor", cpus().length) });
    const format: Format = async (file, before, after) => {
      const setup = await options.setupOf(path.dirname(file));
      return setup === undefined
        ? after
        : await formattedAsBefore(before, after, setup, AbortSignal.timeout(formatLimit));
    };
    this.#offers = new FixOffers(this.#verdicts, format);
    const { capabilities } = options;
    const shared = {
      documents: options.documents,
      capabilities: readCodeActionCapabilities(options.params.capabilities),
      offers: this.#offers,
      showsProgress: capabilities.workDoneProgress,
      current: (file: string, signal: AbortSignal) => this.#awaitCurrent(file, signal),
    };
    this.#fixAll = new FixAllRequests(connection, {
      ...shared,
      format,
      recompileFor: ({ snapshot }) => {
        const basis = this.#basisOf(snapshot);
        return recompileWith(() => basis);
      },
      isCurrent: (file, analyzed) => isCurrent(file, analyzed, options.documents),
      rulesOf: (uri) => options.rulesOf(uri),
    });
    this.#chosen = new ChosenFixes(connection, {
      ...shared,
      showsDocuments: capabilities.showsDocuments,
      setupOf: (folder) => options.setupOf(folder),
    });
    registerCodeActions(connection, {
      ...shared,
      analyzedOf: (file) => this.#analyzed.of(file),
      presentOf: (file) => {
        const before = this.#analyzed.of(file);
        return before === undefined ? undefined : presentPackage(file, before, options);
      },
      onError: (error) => {
        connection.console.warn(`A fix could not be verified: ${String(error)}`);
      },
      resolve: (action, token) => this.#resolve(action, token),
    });
  }

  /** Takes what an analysis found: fixes can be asked for. */
  take(analyzed: AnalyzedPackage, engine: Engine): void {
    this.#bases.set(analyzed.snapshot, { engine, memo: analyzed.memo });
    this.#analyzed.put(analyzed);
    for (const tell of this.#waiting) tell();
  }

  /** A document was closed: what was found about packages without an open one is let go. */
  closed(): void {
    this.#analyzed.prune();
  }

  /** Fixes all that the argument of the command names. Rejects where it is not a FixAllTarget. */
  async fixAll(argument: unknown, token: CancellationToken): Promise<void> {
    const target = readFixAllTarget(argument);
    if (target === undefined) throw new Error("fixAll needs a file or package, and a kind or null.");
    await this.#fixAll.apply(target, token);
  }

  /** Tries the fix that the argument of the command names. Rejects where it is not a FixTarget. */
  async prove(argument: unknown, token: CancellationToken): Promise<void> {
    const target = readFixTarget(argument);
    if (target === undefined) throw new Error("proveFix needs a file, a site, a fix and its title.");
    await this.#chosen.prove(target, token);
  }

  /** A fix that a person chose, checked now; undefined where it does not hold, which they are told. */
  async chosen(target: FixTarget, signal: AbortSignal): Promise<ChosenFix | undefined> {
    return await this.#chosen.find(target, signal);
  }

  /** Verifies the fixes of what is shown in open files that are not very large; resolves when that is done. */
  async verify(analyzed: AnalyzedPackage, signal: AbortSignal): Promise<void> {
    const open = new Set(this.#options.documents.goFiles().map(({ path }) => path));
    const shown = [];
    for (const site of analyzed.sites) {
      const size = analyzed.snapshot.texts.get(site.file)?.text.length ?? 0;
      if (!open.has(site.file) || size > uncheckedSize) continue;
      const rules = await this.#options.rulesOf(fileUri(site.file));
      if (severityOf(site, rules) !== "off") shown.push(site);
    }
    await this.#offers.prepare(shown.slice(0, checkedSites), analyzed, signal);
  }

  /** A text of the package in a folder (absolute path) has changed: nothing more is checked of the older one. */
  interrupt(folder: string): void {
    this.#verdicts.interrupt(folder);
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    await this.#verdicts.stop();
  }

  async #resolve(action: CodeAction, token: CancellationToken): Promise<CodeAction> {
    const all = readFixAllTarget(action.data);
    const one = readFixTarget(action.data);
    let edit: WorkspaceEdit | undefined;
    if (all !== undefined) edit = await this.#fixAll.edit(all, token);
    else if (one !== undefined) edit = await this.#chosen.edit(one, token);
    return edit === undefined ? action : { ...action, edit };
  }

  /** The analysis of the present text, waited for a while where there is none yet. */
  async #awaitCurrent(file: string, signal: AbortSignal): Promise<AnalyzedPackage | undefined> {
    const { documents } = this.#options;
    const current = () => currentAnalysis(file, { analyzedOf: (each) => this.#analyzed.of(each), documents });
    if (current() !== undefined) return current();
    let check: () => void = () => undefined;
    const found = new Promise<void>((resolve) => {
      check = () => {
        if (current() !== undefined) resolve();
      };
      this.#waiting.add(check);
    });
    const over = Promise.race([found, this.#options.analyze(file)]);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(analysisLimit)]);
    await unlessAborted(over, limit).catch(() => undefined);
    this.#waiting.delete(check);
    signal.throwIfAborted();
    return current();
  }

  #basisOf(snapshot: Snapshot): Basis {
    const basis = this.#bases.get(snapshot);
    if (basis === undefined) throw new Error("The snapshot was not analysed here.");
    return basis;
  }
}
