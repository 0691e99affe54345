/** The editor's analysis: one run per package, the newest wins, and what was good stays until something better is there. */
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Engine } from "../compiler/engine.js";
import type { GoProblem } from "../go/problems.js";
import { remember } from "../go/remember.js";
import type { DraftMemo } from "./draftMemo.js";
import { fileFlows } from "./fileFlows.js";
import type { AnalyzedFile, FunctionTable } from "./functionTable.js";
import type { PackageLocator } from "./packageLocator.js";
import type { EvidenceRequest } from "./packageFollowUp.js";
import { type Failure, PackageRun, type Success, type Trigger } from "./packageRun.js";
import { PackageState } from "./packageState.js";
import type { PackageStatus } from "./packageStatus.js";
import { LatestQueue } from "./queue.js";
import type { Results } from "./results.js";
import type { Site } from "./site.js";
import type { OpenFile, Snapshot } from "./snapshot.js";

export interface AnalyzerOptions {
  readonly results: Results;
  readonly functions: FunctionTable;
  readonly locator: PackageLocator;
  /** Contents of the editor's open files by absolute path. */
  openFiles(): ReadonlyMap<string, OpenFile>;
  readonly log: { info(message: string): void; warn(message: string): void };
  onStatus(status: PackageStatus): void;
  /** Sites of a file (absolute path) are there before the rest of its package. */
  onEarly(file: string): void;
  /** Sites with what the machine code says of them (evidence/packageEvidence.ts). Rejects with AbortError. */
  evidenceOf(request: EvidenceRequest, signal: AbortSignal): Promise<readonly Site[]>;
  /** The sites with what comments in the source say of them (assertions/allowances.ts). */
  annotated(sites: readonly Site[], texts: Snapshot["texts"]): readonly Site[];
  /** Sites are there, or more is known of them. */
  onFound(analyzed: AnalyzedPackage, engine: Engine): void;
  /** All is known of the sites. */
  onProven(analyzed: AnalyzedPackage, files: readonly AnalyzedFile[]): void;
  /** Checks the fixes of what is shown; resolves when that is done or the signal has fired. */
  verifyFixes(analyzed: AnalyzedPackage, signal: AbortSignal): Promise<void>;
  /** A text of the package in a folder (absolute path) has changed: what is still done for the older one may end. */
  onInterrupt(folder: string): void;
}

/** A finished analysis of a package, at the places of its snapshot's texts. */
export interface AnalyzedPackage {
  readonly snapshot: Snapshot;
  readonly sites: readonly Site[];
  /** Those of them that another compile would find again, without evidence; all of them unless given. */
  readonly compared?: readonly Site[];
  /** Minor of Go's version: 26 for go1.26.8. */
  readonly goMinor: number;
  /** What is remembered of the files' sites from one analysis to the next. */
  readonly memo?: DraftMemo;
}

/** How somebody wants a package to be analyzed. */
export interface AnalysisRequest {
  /** `other` unless given. */
  readonly trigger?: Trigger;
  /** Whoever waits for the evidence only does not wait for the fixes, which are checked all the same. */
  readonly awaited?: "evidence" | "verdicts";
  /** Ends this analysis, and no newer one. */
  readonly signal?: AbortSignal | undefined;
}

interface CurrentRun {
  readonly packageRun: PackageRun;
  readonly over: Promise<Failure | Success | undefined>;
}

/** How many packages are analysed at once: each run has its own compilers. */
const parallelPackages = 2;

/** Packages whose sites are kept by file and text, so that an edit costs one file: as many as somebody works in at once. */
const rememberedPackages = 12;

/** Milliseconds after which somebody has stopped typing, and is told that the code does not compile. */
const failurePause = 700;

export class Analyzer {
  readonly #options: AnalyzerOptions;
  readonly #queue = new LatestQueue<string>(parallelPackages);
  /** What follows, one package at a time, so that nobody's sites wait for somebody's evidence. */
  readonly #later = new LatestQueue<string>(1);
  /** Files whose flows are being found, and when that is over. */
  readonly #explaining = new Map<string, Promise<void>>();
  /** By folder, the one that was analysed last at the end. */
  readonly #states = new Map<string, PackageState>();
  /** By folder, the run that is under way, and its end. */
  readonly #runs = new Map<string, CurrentRun>();
  /** By folder, what ends the pause before a failure is shown. */
  readonly #waiting = new Map<string, () => void>();

  constructor(options: AnalyzerOptions) {
    this.#options = options;
  }

