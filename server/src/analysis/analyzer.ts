/** The editor's analysis: one run per package, the newest wins, and what was good stays until something better is there. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { GoPackage } from "../go/packages.js";
import { classify, generalProblem, type GoProblem } from "../go/problems.js";
import type { StatusPhase } from "../protocol.js";
import { analyzePackages, type PackageAnalysis } from "./analyzePackages.js";
import type { Engine } from "../compiler/engine.js";
import type { LocatedPackage, PackageLocator } from "./packageLocator.js";
import type { PackageStatus } from "./packageStatus.js";
import { LatestQueue } from "./queue.js";
import type { Results } from "./results.js";
import type { Site } from "./site.js";
import { type OpenFile, type Snapshot, takeSnapshot } from "./snapshot.js";

export interface AnalyzerOptions {
  readonly results: Results;
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

/** What the analysis of a folder came to. */
export interface FolderSummary {
  readonly packages: number;
  /** Those that do not compile. */
  readonly failed: number;
  readonly sites: number;
}

/** How many packages are analysed at once: each run has its own compilers. */
const parallelPackages = 2;

export class Analyzer {
  readonly #options: AnalyzerOptions;
  readonly #queue = new LatestQueue<string>(parallelPackages);

  constructor(options: AnalyzerOptions) {
    this.#options = options;
  }

  /** Analyses the package of a file; resolves when its results are there, it has failed, or a newer request overtook it. */
  async analyze(file: string): Promise<void> {
    await this.#queue.run(path.dirname(file), (signal) => new Run(this.#options, file).run(signal));
  }

  /** Analyses all packages of a workspace folder, open or not, in one run; says what was found, or why nothing was. */
  async analyzeAll(
    folder: string,
    signal: AbortSignal,
  ): Promise<FolderSummary | { readonly problem: GoProblem }> {
    const located = await this.#options.locator.locateAll(folder, signal);
    if ("problem" in located) return located;
    const open = this.#options.openFiles();
    const snapshots = new Map<GoPackage, Snapshot>();
    for (const each of located.packages) snapshots.set(each, await takeSnapshot(each, open, readText));
    const texts = new Map([...snapshots.values()].flatMap((snapshot) => [...snapshot.texts]));
    const overlays = new Map([...snapshots.values()].flatMap((snapshot) => [...snapshot.overlays]));
    const input = {
      engine: located.engine,
      overlays,
      textOf: (file: string) => Promise.resolve(texts.get(file)),
    };
    const { packages } = await analyzePackages(located.packages, input, signal);
    for (const { package: each, sites, failed } of packages) {
      const snapshot = snapshots.get(each);
      if (snapshot === undefined) continue;
      const files = [...snapshot.files.keys()].filter((file) => !failed.includes(file));
      this.#options.results.put({ snapshot, files, sites });
    }
    const sites = packages.reduce((sum, each) => sum + each.sites.length, 0);
    return {
      packages: packages.length,
      failed: packages.filter((each) => each.error !== null).length,
      sites,
    };
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    await this.#queue.cancel();
  }
}

/** One analysis of one package. */
class Run {
  readonly #options: AnalyzerOptions;
  readonly #file: string;
  readonly #started = performance.now();
  #located: LocatedPackage | undefined;

  constructor(options: AnalyzerOptions, file: string) {
    this.#options = options;
    this.#file = file;
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#report({ phase: "working", problem: null });
    try {
      const outcome = await this.#options.locator.locate(this.#file, signal);
      if (signal.aborted) return;
      if ("problem" in outcome) this.#fail(outcome.problem);
      else await this.#analyze(outcome, signal);
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#options.log.warn(`Analysis of ${this.#file} failed: ${message}`);
      this.#fail(generalProblem("go-failed", message));
    }
  }

  async #analyze(located: LocatedPackage, signal: AbortSignal): Promise<void> {
    this.#located = located;
    const snapshot = await takeSnapshot(located.package, this.#options.openFiles(), readText);
    const input = {
      engine: located.engine,
      overlays: snapshot.overlays,
      textOf: (file: string) => Promise.resolve(snapshot.texts.get(file)),
    };
    const { packages, unknownLines } = await analyzePackages([located.package], input, signal);
    if (signal.aborted) return;
    for (const line of unknownLines.slice(0, 5))
      this.#options.log.warn(`No rule knows this line of the compiler: ${line}`);
    const [analysis] = packages;
    if (analysis === undefined) return;
    this.#publish(snapshot, analysis);
    if (analysis.error === null) {
      const analyzed = { snapshot, sites: analysis.sites, goMinor: located.goMinor };
      await this.#options.onAnalyzed(analyzed, located.engine, signal);
      signal.throwIfAborted();
      this.#report({ phase: "idle", problem: null });
      return;
    }
    const problem = compileProblem(analysis.error);
    this.#options.results.markStale(analysis.failed, problem);
    this.#report({ phase: "idle", problem });
  }

  #publish(snapshot: Snapshot, analysis: PackageAnalysis): void {
    const failed = new Set(analysis.failed);
    const files = [...snapshot.files.keys()].filter((file) => !failed.has(file));
    this.#options.results.put({ snapshot, files, sites: analysis.sites });
    if (analysis.error === null) this.#report({ phase: "sites", problem: null });
  }

  #fail(problem: GoProblem): void {
    this.#options.results.markStale(this.#files(), problem);
    this.#report({ phase: "idle", problem });
  }

  #files(): readonly string[] {
    const files = this.#located?.package.variants.flatMap((variant) => variant.files) ?? [];
    return [...new Set([...files, this.#file])];
  }

  #report({ phase, problem }: { phase: StatusPhase; problem: GoProblem | null }): void {
    const isDone = phase === "sites" || (phase === "idle" && problem === null);
    const progress = {
      phase,
      go: this.#located?.go ?? null,
      target: this.#located?.target ?? null,
      pgo: this.#located?.pgo ?? null,
      package: this.#located?.package.importPath ?? null,
      finishedAt: isDone ? Date.now() : null,
      milliseconds: isDone ? Math.round(performance.now() - this.#started) : null,
    };
    this.#options.onStatus({ progress, file: this.#file, files: this.#files(), problem });
  }
}

/** What the go command says of a package without the lines that only name packages. */
function compileProblem(words: string): GoProblem {
  const lines = words.split("\n").filter((line) => line !== "" && !line.startsWith("# "));
  return generalProblem(classify(words) ?? "does-not-compile", lines.join("\n"));
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8");
}
