/**
 * Analyzes all packages below a folder in the background: first the packages themselves, as a build would compile them,
 * then their tests; and nothing where all is as it was when that was last done.
 */
import { readFileSync } from "node:fs";
import { BatchEngine } from "../compiler/batchEngine.js";
import { DirectEngine } from "../compiler/directEngine.js";
import type { Engine } from "../compiler/engine.js";
import { buildStampSteps } from "../go/buildStamp.js";
import { buildVariables } from "../go/buildVariables.js";
import { toolKey, findCompileTool } from "../go/compileTool.js";
import type { GoSetup } from "../go/goSetup.js";
import { type DirectBuild, planSource } from "../go/listedBuild.js";
import { moduleRoots } from "../go/moduleRoots.js";
import { filesOf, type GoPackage } from "../go/packages.js";
import { type GoProblem, isAboutSources } from "../go/problems.js";
import { hashOf } from "../go/projectStamp.js";
import { listWorkspace, listWorkspaceTests, type WorkspaceListing } from "../go/workspaceListing.js";
import type { Background } from "./background.js";
import { DeferredCache } from "./deferredCache.js";
import { DraftMemo } from "./draftMemo.js";
import {
  type FolderRecords,
  type FolderSummary,
  type FoundPackage,
  hasFailed,
  type Placed,
} from "./folderRecords.js";
import { inParallel } from "./inParallel.js";
import { inTurns } from "./inTurns.js";
import { LightSites } from "./lightSites.js";
import type { ResultCache } from "./resultCache.js";
import { identified } from "./siteId.js";
import type { Site } from "./site.js";
import { type ReadFile, type Snapshot, takeSnapshot } from "./snapshot.js";
import { joinVariants, type VariantSites, variantSites } from "./variantSites.js";

export interface WorkspaceOptions {
  readonly records: FolderRecords;
  readonly cache: ResultCache;
  readonly background: Background;
  /** How many packages are analyzed, and how many compilers run, at once. */
  readonly parallelism: number;
  /** The sites with what comments in the source say of them (assertions/allowances.ts). */
  annotated(sites: readonly Site[], texts: Snapshot["texts"]): readonly Site[];
  log(message: string): void;
}

/** Told after each package: how many are done of how many. */
export type OnProgress = (done: number, all: number, importPath: string) => void;

/** One analysis of one folder, with the setup of go for it. */
export class WorkspaceAnalysis {
  readonly #options: WorkspaceOptions;
  readonly #setup: GoSetup;
  readonly #onProgress: OnProgress;
  readonly #cache: DeferredCache;
  readonly #light = new LightSites();
  readonly #found = new Map<string, FoundPackage>();
  readonly #placed: Placed = new Map();
  readonly #builds: DirectBuild[] = [];
  /** Of the sources' bytes, by absolute path. */
  readonly #hashes = new Map<string, string>();
  readonly #problems: GoProblem[] = [];
  #done = 0;
  #all = 0;

  constructor(options: WorkspaceOptions, setup: GoSetup, onProgress: OnProgress) {
    this.#options = options;
    this.#cache = new DeferredCache(options.cache);
    this.#setup = setup;
    this.#onProgress = onProgress;
  }

