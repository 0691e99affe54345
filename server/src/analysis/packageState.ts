/** What is remembered of a package from one analysis to the next, so that an edit costs no more than it changes. */
import { createHash } from "node:crypto";
import type { GoPackage } from "../go/packages.js";
import { DraftMemo } from "./draftMemo.js";
import { EvidenceMemory } from "./evidenceMemory.js";
import { Excerpts } from "./excerpts.js";
import type { AnalyzedFile } from "./functionTable.js";
import type { LocatedPackage } from "./packageLocator.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";

/** Where the compiler takes longer for its verdicts, in milliseconds, it is not run at each pause in typing. */
const typingLimit = 1000;

/** Milliseconds that any analysis may take. */
const leastPatience = 2000;

/** All of so many last times have to be too long: other work on the machine, and the first compile, take longer. */
const countedTimes = 3;

/** The outcome of the last analysis of a part that went well. */
interface Outcome {
  readonly key: string;
  readonly own: string;
  readonly sites: readonly Site[];
}

export class PackageState {
  readonly memo = new DraftMemo();
  readonly evidence = new EvidenceMemory();
  readonly excerpts = new Excerpts();
  located: LocatedPackage | undefined;
  /** By import path of the part, the ids of sites that the last complete analysis found after its first step. */
  readonly late = new Map<string, ReadonlySet<string>>();
  /** What the last analysis that went well looked at. */
  snapshot: Snapshot | undefined;
  /** By import path of the part, what else was said about its files the last time. */
  readonly files = new Map<string, readonly AnalyzedFile[]>();
  /** By import path of the part, the sites with evidence, as long as it is of the last ones. */
  readonly proven = new Map<string, readonly Site[]>();
  /** Whether what follows the sites (evidence, checked fixes) is there for the last ones. */
  isFollowed = false;
  readonly #outcomes = new Map<string, Outcome>();
  #times: readonly number[] = [];

  /** Takes how many milliseconds the first verdicts took from the start of the compiler. */
  timed(milliseconds: number): void {
    this.#times = [...this.#times, milliseconds].slice(-countedTimes);
  }

  /** Whether the package is too slow to be compiled at each pause in typing. */
  get isSlow(): boolean {
    return this.#times.length === countedTimes && this.#times.every((time) => time > typingLimit);
  }

  /** Milliseconds in which an analysis that nothing is wrong with has its sites. */
  get patience(): number {
    return leastPatience + 3 * Math.max(0, ...this.#times);
  }

  /** The sites of a part if its own files are what they were when it last went well. */
  sameFiles(part: GoPackage, snapshot: Snapshot): readonly Site[] | undefined {
    const outcome = this.#outcomes.get(part.importPath);
    return outcome?.own === ownKey(part, snapshot) ? outcome.sites : undefined;
  }

  /** The sites of a part if all that they depend on is what it was when it last went well. */
  same(part: GoPackage, snapshot: Snapshot, engineKey: string | undefined): readonly Site[] | undefined {
    if (engineKey === undefined) return undefined;
    const outcome = this.#outcomes.get(part.importPath);
    return outcome?.key === fullKey(snapshot, engineKey) ? outcome.sites : undefined;
  }

  wentWell(part: GoPackage, snapshot: Snapshot, engineKey: string | undefined, sites: readonly Site[]): void {
    this.#outcomes.set(part.importPath, {
      key: engineKey === undefined ? "" : fullKey(snapshot, engineKey),
      own: ownKey(part, snapshot),
      sites,
    });
  }

  /** What followed the sites of a part no longer holds. */
  startOver(part: GoPackage): void {
    this.proven.delete(part.importPath);
    this.isFollowed = false;
  }

  failed(part: GoPackage): void {
    this.#outcomes.delete(part.importPath);
  }
}

/** Document versions count: whoever works with a snapshot compares them with the editor's. */
function fullKey({ files }: Snapshot, engineKey: string): string {
  return digest([engineKey, ...[...files].map(([file, { hash, version }]) => `${file} ${hash} ${version}`)]);
}

function ownKey({ variants }: GoPackage, { files }: Snapshot): string {
  const own = new Set(variants.flatMap((variant) => variant.files));
  return digest([...own].map((file) => `${file} ${files.get(file)?.hash} ${files.get(file)?.version}`));
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.toSorted().join("\n")).digest("base64");
}

/**
 * The parts of a package that share no file, external tests last: the package with its own tests, and the external tests,
 * which count as a package of their own.
 */
export function partsOf(goPackage: GoPackage): GoPackage[] {
  const importPaths = [...new Set(goPackage.variants.map((variant) => variant.importPath))];
  return importPaths.map((importPath) => ({
    ...goPackage,
    importPath,
    variants: goPackage.variants.filter((variant) => variant.importPath === importPath),
  }));
}
