/** One analysis of one package: from a file in the editor to its sites, in steps that are published as they come. */
import type { Engine } from "../compiler/engine.js";
import { filesOf, type GoPackage, type PackageVariant } from "../go/packages.js";
import { compileProblem, generalProblem, type GoProblem } from "../go/problems.js";
import type { StatusPhase } from "../protocol.js";
import type { AnalyzerOptions } from "./analyzer.js";
import type { Excerpt } from "./excerpt.js";
import { type ExcerptFound, type RunningExcerpt, startExcerpt } from "./excerptSites.js";
import { type FoundPart, PackageFollowUp } from "./packageFollowUp.js";
import type { LocatedPackage } from "./packageLocator.js";
import type { PackageAnalysis } from "./packageSites.js";
import { type PackageState, partsOf } from "./packageState.js";
import { type PackageStep, packageSteps } from "./packageSteps.js";
import { readText } from "./readText.js";
import type { Site } from "./site.js";
import { type OpenFile, type Snapshot, takeSnapshot } from "./snapshot.js";

/** Milliseconds without an edit before the rest is found out, which costs several times what the sites do. */
const typingPause = 500;

/** The same where a site of the edited file is not shown before. */
const awaitingPause = 200;

/** Milliseconds before an analysis says that it is at work, so that nothing is sent before the compiler is started. */
const announcementPause = 20;

/**
 * What an analysis was asked for by. An edit is not saved: external tests that it does not touch can wait. A save of a text
 * that is being compiled is no reason to begin again.
 */
export type Trigger = "edit" | "save" | "other";

/** Why an analysis came to nothing, and a way to show that. */
export interface Failure {
  readonly problem: GoProblem;
  /** Marks what is known as outdated, and says so. */
  readonly fail: () => void;
}

/** What is left to find out when the sites are there: neither rejects, nor does anything more once the signal has fired. */
export interface Success {
  /** What allocates. True when it is over. */
  readonly prove: (signal: AbortSignal) => Promise<boolean>;
  /** Which fixes hold, after that. */
  readonly verify: (signal: AbortSignal) => Promise<void>;
}

/** How far an analysis is; `files`: all of the package unless given. */
interface Report {
  readonly phase: StatusPhase;
  readonly problem: GoProblem | null;
  readonly files?: readonly string[];
}

export class PackageRun {
  readonly #options: AnalyzerOptions;
  readonly #file: string;
  readonly #trigger: Trigger;
  readonly #state: PackageState;
  readonly #started = performance.now();
  /** Files that have had a step, and the ids of the sites that came with it. */
  readonly #published = new Set<string>();
  readonly #early = new Set<string>();
  readonly #versions = new Map<string, number>();
  #located: LocatedPackage | undefined;
  #snapshot: Snapshot | undefined;
  #isAnnounced = false;
  /** Prepares excerpts of later texts. */
  #learn: ((signal: AbortSignal) => Promise<void>) | undefined;

  constructor(options: AnalyzerOptions, file: string, trigger: Trigger, state: PackageState) {
    this.#options = options;
    this.#file = file;
    this.#trigger = trigger;
    this.#state = state;
  }

