/**
 * Anchors packages while compilers are at others: it takes about as long as compiling, and on another processor. Evidence
 * is gathered right behind it, as long as the trees are there, where the machine code came with the verdicts. What is found
 * so counts only where nothing is said of the package by the compile of another, of whose generic functions it has
 * instances: that is known when all is compiled.
 */
import {
  packageSites,
  type FileReading,
  type PackageAnalysis,
  type TextOf,
} from "../analysis/packageSites.js";
import type { Site } from "../analysis/site.js";
import type { Fact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import type { EvidenceFor } from "./evidence.js";
import type { FileOwners } from "./foreignFacts.js";

interface EarlyAnalysis extends PackageAnalysis {
  /** The sites with their evidence; undefined where they did not get it yet. */
  readonly settled?: readonly Site[] | undefined;
}

export class EarlySites {
  readonly #textOf: TextOf;
  readonly #reading: FileReading;
  readonly #evidence: EvidenceFor | undefined;
  readonly #signal: AbortSignal;
  readonly #owners: FileOwners;
  /** By the ids of variants. */
  readonly #facts = new Map<string, readonly Fact[]>();
  readonly #found = new Map<GoPackage, Promise<EarlyAnalysis | undefined>>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param owners Of the files of all packages whose sites are asked for.
   * @param evidence Undefined where none is asked for.
   */
  constructor(owners: FileOwners, textOf: TextOf, evidence: EvidenceFor | undefined, signal: AbortSignal) {
    this.#owners = owners;
    this.#textOf = textOf;
    this.#reading = { isReadOnce: evidence === undefined };
    this.#evidence = evidence;
    this.#signal = signal;
  }

  /** Facts of one variant. Where it was compiled just now and its package is complete, the package is anchored. */
  add(variant: PackageVariant, facts: readonly Fact[], isNew: boolean): void {
    this.#facts.set(variant.id, facts);
    const goPackage = this.#owners.packageOf(variant);
    if (!isNew || goPackage === undefined) return;
    const said = goPackage.variants.map(({ id, error }) =>
      error === null ? this.#facts.get(id) : undefined,
    );
    if (!said.every((each) => each !== undefined)) return;
    const all = said.flat();
    if (all.some(({ kind }) => kind === "error")) return;
    // What was forgotten before its turn came is to be analyzed with all facts, and not here as well.
    const found = this.#last.then(() =>
      this.#found.has(goPackage) ? this.#analyze(goPackage, all) : undefined,
    );
    // Whoever asks for it hears of it; nobody may.
    this.#last = found.catch(() => undefined);
    this.#found.set(goPackage, found);
  }

  async #analyze(goPackage: GoPackage, facts: readonly Fact[]): Promise<EarlyAnalysis> {
    this.#signal.throwIfAborted();
    const collector = new FactCollector();
    for (const fact of facts) collector.add(fact);
    const found = await packageSites(goPackage, () => null, collector, this.#textOf, this.#reading);
    if (this.#evidence?.isAtHand(goPackage) !== true) return found;
    return { ...found, settled: await this.#evidence.gather(goPackage, found.sites, this.#signal) };
  }

  /** Forgets a package that the compile of another says something of. */
  forget(goPackage: GoPackage): void {
    this.#found.delete(goPackage);
  }

  /** Undefined where the package is to be analyzed with all facts. Rejects as packageSites does, and with AbortError. */
  async of(goPackage: GoPackage): Promise<EarlyAnalysis | undefined> {
    return await this.#found.get(goPackage);
  }
}
