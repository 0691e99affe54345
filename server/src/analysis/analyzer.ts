/** The editor's analysis: one run per package, the newest wins, and what was good stays until something better is there. */
import path from "node:path";
import type { Engine } from "../compiler/engine.js";
import type { FunctionTable } from "./functionTable.js";
import type { PackageLocator } from "./packageLocator.js";
import { PackageRun, type Trigger } from "./packageRun.js";
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
  /** The results are there: what else can be found out about them is, before the analysis counts as over. */
  onAnalyzed(analyzed: AnalyzedPackage, engine: Engine, signal: AbortSignal): Promise<void>;
}

/** A finished analysis of a package, at the places of its snapshot's texts. */
export interface AnalyzedPackage {
  readonly snapshot: Snapshot;
  readonly sites: readonly Site[];
  /** Minor of Go's version: 26 for go1.26.8. */
  readonly goMinor: number;
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
  /** By folder, the one that was analysed last at the end. */
  readonly #states = new Map<string, PackageState>();
  /** By folder, what ends the pause before a failure is shown. */
  readonly #waiting = new Map<string, () => void>();

  constructor(options: AnalyzerOptions) {
    this.#options = options;
  }

  /**
   * Analyses the package of a file; resolves when its results are there, it has failed, or a newer request overtook it.
   * That an edit does not compile is only shown after a pause, because half-written code never does.
   */
  async analyze(file: string, trigger: Trigger = "other"): Promise<void> {
    const folder = path.dirname(file);
    this.#stopWaiting(folder);
    const state = this.#state(folder);
    const run = (signal: AbortSignal) => new PackageRun(this.#options, file, trigger, state).run(signal);
    const failure = await this.#queue.run(folder, run);
    if (failure === undefined) return;
    if (trigger === "edit")
      await this.#pause(folder, () => {
        failure.show();
      });
    else failure.show();
  }

  /** Ends the analysis of a file's package, because its text has changed meanwhile. */
  interrupt(file: string): void {
    const folder = path.dirname(file);
    this.#stopWaiting(folder);
    void this.#queue.cancel(folder);
  }

  /** Whether the compiler takes too long for a file's package to be run while somebody types. */
  isSlow(file: string): boolean {
    return this.#states.get(path.dirname(file))?.isSlow === true;
  }

  /** Whether a file's package was last compiled with the one in a folder (absolute path). */
  dependsOn(file: string, folder: string): boolean {
    const located = this.#states.get(path.dirname(file))?.located;
    return located?.package.variants.some((each) => located.engine.dependsOn(each, folder)) === true;
  }

  /** What is remembered of a folder's package, which is now the last one to be forgotten. */
  #state(folder: string): PackageState {
    const state = this.#states.get(folder) ?? new PackageState();
    this.#states.delete(folder);
    this.#states.set(folder, state);
    const oldest = this.#states.keys().next();
    if (this.#states.size > rememberedPackages && oldest.done !== true) this.#states.delete(oldest.value);
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
    await this.#queue.cancel();
  }
}
