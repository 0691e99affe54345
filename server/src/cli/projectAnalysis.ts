/** From the packages of a project to their sites: what an earlier run found for the same inputs is taken from there. */
import type { ResultCache } from "../analysis/resultCache.js";
import { inParallel } from "../analysis/inParallel.js";
import { packageSites, type TextOf } from "../analysis/packageSites.js";
import type { Site } from "../analysis/site.js";
import type { FactRecorder } from "../assertions/factRecorder.js";
import type { ErrorFact, Fact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import type { Assembly } from "../evidence/allocationCall.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import { EarlySites } from "./earlySites.js";
import { type EvidenceFor, evidenceSource } from "./evidence.js";
import { FileOwners } from "./foreignFacts.js";
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

/** What an earlier run found of a package. */
interface KeptPackage {
  readonly package: GoPackage;
  /** Undefined where none are kept. */
  readonly sites: readonly Site[] | undefined;
  /** Under which sites are kept without evidence, and with it; undefined where they cannot be. */
  readonly key: string | undefined;
  readonly evidenceKey: string | undefined;
  /** Whether nothing more is to be found out of the sites. */
  readonly isSettled: boolean;
}

/** A package whose sites may still get evidence. */
interface FoundPackage extends AnalyzedPackage, Pick<KeptPackage, "evidenceKey" | "isSettled"> {
  sites: readonly Site[];
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
  /** Those that something is said to escape in. */
  readonly #namedFiles = new Set<string>();
  #unknownLines = 0;

  constructor(request: ProjectRequest, keys: ReadonlyMap<string, string>, cache: ResultCache | undefined) {
    this.#request = request;
    this.#keys = keys;
    this.#cache = cache;
    this.#ownFiles = new Set(request.sources.texts.keys());
  }

  async run(packages: readonly GoPackage[], signal: AbortSignal): Promise<ProjectAnalysis> {
    const { toolchain, own, evidence: isAsked } = this.#request;
    const owners = new FileOwners(toolchain.packages);
    const assemblies = isAsked ? new Map<string, Assembly>() : undefined;
    const evidence = assemblies && evidenceSource({ ...this.#request, assemblies }, this.#keys);
    const early = new EarlySites(owners, this.#textOf, evidence, signal);
    const { recorder, progress } = this.#request;
    const asked = { toolchain, owners, keys: this.#keys, assemblies, recorder };
    const onProgress = progress.of("compile");
    const variants = own.flatMap((entry) => entry.variants);
    const { facts, partial } = await variantFacts(
      { ...asked, variants, cache: this.#cache, onFacts: early.add.bind(early), onProgress },
      signal,
    );
    const foreign = this.#foreign(facts, owners);
    for (const goPackage of foreign.keys()) early.forget(goPackage);
    const kept: KeptPackage[] = [];
    for (const goPackage of packages) {
      const inputs = await this.#inputsOf(goPackage, facts, foreign.get(goPackage) ?? []);
      kept.push(await this.#keptOf(goPackage, inputs, own.includes(goPackage) ? evidence : undefined));
    }
    // Of these an earlier run has not kept the sites, or others say something else of them now.
    const open = kept.filter(({ sites }) => sites === undefined).flatMap((entry) => entry.package.variants);
    const missing = open.filter((variant) => partial.has(variant));
    const again = await variantFacts(
      { ...asked, variants: missing, cache: undefined, onFacts: () => undefined, onProgress },
      signal,
    );
    for (const variant of variants)
      for (const fact of again.facts.get(variant) ?? facts.get(variant) ?? []) this.#collector.add(fact);
    const found: FoundPackage[] = [];
    for (const entry of kept) {
      signal.throwIfAborted();
      found.push(await this.#found(entry, early));
    }
    if (evidence !== undefined) await this.#addEvidence(found, evidence, signal);
    return { packages: found, unknownLines: this.#unknownLines };
  }

  /** What is said of packages by the compiles of others. Notes as well what is wrong, and which files are spoken of. */
  #foreign(
    facts: ReadonlyMap<PackageVariant, readonly Fact[]>,
    owners: FileOwners,
  ): ReadonlyMap<GoPackage, readonly Fact[]> {
    const foreign = new Map<GoPackage, Fact[]>();
    for (const [variant, said] of facts) {
      for (const fact of said) {
        if (fact.kind === "error") this.#errors.set(fact.variant, fact);
        else if (fact.kind === "unknown") this.#unknownLines++;
        else if (fact.kind === "heap") this.#namedFiles.add(fact.position.file);
        const about = owners.foreignTo(variant, fact);
        if (about === undefined) continue;
        const known = foreign.get(about);
        if (known === undefined) foreign.set(about, [fact]);
        else known.push(fact);
      }
    }
    return foreign;
  }

  /** What the sites of a package depend on. */
  async #inputsOf(
    { importPath, variants }: GoPackage,
    facts: ReadonlyMap<PackageVariant, readonly Fact[]>,
    foreign: readonly Fact[],
  ): Promise<readonly unknown[]> {
    const { hashes } = this.#request.sources;
    const inputs: unknown[] = [importPath, foreign];
    for (const variant of variants) {
      // A key stands for all that is said, which takes much longer to hash.
      inputs.push(variant.importPath, this.#keys.get(variant.id) ?? facts.get(variant) ?? []);
      for (const file of variant.files)
        if ((await this.#textOf(file)) !== undefined) inputs.push(file, hashes.get(file));
    }
    return inputs;
  }

  /**
   * Anchoring costs more than all else that is not the compiler's: it is done once for the same inputs. Sites are kept with
   * their evidence where they get some, and else as they are.
   */
  async #keptOf(
    goPackage: GoPackage,
    inputs: readonly unknown[],
    evidence: EvidenceFor | undefined,
  ): Promise<KeptPackage> {
    const isCompiled = goPackage.variants.every((variant) => this.#errorOf(variant) === null);
    const key = isCompiled ? keyOf("sites", inputs) : undefined;
    const machineCode = evidence?.keyOf(goPackage);
    const evidenceKey = key && machineCode && keyOf("evidence", machineCode, key);
    const settled = await this.#kept(evidenceKey);
    const sites = settled ?? (await this.#kept(key));
    const isSettled = settled !== undefined || evidence === undefined;
    return { package: goPackage, sites, key, evidenceKey, isSettled };
  }

  async #found({ sites: kept, key, ...entry }: KeptPackage, early: EarlySites): Promise<FoundPackage> {
    if (kept !== undefined) return { ...entry, sites: kept, error: null };
    const { package: goPackage, evidenceKey } = entry;
    const found = await early.of(goPackage);
    const reading = { isReadOnce: entry.isSettled };
    const { sites: all, error } =
      found ?? (await packageSites(goPackage, this.#errorOf, this.#collector, this.#textOf, reading));
    // Of another shard's package only instances are known, and nothing of what the compiler does not say.
    const sites = all.filter(({ file, kind }) => this.#ownFiles.has(file) || kind !== "hidden");
    if (key !== undefined && evidenceKey === undefined) await this.#cache?.put(key, sites);
    if (found?.settled === undefined) return { ...entry, sites, error };
    if (evidenceKey !== undefined) await this.#cache?.put(evidenceKey, found.settled);
    return { ...entry, sites: found.settled, isSettled: true, error };
  }

  readonly #errorOf = ({ id, error }: PackageVariant): string | null =>
    this.#errors.get(id)?.message ?? error;

  async #kept(key: string | undefined): Promise<readonly Site[] | undefined> {
    const kept = key === undefined ? undefined : await this.#cache?.get(key);
    return Array.isArray(kept) ? (kept as Site[]) : undefined;
  }

  /** Bodies of generic functions are compiled where they are used, maybe in another shard's package. */
  readonly #textOf: TextOf = async (file) => {
    const { sources } = this.#request;
    return this.#ownFiles.has(file) || this.#namedFiles.has(file) ? await sourceOf(file, sources) : undefined;
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
