/** From what the compiler said about the variants of a package to the package's sites. */
import { setImmediate } from "node:timers/promises";
import type { FactCollector } from "../compiler/fileFacts.js";
import { type GoPackage, hasSharedLoopVariables, type PackageVariant } from "../go/packages.js";
import type { SourceText } from "../syntax/sourceText.js";
import type { AnalyzedFile } from "./functionTable.js";
import { type DraftMemo, draftsOf } from "./draftMemo.js";
import type { FileInput, SiteDraft } from "./fileSites.js";
import type { Site } from "./site.js";
import { identified } from "./siteId.js";

export interface PackageAnalysis {
  readonly package: GoPackage;
  /** In source order; those of the files below `failed` are missing. */
  readonly sites: readonly Site[];
  /** Why nothing is known of the package itself, or else of its tests; in the go command's words. Null when all is well. */
  readonly error: string | null;
  /** Files of which nothing is known, because no variant that has them compiles. */
  readonly failed: readonly string[];
  /** What else was said about the files that are not among those. */
  readonly files: readonly AnalyzedFile[];
}

/** The text of a file (absolute path) as it is compiled; undefined when it cannot be read. */
export type TextOf = (file: string) => Promise<SourceText | undefined>;

/** How the files of a package are read. */
export interface FileReading extends Pick<FileInput, "isReadOnce"> {
  /** With a memo, files of which nothing changed are not anchored again: the collector has to compare. */
  readonly memo?: DraftMemo | undefined;
}

/** The sites of a package from the facts of its variants. `errorOf` says why a variant does not compile, or null. */
export async function packageSites(
  goPackage: GoPackage,
  errorOf: (variant: PackageVariant) => string | null,
  collector: FactCollector,
  textOf: TextOf,
  { memo, isReadOnce = false }: FileReading = {},
): Promise<PackageAnalysis> {
  const compiled = goPackage.variants.filter((variant) => errorOf(variant) === null);
  const owners = ownersOf(compiled);
  const failed = [...ownersOf(goPackage.variants).keys()].filter((file) => !owners.has(file));
  const sharesLoopVariables = hasSharedLoopVariables(goPackage.variants);
  const drafts: SiteDraft[] = [];
  const files: AnalyzedFile[] = [];
  for (const [file, importPath] of owners) {
    const source = await textOf(file);
    if (source === undefined) continue;
    // Large packages take a while: who asks for a hover meanwhile gets it.
    await setImmediate();
    const facts = collector.declaredIn(file);
    files.push({ file, importPath, source, facts, inlinedCalls: collector.inlinedCallsOf(file) });
    const input = { file, importPath, source, sharesLoopVariables, isReadOnce };
    drafts.push(...(await draftsOf(input, collector, memo)));
  }
  const error = goPackage.variants.map(errorOf).find((message) => message !== null) ?? null;
  return { package: goPackage, sites: identified(drafts, memo?.ids), error, failed, files };
}

/** All files with the import path that they belong to, sorted: in-package tests are the package's, external ones not. */
function ownersOf(variants: readonly PackageVariant[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const variant of variants) {
    for (const file of variant.files) if (!owners.has(file)) owners.set(file, variant.importPath);
  }
  return new Map([...owners].sort(([a], [b]) => (a < b ? -1 : 1)));
}
