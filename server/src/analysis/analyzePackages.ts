/** From packages to sites: runs an engine, collects what it says by file, and anchors it to the syntax. */
import type { Engine } from "../compiler/engine.js";
import type { ErrorFact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import type { GoPackage, Overlays, PackageVariant } from "../go/packages.js";
import type { DraftMemo } from "./draftMemo.js";
import { type PackageAnalysis, packageSites, type TextOf } from "./packageSites.js";

export interface AnalysisInput {
  readonly engine: Engine;
  readonly overlays: Overlays;
  readonly textOf: TextOf;
  /** Where one is given, files of which nothing changed are not anchored again. */
  readonly memo?: DraftMemo;
}

export interface Analysis {
  readonly packages: readonly PackageAnalysis[];
  /** Lines of the compiler that no rule knew. */
  readonly unknownLines: readonly string[];
}

/**
 * Analyses packages, tests included where their variants say so. Places that other packages' blocks name in these
 * packages' files (instances of their generic functions) count as well. Rejects when the go command fails or the signal
 * fires.
 */
export async function analyzePackages(
  packages: readonly GoPackage[],
  input: AnalysisInput,
  signal: AbortSignal,
): Promise<Analysis> {
  const collector = new FactCollector({ isCompared: input.memo !== undefined });
  const errors = new Map<string, ErrorFact>();
  const unknownLines: string[] = [];
  for (const variants of byRoot(packages)) {
    for await (const fact of input.engine.compile(variants, input.overlays, signal)) {
      if (fact.kind === "error") errors.set(fact.variant, fact);
      else if (fact.kind === "unknown") unknownLines.push(fact.line);
      else collector.add(fact);
    }
  }
  const analyses: PackageAnalysis[] = [];
  for (const goPackage of packages) {
    signal.throwIfAborted();
    const errorOf = (variant: PackageVariant) => errors.get(variant.id)?.message ?? variant.error;
    analyses.push(await packageSites(goPackage, errorOf, collector, input.textOf, { memo: input.memo }));
  }
  return { packages: analyses, unknownLines };
}

function byRoot(packages: readonly GoPackage[]): PackageVariant[][] {
  const roots = new Map<string, PackageVariant[]>();
  for (const { root, variants } of packages) roots.set(root, [...(roots.get(root) ?? []), ...variants]);
  return [...roots.values()];
}
