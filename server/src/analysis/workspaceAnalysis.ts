/**
 * Analyzes all packages below a folder in the background: first the packages themselves, as a build would compile them,
 * then their tests.
 */
import { BatchEngine } from "../compiler/batchEngine.js";
import { DirectEngine } from "../compiler/directEngine.js";
import type { Engine } from "../compiler/engine.js";
import { toolKey, findCompileTool } from "../go/compileTool.js";
import type { GoSetup } from "../go/goSetup.js";
import { moduleRoots } from "../go/moduleRoots.js";
import { filesOf, type GoPackage } from "../go/packages.js";
import type { PlanSource } from "../go/planStore.js";
import type { GoProblem } from "../go/problems.js";
import { listWorkspace, listWorkspaceTests, type WorkspaceListing } from "../go/workspaceListing.js";
import { DraftMemo } from "./draftMemo.js";
import { inParallel } from "./inParallel.js";
import { LightSites } from "./lightSites.js";
import { readText } from "./readText.js";
import type { ResultCache } from "./resultCache.js";
import type { Results } from "./results.js";
import { identified } from "./siteId.js";
import type { Site } from "./site.js";
import { type Snapshot, takeSnapshot } from "./snapshot.js";
import { joinVariants, type VariantSites, variantSites } from "./variantSites.js";

export interface WorkspaceOptions {
  readonly results: Results;
  readonly cache: ResultCache;
  /** How many packages are analyzed, and how many compilers run, at once. */
  readonly parallelism: number;
  /** Whether somebody has a file of this folder (absolute path) open: the editor's own analysis sees to it. */
  isOpen(folder: string): boolean;
  /** The sites with what comments in the source say of them (assertions/allowances.ts). */
  annotated(sites: readonly Site[], texts: Snapshot["texts"]): readonly Site[];
  log(message: string): void;
}

/** What the analysis of a folder came to. */
export interface FolderSummary {
  readonly packages: number;
  /** Those that do not compile. */
  readonly failed: number;
  readonly sites: number;
}

/** Told after each package: how many are done of how many. */
export type OnProgress = (done: number, all: number, importPath: string) => void;

/** One analysis of one folder, with the setup of go for it. */
export class WorkspaceAnalysis {
  readonly #options: WorkspaceOptions;
  readonly #setup: GoSetup;
  readonly #onProgress: OnProgress;
  readonly #light = new LightSites();
  readonly #failed = new Set<string>();
  #done = 0;
  #all = 0;

  constructor(options: WorkspaceOptions, setup: GoSetup, onProgress: OnProgress) {
    this.#options = options;
    this.#setup = setup;
    this.#onProgress = onProgress;
  }

  /** What was found in a folder (absolute path), or why nothing was. Rejects with GoCommandError and AbortError. */
  async run(folder: string, signal: AbortSignal): Promise<FolderSummary | { readonly problem: GoProblem }> {
    await this.#options.cache.prune();
    const found = new Map<string, number>();
    const problems: GoProblem[] = [];
    const roots = await moduleRoots(folder, this.#setup, signal);
    for (const root of roots) {
      const plain = await listWorkspace(this.#setup, root, signal);
      problems.push(...plain.problems);
      await this.#analyze(root, plain, found, signal);
      const tests = await listWorkspaceTests(this.#setup, root, plain.exports, signal);
      await this.#analyze(root, withTests(tests), found, signal);
    }
    const [problem] = problems;
    if (found.size === 0 && problem !== undefined) return { problem };
    const sites = [...found.values()].reduce((sum, count) => sum + count, 0);
    return { packages: found.size, failed: this.#failed.size, sites };
  }

  async #analyze(
    root: string,
    listing: WorkspaceListing,
    found: Map<string, number>,
    signal: AbortSignal,
  ): Promise<void> {
    const { go, env, flags, info } = this.#setup;
    const { parallelism, log } = { ...this.#options, log: this.#log };
    const tool = await findCompileTool(go, root, env, signal);
    const plans: PlanSource = {
      of: ({ id }) => {
        const outcome = listing.plans.get(id) ?? { unsuitable: "go list does not know it" };
        return Promise.resolve("plan" in outcome ? { plan: outcome.plan, tool } : outcome);
      },
      dependsOn: () => false,
    };
    const fallback = new BatchEngine({ go, env, flags, parallelism });
    const engine = new DirectEngine({ plans, fallback, log });
    const salt = `${info.versionText} ${toolKey(tool)}`;
    this.#all += listing.packages.length;
    await inParallel(listing.packages, parallelism, async (goPackage) => {
      signal.throwIfAborted();
      const sites = await this.#analyzePackage(goPackage, engine, salt, signal);
      found.set(goPackage.importPath, sites);
      this.#onProgress(++this.#done, this.#all, goPackage.importPath);
    });
  }

  /** Returns how many sites there are. */
  async #analyzePackage(
    goPackage: GoPackage,
    engine: Engine,
    salt: string,
    signal: AbortSignal,
  ): Promise<number> {
    const { results, cache, isOpen } = { ...this.#options, isOpen: this.#isOpen };
    const snapshot = await takeSnapshot(goPackage, new Map(), readText);
    const input = { engine, cache, salt, memo: new DraftMemo(), snapshot };
    const all: VariantSites[] = [];
    for (const variant of goPackage.variants) all.push(await variantSites(goPackage, variant, input, signal));
    const found = this.#options.annotated(identified(joinVariants(all)), snapshot.texts);
    const sites = this.#light.of(found);
    const files = filesOf(all.filter(({ error }) => error === null).map(({ variant }) => variant));
    if (all.some(({ error }) => error !== null)) this.#failed.add(goPackage.importPath);
    if (!isOpen(goPackage.dir)) results.put({ snapshot, files, sites });
    return sites.length;
  }

  readonly #log = (message: string): void => {
    this.#options.log(message);
  };

  readonly #isOpen = (folder: string): boolean => this.#options.isOpen(folder);
}

/** Only the packages that have any. */
function withTests(listing: WorkspaceListing): WorkspaceListing {
  const packages = listing.packages.filter(({ variants }) =>
    variants.some(({ forTest }) => forTest !== null),
  );
  return { ...listing, packages };
}
