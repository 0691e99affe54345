/** From packages to sites: runs an engine, collects what it says by file, and anchors it to the syntax. */
import type { Engine } from "../compiler/engine.js";
import type { ErrorFact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import type { GoPackage, Overlays, PackageVariant } from "../go/packages.js";
import type { SourceText } from "../syntax/sourceText.js";
import { siteDraftsOfFile, type SiteDraft } from "./fileSites.js";
import type { Site } from "./site.js";
import { siteIds } from "./siteId.js";

export interface AnalysisInput {
  readonly engine: Engine;
  readonly overlays: Overlays;
  /** The text of a file as it is compiled; undefined when it cannot be read. */
  textOf(file: string): Promise<SourceText | undefined>;
}

export interface PackageAnalysis {
  readonly package: GoPackage;
  /** In source order; those of the files below `failed` are missing. */
  readonly sites: readonly Site[];
  /** Why nothing is known of the package itself, or else of its tests; in the go command's words. Null when all is well. */
  readonly error: string | null;
  /** Files of which nothing is known, because no variant that has them compiles. */
  readonly failed: readonly string[];
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
  const collector = new FactCollector();
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
    analyses.push(await analysisOf(goPackage, errors, collector, input));
  }
  return { packages: analyses, unknownLines };
}

function byRoot(packages: readonly GoPackage[]): PackageVariant[][] {
  const roots = new Map<string, PackageVariant[]>();
  for (const { root, variants } of packages) roots.set(root, [...(roots.get(root) ?? []), ...variants]);
  return [...roots.values()];
}

async function analysisOf(
  goPackage: GoPackage,
  errors: ReadonlyMap<string, ErrorFact>,
  collector: FactCollector,
  input: AnalysisInput,
): Promise<PackageAnalysis> {
  const errorOf = (variant: PackageVariant) => errors.get(variant.id)?.message ?? variant.error;
  const compiled = goPackage.variants.filter((variant) => errorOf(variant) === null);
  const owners = ownersOf(compiled);
  const failed = ownersOf(goPackage.variants).flatMap(([file]) =>
    owners.some(([known]) => known === file) ? [] : [file],
  );
  const drafts: SiteDraft[] = [];
  for (const [file, importPath] of owners) {
    const source = await input.textOf(file);
    if (source === undefined) continue;
    drafts.push(...siteDraftsOfFile({ file, importPath, source, facts: collector.of(file) }));
  }
  const error = goPackage.variants.map(errorOf).find((message) => message !== null) ?? null;
  return { package: goPackage, sites: identified(drafts), error, failed };
}

/** Ids count equals within one import path. */
function identified(drafts: readonly SiteDraft[]): Site[] {
  const importPaths = new Set(drafts.map((draft) => draft.package));
  return [...importPaths].flatMap((importPath) => {
    const group = drafts.filter((draft) => draft.package === importPath);
    const ids = siteIds(group);
    return group.map((draft, index) => ({ ...draft, id: ids[index] ?? "" }));
  });
}

/** All files with the import path that they belong to, sorted: in-package tests are the package's, external ones not. */
function ownersOf(variants: readonly PackageVariant[]): [file: string, importPath: string][] {
  const owners = new Map<string, string>();
  for (const variant of variants) {
    for (const file of variant.files) if (!owners.has(file)) owners.set(file, variant.importPath);
  }
  return [...owners].sort(([a], [b]) => (a < b ? -1 : 1));
}