  /**
   * Analyses the package of a file; resolves when its results are there, it has failed, or a newer request overtook it.
   * That an edit does not compile is only shown after a pause, because half-written code never does; in a package that takes
   * too long, an edit is answered for its function alone. Returns why it came to nothing, else null.
   */
  async analyze(file: string, request: AnalysisRequest = {}): Promise<GoProblem | "canceled" | null> {
    const folder = path.dirname(file);
    const { trigger = "other", signal: canceled } = request;
    if (trigger === "edit" && this.#isSlow(folder)) {
      const packageRun = new PackageRun(this.#options, file, trigger, this.#state(folder));
      await this.#queue.run(excerptKey(folder), (signal) => packageRun.runExcerpt(signal));
      return null;
    }
    if (trigger === "save" && !(await this.#isDoneWith(folder))) return null;
    this.#stopWaiting(folder);
    const packageRun = new PackageRun(this.#options, file, trigger, this.#state(folder));
    void this.#later.cancel(folder);
    const running = this.#queue.run(
      folder,
      endedBy(canceled, (signal) => packageRun.run(signal)),
    );
    this.#runs.set(folder, { packageRun, over: running });
    const outcome = await running;
    const isLatest = this.#runs.get(folder)?.over === running;
    if (isLatest) this.#runs.delete(folder);
    if (outcome === undefined) return isLatest && canceled?.aborted === true ? "canceled" : null;
    if ("prove" in outcome) return await this.#followUp(folder, outcome, request);
    if (trigger === "edit") await this.#pause(folder, outcome.fail);
    else outcome.fail();
    return outcome.problem;
  }

  /** What comes behind the sites. */
  async #followUp(
    folder: string,
    { prove, verify }: Success,
    { awaited, signal: canceled }: AnalysisRequest,
  ): Promise<"canceled" | null> {
    const later = async <Result>(task: (signal: AbortSignal) => Promise<Result>) =>
      await this.#later.run(folder, endedBy(canceled, task));
    const isProven = await later(prove);
    // Fixes are checked when no other package waits for its evidence, which decides what is shown.
    const verified = isProven === true ? later(verify) : undefined;
    if (awaited !== "evidence") await verified;
    // Undefined: something newer came.
    return canceled?.aborted === true && isProven !== undefined ? "canceled" : null;
  }

  /**
   * Waits for a run that looks at the very texts that were saved now: what it finds need not be found again. False when
   * an edit or another request has ended it meanwhile, which sees to the rest.
   */
  async #isDoneWith(folder: string): Promise<boolean> {
    const current = this.#runs.get(folder);
    const patience = current?.packageRun.patienceFor(this.#options.openFiles()) ?? 0;
    if (current === undefined || patience === 0) return true;
    const limit = new AbortController();
    const late = delay(patience, "late", { signal: limit.signal }).catch(() => "late");
    const outcome = await Promise.race([current.over, late]);
    limit.abort();
    return outcome !== undefined;
  }

  /**
   * Ends the analysis of a file's package, because its text has changed meanwhile. In a package that takes too long, what
   * was asked for goes on: nobody would begin again before the next save.
   */
  interrupt(file: string): void {
    const folder = path.dirname(file);
    void this.#queue.cancel(excerptKey(folder));
    if (this.#isSlow(folder)) return;
    this.#stopWaiting(folder);
    void this.#queue.cancel(folder);
    void this.#later.cancel(folder);
    this.#options.onInterrupt(folder);
  }

  /**
   * Finds the flows of a file's sites where they were cut, in the background, once. Resolves when the analysis that is under
   * way, if any, and that are over: what is known of a file that was just opened may be from an analysis of the workspace,
   * which keeps no flows.
   */
  async explain(file: string): Promise<void> {
    await this.#runs.get(path.dirname(file))?.over;
    const finding = this.#explaining.get(file) ?? this.#findFlows(file);
    this.#explaining.set(file, finding);
    await finding;
    this.#explaining.delete(file);
  }

  /** Does not reject. */
  async #findFlows(file: string): Promise<void> {
    const { results, log } = this.#options;
    const { snapshot, located } = this.#states.get(path.dirname(file)) ?? {};
    if (snapshot === undefined || located === undefined || results.of(file)?.isExplained !== false) return;
    try {
      const find = (signal: AbortSignal) => fileFlows(file, snapshot, located.engine, signal);
      const sites = await this.#later.run(`${path.dirname(file)} flows`, find);
      const awaited = new Set(results.of(file)?.sites.map(({ id }) => id));
      if (sites !== undefined && sites.length > 0)
        results.put({ snapshot, files: [file], sites, awaited, isLater: true, isExplained: true });
    } catch (error) {
      log.warn(`The flows of ${file} were not found: ${String(error)}`);
    }
  }

  /** No file of a folder is open any more: what followed the sites of its package is told anew when one is. */
  leave(folder: string): void {
    const state = this.#states.get(folder);
    if (state !== undefined) state.isFollowed = false;
  }

  /** Whether a file's package was last compiled with the one in a folder (absolute path). */
  dependsOn(file: string, folder: string): boolean {
    const located = this.#states.get(path.dirname(file))?.located;
    return located?.package.variants.some((each) => located.engine.dependsOn(each, folder)) === true;
  }

  /** Whether the compiler takes too long for a folder's package to be run on all of it while somebody types. */
  #isSlow(folder: string): boolean {
    return this.#states.get(folder)?.isSlow === true;
  }

  /** What is remembered of a folder's package, which is now the last one to be forgotten. */
  #state(folder: string): PackageState {
    const state = this.#states.get(folder) ?? new PackageState();
    remember(this.#states, folder, state, rememberedPackages);
    return state;
  }

  /** Calls `then` after a pause, unless the package is analysed again before. */
  async #pause(folder: string, then: () => void): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(folder);
        then();
        resolve();
      }, failurePause);
      this.#waiting.set(folder, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #stopWaiting(folder: string): void {
    this.#waiting.get(folder)?.();
    this.#waiting.delete(folder);
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    for (const folder of [...this.#waiting.keys()]) this.#stopWaiting(folder);
    await Promise.all([this.#queue.cancel(), this.#later.cancel()]);
  }
}

/** What an excerpt of a folder's package has in the queue, beside the package itself. */
function excerptKey(folder: string): string {
  return `${folder} excerpt`;
}

/** The task with a signal that fires for whoever asked as well. */
function endedBy<Result>(
  canceled: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<Result>,
): (signal: AbortSignal) => Promise<Result> {
  return (signal) => task(canceled === undefined ? signal : AbortSignal.any([signal, canceled]));
}