  /**
   * How many milliseconds more the results of this run may be waited for, by somebody who wants those of these texts: 0
   * where it looks at others, or has taken much longer than runs of this package do.
   */
  patienceFor(open: ReadonlyMap<string, OpenFile>): number {
    const files = this.#snapshot?.files;
    if (files === undefined) return 0;
    for (const [file, { version }] of open) {
      const seen = files.get(file);
      if (seen !== undefined && seen.version !== version) return 0;
    }
    return Math.max(0, this.#started + this.#state.patience - performance.now());
  }

  /** Undefined when the signal fired. Does not reject. */
  async run(signal: AbortSignal): Promise<Failure | Success | undefined> {
    const announcement = setTimeout(() => {
      this.#announce();
    }, announcementPause);
    try {
      const outcome = await this.#options.locator.locate(this.#file, signal);
      if (signal.aborted) return undefined;
      if ("problem" in outcome) return this.#failure(outcome.problem, this.#files());
      this.#located = outcome;
      this.#state.located = outcome;
      return await this.#analyze(outcome, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      const message = error instanceof Error ? error.message : String(error);
      this.#options.log.warn(`Analysis of ${this.#file} failed: ${message}`);
      return this.#failure(generalProblem("go-failed", message), this.#files());
    } finally {
      clearTimeout(announcement);
    }
  }

  /** Shows the sites of the function that was edited, where they can be had from an excerpt. Does not reject. */
  async runExcerpt(signal: AbortSignal): Promise<void> {
    const options = this.#options;
    try {
      const located = await options.locator.locate(this.#file, signal);
      if ("problem" in located || signal.aborted) return;
      const snapshot = await takeSnapshot(
        located.package,
        options.openFiles(),
        readText,
        this.#state.snapshot,
      );
      for (const part of partsOf(located.package))
        await this.#startExcerpt(part, snapshot, located.engine, signal)?.shown;
    } catch (error) {
      if (!signal.aborted) options.log.warn(`No excerpt of ${this.#file}: ${String(error)}`);
    }
  }

  async #analyze(located: LocatedPackage, signal: AbortSignal): Promise<Failure | Success | undefined> {
    const open = this.#options.openFiles();
    const snapshot = await takeSnapshot(located.package, open, readText, this.#state.snapshot);
    this.#snapshot = snapshot;
    for (const [file, { version }] of snapshot.files) if (version !== null) this.#versions.set(file, version);
    const found: FoundPart[] = [];
    const parts = partsOf(located.package);
    for (const [index, part] of parts.entries()) {
      const known = await this.#known(part, snapshot, located.engine, signal);
      if (known !== undefined) {
        found.push({ part, sites: known, files: this.#state.files.get(part.importPath) ?? [] });
        continue;
      }
      this.#state.startOver(part);
      const analysis = await this.#analyzePart(part, snapshot, located.engine, signal);
      if (signal.aborted || analysis === undefined) return undefined;
      if (analysis.error !== null) {
        this.#state.failed(part);
        // What is tested does not compile: its external tests cannot.
        const behind = parts.slice(index + 1).flatMap(({ variants }) => filesOf(variants));
        return this.#failure(compileProblem(analysis.error), [...analysis.failed, ...behind]);
      }
      this.#state.files.set(part.importPath, analysis.files);
      found.push({ part, sites: analysis.sites, files: analysis.files });
    }
    this.#state.snapshot = snapshot;
    this.#report({ phase: "sites", problem: null });
    const report = (phase: StatusPhase) => {
      this.#report({ phase, problem: null });
    };
    const input = { located, snapshot, found, early: this.#early, state: this.#state, report };
    const followUp = new PackageFollowUp(this.#options, input);
    followUp.announce();
    return {
      prove: async (later) => {
        await this.#learn?.(later).catch(() => undefined);
        return await followUp.prove(this.#pause(), later);
      },
      verify: (later) => followUp.verify(later),
    };
  }

  #pause(): number {
    if (this.#trigger !== "edit") return 0;
    const sites = this.#options.results.of(this.#file)?.sites ?? [];
    return sites.some(({ awaitsEvidence }) => awaitsEvidence === true) ? awaitingPause : typingPause;
  }

  /** The sites of a part that need not be found again, as long as they are all on screen. */
  async #known(
    part: GoPackage,
    snapshot: Snapshot,
    engine: Engine,
    signal: AbortSignal,
  ): Promise<readonly Site[] | undefined> {
    const isExternal = part.variants.every(({ forTest }) => forTest !== null && forTest !== part.importPath);
    const isWhole = filesOf(part.variants).every((file) => {
      const result = this.#options.results.of(file);
      return result?.isWhole === true && result.stale === undefined;
    });
    if (!isWhole) return undefined;
    if (isExternal && this.#trigger === "edit") {
      const known = this.#state.sameFiles(part, snapshot);
      if (known !== undefined) return known;
    }
    return this.#state.same(part, snapshot, await engine.keyOf(part.variants, snapshot.overlays, signal));
  }

  /** Undefined when the signal fired. */
  async #analyzePart(
    part: GoPackage,
    snapshot: Snapshot,
    engine: Engine,
    signal: AbortSignal,
  ): Promise<PackageAnalysis | undefined> {
    // Asked before the compile: what changes meanwhile must not be missed.
    const key = await engine.keyOf(part.variants, snapshot.overlays, signal);
    const begun = performance.now();
    const input = {
      engine,
      overlays: snapshot.overlays,
      textOf: (file: string) => Promise.resolve(snapshot.texts.get(file)),
      memo: this.#state.memo,
      bases: snapshot.package.variants,
      first: this.#file,
    };
    const excerpt = this.#startExcerpt(part, snapshot, engine, signal);
    let time = 0;
    try {
      for await (const step of packageSteps(part, input, signal)) {
        if (signal.aborted) return undefined;
        excerpt?.stop();
        if (step.analysis.error === null && this.#published.size === 0) {
          time = step.judgedAt - begun;
          this.#state.timed(time);
        }
        this.#publish(part, snapshot, step);
        if (!step.isLast) continue;
        for (const line of step.unknownLines.slice(0, 5))
          this.#options.log.warn(`No rule knows this line of the compiler: ${line}`);
        if (step.analysis.error !== null) return step.analysis;
        this.#state.wentWell(part, snapshot, key, step.analysis.sites);
        const reason = await excerpt?.shown;
        if (reason !== undefined && this.#state.excerpts.failed(reason))
          this.#options.log.warn(`An excerpt of ${part.importPath} did not compile: ${reason}`);
        const variant = this.#variantOf(part);
        const { summaries } = step;
        if (variant !== undefined && summaries !== undefined && time > 0)
          this.#learn = (later) =>
            this.#state.excerpts.learn(variant, snapshot.texts, { summaries, time }, later);
        return step.analysis;
      }
      return undefined;
    } finally {
      excerpt?.stop();
    }
  }

  /** The variant that is compiled first. */
  #variantOf({ variants }: GoPackage): PackageVariant | undefined {
    return variants.find(({ files }) => files.includes(this.#file));
  }

  /** Begins to look for the sites of the function that was edited, which are shown as soon as they are there. */
  #startExcerpt(
    part: GoPackage,
    snapshot: Snapshot,
    engine: Engine,
    signal: AbortSignal,
  ): RunningExcerpt | undefined {
    const variant = this.#variantOf(part);
    if (variant === undefined || this.#trigger === "other") return undefined;
    const excerpt = this.#state.excerpts.of(variant, snapshot.texts);
    if (excerpt === undefined) return undefined;
    const show = (found: ExcerptFound) => {
      this.#publishExcerpt(part, snapshot, excerpt, found);
    };
    return startExcerpt(excerpt, { engine, variant, snapshot, show }, signal);
  }

  #publishExcerpt(part: GoPackage, snapshot: Snapshot, excerpt: Excerpt, found: ExcerptFound): void {
    const { file, firstLine, lastLine } = excerpt;
    const known = this.#state.evidence.recall(found.sites, performance.now());
    const sites = this.#options.annotated(known, snapshot.texts);
    const awaited = found.isInlined ? "all" : (this.#state.late.get(part.importPath) ?? new Set());
    const lines = { firstLine: firstLine - 1, lastLine: lastLine - 1 };
    this.#options.results.putLines({ snapshot, file, ...lines, sites, awaited });
    this.#options.onEarly(file);
  }

  #publish(part: GoPackage, snapshot: Snapshot, step: PackageStep): void {
    const { analysis, files: all, isLast, isExplained } = step;
    const { results, functions } = this.#options;
    const awaited = this.#state.late.get(part.importPath) ?? new Set();
    const failed = new Set(analysis.failed);
    const files = all.filter((file) => !failed.has(file) && snapshot.files.has(file));
    const first = files.filter((file) => !this.#published.has(file));
    const later = files.filter((file) => this.#published.has(file));
    const known = this.#state.evidence.recall(analysis.sites, performance.now());
    const sites = this.#options.annotated(known, snapshot.texts);
    if (first.length > 0) results.put({ snapshot, files: first, sites, awaited, isExplained });
    if (later.length > 0) results.put({ snapshot, files: later, sites, awaited, isExplained, isLater: true });
    for (const each of analysis.files) {
      const version = snapshot.files.get(each.file)?.version ?? null;
      functions.put(each, results.changesSince(each.file, version));
    }
    for (const { id, file } of sites) if (!this.#published.has(file)) this.#early.add(id);
    for (const file of files) this.#published.add(file);
    if (analysis.error === null && !isLast) this.#report({ phase: "sites", problem: null, files });
  }

  #failure(problem: GoProblem, files: readonly string[]): Failure {
    return {
      problem,
      fail: () => {
        this.#options.results.markStale(files, problem);
        this.#report({ phase: "idle", problem });
      },
    };
  }

  #files(): readonly string[] {
    const files = this.#located?.package.variants.flatMap((variant) => variant.files) ?? [];
    return [...new Set([...files, this.#file])];
  }

  #report(what: Report): void {
    this.#announce();
    this.#send(what);
  }

  /** Says that the analysis is at work, once and before anything else. */
  #announce(): void {
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    this.#send({ phase: "working", problem: null });
  }

  #send(what: Report): void {
    const { phase, problem, files = this.#files() } = what;
    const isDone = phase !== "working" && problem === null;
    const progress = {
      phase,
      go: this.#located?.go ?? null,
      target: this.#located?.target ?? null,
      pgo: this.#located?.pgo ?? null,
      package: this.#located?.package.importPath ?? null,
      finishedAt: isDone ? Date.now() : null,
      milliseconds: isDone ? Math.round(performance.now() - this.#started) : null,
    };
    const dropped = this.#located?.dropped ?? [];
    this.#options.onStatus({ progress, file: this.#file, files, problem, dropped, versions: this.#versions });
  }
}
