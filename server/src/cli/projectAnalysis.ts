/** From the packages of a project to their sites: what an earlier run found for the same inputs is taken from there. */
import type { ResultCache } from "../analysis/resultCache.js";
import { inParallel } from "../analysis/inParallel.js";
import { packageSites, type TextOf } from "../analysis/packageSites.js";
import type { Site } from "../analysis/site.js";
import type { FactRecorder } from "../assertions/factRecorder.js";
import type { ErrorFact, Fact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import { EarlySites } from "./earlySites.js";
import { type EvidenceFor, evidenceSource } from "./evidence.js";
import { keptResults, keyOf } from "./keptResults.js";
import { type Progress } from "./progress.js";
import { type Sources, sourceOf } from "./sources.js";
import type { Toolchain } from "./toolchain.js";
import { variantFacts } from "./variantFacts.js";
import { variantKeys } from "./variantKeys.js";

export interface AnalyzedPackage {
  readonly package: GoPackage;
  readonly sites: readonly Site[];
  /** Why it, or its tests, could not be compiled; in the go command's words. */
  readonly error: string | null;
}

/** A package whose sites may still get evidence. */
interface FoundPackage extends AnalyzedPackage {
  sites: readonly Site[];
  /** Under which they are kept with their evidence; undefined where they cannot be. */
  readonly evidenceKey?: string | undefined;
  readonly isSettled: boolean;
}

export interface ProjectAnalysis {
  readonly packages: readonly AnalyzedPackage[];
  readonly unknownLines: number;
}

export interface ProjectRequest {
  readonly toolchain: Toolchain;
  /** The packages to compile. Those of the toolchain that are not among them can have sites all the same. */
  readonly own: readonly GoPackage[];
  readonly sources: Sources;
  readonly evidence: boolean;
  /** Hears what the compiler says of inlining where assertions ask for it: nothing is taken from earlier runs then. */
  readonly recorder: FactRecorder;
  readonly progress: Progress;
}

/**
 * Finds the sites of the packages, in their order, and of the others that they have instances of generic functions of.
 * Rejects as an engine throws.
 */
export async function analyzeProject(request: ProjectRequest, signal: AbortSignal): Promise<ProjectAnalysis> {
  const { toolchain, own, sources } = request;
  const isHeard = request.recorder.keepsInlining;
  const keys = isHeard ? new Map<string, string>() : variantKeys(toolchain, own, sources.hashes);
  const cache = await keptResults();
  const ordered = [...own, ...toolchain.packages.filter((entry) => !own.includes(entry))];
  const analysis = await new ProjectRun(request, keys, cache).run(ordered, signal);
  await cache?.prune();
  return analysis;
}

class ProjectRun {
  readonly #request: ProjectRequest;
  readonly #keys: ReadonlyMap<string, string>;
  readonly #cache: ResultCache | undefined;
  readonly #collector = new FactCollector();
  readonly #errors = new Map<string, ErrorFact>();
  readonly #ownFiles: ReadonlySet<string>;
  #unknownLines = 0;

  constructor(request: ProjectRequest, keys: ReadonlyMap<string, string>, cache: ResultCache | undefined) {
    this.#request = request;
    this.#keys = keys;
    this.#cache = cache;
    this.#ownFiles = new Set(request.sources.texts.keys());
  }

  async run(packages: readonly GoPackage[], signal: AbortSignal): Promise<ProjectAnalysis> {
    const { toolchain, own, progress, recorder } = this.#request;
    const [keys, cache] = [this.#keys, this.#cache];
    const variants = own.flatMap((entry) => entry.variants);
    const onProgress = progress.of("compile");
    const { evidence: isAsked } = this.#request;
    const reading = { isReadOnce: !isAsked };
    const early = new EarlySites(own, this.#textOf, reading, signal);
    const onFacts = early.add.bind(early);
    const { facts, assemblies } = await variantFacts(
      { toolchain, variants, keys, cache, evidence: isAsked, recorder, onFacts, onProgress },
      signal,
    );
    for (const [index, variant] of variants.entries()) {
      const said = facts[index] ?? [];
      for (const fact of said) this.#add(fact);
      early.settle(variant, said);
    }
    const evidence = isAsked ? evidenceSource({ ...this.#request, assemblies }, keys) : undefined;
    const found: FoundPackage[] = [];
    for (const goPackage of packages) {
      signal.throwIfAborted();
      found.push(await this.#sites(goPackage, early, own.includes(goPackage) ? evidence : undefined));
    }
    if (evidence !== undefined) await this.#addEvidence(found, evidence, signal);
    return { packages: found, unknownLines: this.#unknownLines };
  }

  #add(fact: Fact): void {
    if (fact.kind === "error") this.#errors.set(fact.variant, fact);
    else if (fact.kind === "unknown") this.#unknownLines++;
    else this.#collector.add(fact);
  }

  /**
   * Anchoring costs more than all else that is not the compiler's: it is done once for the same facts and texts. Sites are
   * kept with their evidence where they get some, and else as they are.
   */
  async #sites(
    goPackage: GoPackage,
    early: EarlySites,
    evidence: EvidenceFor | undefined,
  ): Promise<FoundPackage> {
    const errorOf = (variant: PackageVariant) => this.#errors.get(variant.id)?.message ?? variant.error;
    const isCompiled = goPackage.variants.every((variant) => errorOf(variant) === null);
    const key = isCompiled ? keyOf("sites", await this.#inputsOf(goPackage)) : undefined;
    const machineCode = evidence?.keyOf(goPackage);
    const evidenceKey = key && machineCode && keyOf("evidence", machineCode, key);
    const settled = await this.#kept(evidenceKey);
    if (settled !== undefined) return { package: goPackage, sites: settled, error: null, isSettled: true };
    const rest = { evidenceKey, isSettled: evidence === undefined };
    const kept = await this.#kept(key);
    if (kept !== undefined) return { package: goPackage, sites: kept, error: null, ...rest };
    const reading = { isReadOnce: evidence === undefined };
    const { sites: all, error } =
      (await early.of(goPackage)) ??
      (await packageSites(goPackage, errorOf, this.#collector, this.#textOf, reading));
    // Of another shard's package only instances are known, and nothing of what the compiler does not say.
    const sites = all.filter(({ file, kind }) => this.#ownFiles.has(file) || kind !== "hidden");
    if (key !== undefined && evidenceKey === undefined) await this.#cache?.put(key, sites);
    return { package: goPackage, sites, error, ...rest };
  }

  async #kept(key: string | undefined): Promise<readonly Site[] | undefined> {
    const kept = key === undefined ? undefined : await this.#cache?.get(key);
    return Array.isArray(kept) ? (kept as Site[]) : undefined;
  }

  async #inputsOf({ importPath, variants }: GoPackage): Promise<readonly unknown[]> {
    const { sources } = this.#request;
    const inputs: unknown[] = [importPath];
    for (const { importPath: owner, files } of variants) {
      for (const file of files) {
        if ((await this.#textOf(file)) === undefined) continue;
        const { heap, wrappers, variableMakes } = this.#collector.of(file);
        inputs.push([owner, file, sources.hashes.get(file), heap, wrappers, variableMakes]);
      }
    }
    return inputs;
  }

  /** Bodies of generic functions are compiled where they are used, maybe in another shard's package. */
  readonly #textOf: TextOf = async (file) => {
    const { sources } = this.#request;
    const isNamed = this.#ownFiles.has(file) || this.#collector.of(file).heap.length > 0;
    return isNamed ? await sourceOf(file, sources) : undefined;
  };

  async #addEvidence(
    packages: readonly FoundPackage[],
    evidence: EvidenceFor,
    signal: AbortSignal,
  ): Promise<void> {
    const { toolchain, progress } = this.#request;
    const onProgress = progress.of("evidence");
    const open = packages.filter(({ isSettled, error }) => !isSettled && error === null);
    let done = 0;
    await inParallel(open, toolchain.batch.parallelism, async (entry) => {
      entry.sites = await evidence.gather(entry.package, entry.sites, signal);
      onProgress(++done, open.length);
      if (entry.evidenceKey !== undefined) await this.#cache?.put(entry.evidenceKey, entry.sites);
    });
  }
}