  /** What was found in a folder (absolute path), or why nothing was. Rejects with GoCommandError and AbortError. */
  async run(folder: string, signal: AbortSignal): Promise<FolderSummary | { readonly problem: GoProblem }> {
    const { records, background } = this.#options;
    const since = Date.now();
    const key = recordKey(folder, this.#setup);
    const known = await records.recall(folder, key, signal);
    if (known !== undefined) return known;
    const roots = await moduleRoots(folder, this.#setup, signal);
    try {
      for (const root of roots) await this.#analyzeRoot(root, signal);
    } finally {
      // Also of what is ended: what was found need not be compiled again.
      background.add(() => this.#cache.flush());
    }
    const packages = [...this.#found.values()];
    const [problem] = this.#problems;
    if (packages.length === 0 && problem !== undefined) return { problem };
    const sites = packages.reduce((sum, each) => sum + each.sites.length, 0);
    const summary = { packages: packages.length, failed: packages.filter(hasFailed).length, sites };
    if (!this.#canLast(packages)) return summary;
    records.finish(folder, packages, this.#placed);
    const builds = { setup: this.#setup, roots, builds: this.#builds, hashes: this.#hashes };
    const findStamp = () => inTurns(buildStampSteps({ ...builds, folder, patterns: ["./..."], since }));
    records.keep(key, { summary, packages, findStamp }, this.#placed);
    return summary;
  }

  async #analyzeRoot(root: string, signal: AbortSignal): Promise<void> {
    const { go, env } = this.#setup;
    const [tool, plain] = await Promise.all([
      findCompileTool(go, root, env, signal),
      listWorkspace(this.#setup, root, signal),
    ]);
    this.#problems.push(...plain.problems);
    const listings: WorkspaceListing[] = [];
    // Go is asked about the tests while the compiler is at the packages.
    const tasks = [
      () => this.#analyze({ listing: plain, tool }, signal),
      async () => {
        if (!plain.hasTests) return;
        listings.push(await listWorkspaceTests(this.#setup, root, plain, signal));
      },
    ];
    await inParallel(tasks, tasks.length, (task) => task());
    for (const tests of listings) await this.#analyze({ listing: withTests(tests), tool }, signal);
  }

  async #analyze(build: DirectBuild, signal: AbortSignal): Promise<void> {
    const { go, env, flags, info } = this.#setup;
    const { parallelism, log } = { ...this.#options, log: this.#log };
    const { listing, tool } = build;
    this.#builds.push(build);
    const fallback = new BatchEngine({ go, env, flags, parallelism });
    const engine = new DirectEngine({ plans: planSource(build), fallback, log });
    const salt = `${info.versionText} ${toolKey(tool)}`;
    this.#all += listing.packages.length;
    await inParallel(listing.packages, parallelism, async (goPackage) => {
      signal.throwIfAborted();
      await this.#analyzePackage(goPackage, engine, salt, signal);
      this.#onProgress(++this.#done, this.#all, goPackage.importPath);
    });
  }

  async #analyzePackage(
    goPackage: GoPackage,
    engine: Engine,
    salt: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { importPath, dir } = goPackage;
    const snapshot = await takeSnapshot(goPackage, new Map(), this.#read);
    const memo = goPackage.variants.length > 1 ? new DraftMemo() : undefined;
    const input = { engine, cache: this.#cache, salt, memo, snapshot };
    const all: VariantSites[] = [];
    for (const variant of goPackage.variants) all.push(await variantSites(goPackage, variant, input, signal));
    const annotated = this.#options.annotated(identified(joinVariants(all)), snapshot.texts);
    const files = filesOf(all.filter(({ error }) => error === null).map(({ variant }) => variant));
    const errors = all.flatMap(({ error }) => (error === null ? [] : [error]));
    const found = { importPath, dir, files, errors, sites: this.#light.of(annotated) };
    this.#found.set(importPath, found);
    this.#options.records.place(found, this.#placed);
  }

  /** What is wrong elsewhere than in the sources may be mended anywhere, such as in the module cache. */
  #canLast(packages: readonly FoundPackage[]): boolean {
    const words = [
      ...this.#problems.map(({ message }) => message),
      ...packages.flatMap(({ errors }) => errors),
    ];
    const usesCgo = this.#builds.some(({ listing }) => listing.origins.usesCgo);
    return words.length === 0 || (!usesCgo && words.every(isAboutSources));
  }

  /** At once: Node's threads take three times as long, and go has just looked at the file. */
  readonly #read: ReadFile = (file) =>
    new Promise((resolve) => {
      const contents = readFileSync(file);
      this.#hashes.set(file, hashOf(contents));
      resolve(contents.toString("utf8"));
    });

  readonly #log = (message: string): void => {
    this.#options.log(message);
  };
}

/**
 * What the record of a folder depends on beside its stamp. The environment has paths of this process's own temporary
 * folder, which say nothing: of go.work, the person's counts.
 */
function recordKey(folder: string, { go, env, flags, info }: GoSetup): string {
  const ownPaths = ["GOTMPDIR", "GOWORK"];
  const variables = buildVariables(env).filter(([name]) => !ownPaths.includes(name));
  return JSON.stringify(["folder", folder, go, variables, flags, info]);
}

/** Only the packages that have any. */
function withTests(listing: WorkspaceListing): WorkspaceListing {
  const packages = listing.packages.filter(({ variants }) =>
    variants.some(({ forTest }) => forTest !== null),
  );
  return { ...listing, packages };
}
