/** From the packages of a project to their sites: what an earlier run found for the same inputs is taken from there. */
import type { DiskCache } from "../analysis/diskCache.js";
import { inParallel } from "../analysis/inParallel.js";
import { packageSites, type TextOf } from "../analysis/packageSites.js";
import type { Site } from "../analysis/site.js";
import type { FactRecorder } from "../assertions/factRecorder.js";
import type { ErrorFact, Fact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
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
  readonly #cache: DiskCache | undefined;
  readonly #collector = new FactCollector();
  readonly #errors = new Map<string, ErrorFact>();
  readonly #ownFiles: ReadonlySet<string>;
  #unknownLines = 0;

  constructor(request: ProjectRequest, keys: ReadonlyMap<string, string>, cache: DiskCache | undefined) {
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
    const { facts, assemblies } = await variantFacts(
      { toolchain, variants, keys, cache, evidence: isAsked, recorder, onProgress },
      signal,
    );
    for (const said of facts) for (const fact of said) this.#add(fact);
    const evidence = isAsked ? evidenceSource({ ...this.#request, assemblies }, keys) : undefined;
    const found: AnalyzedPackage[] = [];
    for (const goPackage of packages) {
      signal.throwIfAborted();
      found.push(await this.#sites(goPackage));
    }
    const analyzed = evidence === undefined ? found : await this.#withEvidence(found, evidence, signal);
    return { packages: analyzed, unknownLines: this.#unknownLines };
  }

  #add(fact: Fact): void {
    if (fact.kind === "error") this.#errors.set(fact.variant, fact);
    else if (fact.kind === "unknown") this.#unknownLines++;
    else this.#collector.add(fact);
  }

  /** Anchoring costs more than all else that is not the compiler's: it is done once for the same facts and texts. */
  async #sites(goPackage: GoPackage): Promise<AnalyzedPackage> {
    const errorOf = (variant: PackageVariant) => this.#errors.get(variant.id)?.message ?? variant.error;
    const isCompiled = goPackage.variants.every((variant) => errorOf(variant) === null);
    const key = isCompiled ? keyOf("sites", await this.#inputsOf(goPackage)) : undefined;
    const kept = key === undefined ? undefined : await this.#cache?.get(key);
    if (Array.isArray(kept)) return { package: goPackage, sites: kept as Site[], error: null };
    const { sites: all, error } = await packageSites(goPackage, errorOf, this.#collector, this.#textOf);
    // Of another shard's package only instances are known, and nothing of what the compiler does not say.
    const sites = all.filter(({ file, kind }) => this.#ownFiles.has(file) || kind !== "hidden");
    if (key !== undefined) await this.#cache?.put(key, sites);
    return { package: goPackage, sites, error };
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

  async #withEvidence(
    packages: readonly AnalyzedPackage[],
    evidence: EvidenceFor,
    signal: AbortSignal,
  ): Promise<AnalyzedPackage[]> {
    const { own, toolchain, progress } = this.#request;
    const onProgress = progress.of("evidence");
    const known = new Map<AnalyzedPackage, AnalyzedPackage>();
    await inParallel(packages, toolchain.batch.parallelism, async (entry) => {
      if (!own.includes(entry.package) || entry.error !== null) return;
      const sites = await this.#evidenceFor(entry, evidence, signal, () => {
        onProgress(known.size + 1, own.length);
      });
      known.set(entry, { ...entry, sites });
    });
    return packages.map((entry) => known.get(entry) ?? entry);
  }

  async #evidenceFor(
    { package: goPackage, sites }: AnalyzedPackage,
    evidence: EvidenceFor,
    signal: AbortSignal,
    onGathered: () => void,
  ): Promise<readonly Site[]> {
    const inputs = evidence.keyOf(goPackage);
    const key = inputs === undefined ? undefined : keyOf("evidence", inputs, sites);
    const kept = key === undefined ? undefined : await this.#cache?.get(key);
    if (Array.isArray(kept)) return kept as Site[];
    const gathered = await evidence.gather(goPackage, sites, signal);
    onGathered();
    if (key !== undefined) await this.#cache?.put(key, gathered);
    return gathered;
  }
}
