/** Adds to the sites of a package what its machine code says: whether they allocate, what, and what the compiler hid. */
import type { SiteDraft } from "../analysis/fileSites.js";
import { atOnce } from "../analysis/inTurns.js";
import { guarded } from "../analysis/guardedSites.js";
import { compare } from "../analysis/remap.js";
import type { Site } from "../analysis/site.js";
import { siteIds } from "../analysis/siteId.js";
import { allocatingSyntax } from "../syntax/allocatingSyntax.js";
import { reservedAppends } from "../syntax/appendLoops.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { SourceText } from "../syntax/sourceText.js";
import { sourceLimit, SourceTooLargeError, withTree } from "../syntax/treeSitter.js";
import { CallIndex, type VariantAssembly } from "./callIndex.js";
import { fileEvidence } from "./fileEvidence.js";
import { hiddenSites } from "./hiddenSites.js";
import { packageDeclarations } from "./packageDeclarations.js";

export type { VariantAssembly } from "./callIndex.js";

/** A file of the package, with the text that was compiled. */
export interface EvidenceFile {
  /** Import path that its sites have; external tests have their own. */
  readonly importPath: string;
  readonly source: SourceText;
}

export interface EvidenceInput {
  /** All sites of the package, those of its tests included, in source order. */
  readonly sites: readonly Site[];
  /** Variants whose assembly was read. One with in-package tests makes the plain one unnecessary. */
  readonly variants: readonly VariantAssembly[];
  /** By absolute path. */
  readonly files: ReadonlyMap<string, EvidenceFile>;
  /** Whether assignments to maps become sites: nearly all can grow their map. */
  readonly mapGrowth: boolean;
}

/**
 * The sites with evidence, and new ones of kind `hidden` for allocations that no message explains, by file and place. Of
 * the given sites nothing changes but `allocates`, `when` and `evidence`, and `context` where control flow shows that
 * they are reached only before a panic. Without code of their function sites stay as they are, and so do those that
 * share a line with others in a way that leaves open whose call it is.
 */
export function gatherEvidence(input: EvidenceInput): Site[] {
  return atOnce(evidenceSteps(input));
}

/** As `gatherEvidence`, in steps, of which the longest read a file. */
export function* evidenceSteps(input: EvidenceInput): Generator<undefined, Site[]> {
  const index = new CallIndex(input.variants);
  const sites: Site[] = [];
  const drafts: SiteDraft[] = [];
  const files = new Set([...input.sites.map(({ file }) => file), ...input.files.keys()]);
  const gather = (file: string, others: SyntaxNode | undefined) => {
    const known = input.sites.filter((site) => site.file === file);
    const gathered = index.has(file) ? ofFile(file, known, index, input, others) : undefined;
    sites.push(...(gathered?.sites ?? known));
    drafts.push(...(gathered?.hidden ?? []));
  };
  for (const [importPath, group] of byPackage([...files].sort(), input.files)) {
    const others = declarationsOf(importPath, input.files);
    yield;
    for (const file of group) {
      gather(file, others);
      yield;
    }
  }
  return [...sites, ...identified(input.sites, drafts)].sort(bySource);
}

/** The files by their import path: external tests are a package of their own. */
function byPackage(files: readonly string[], entries: EvidenceInput["files"]): Map<string, string[]> {
  const packages = new Map<string, string[]>();
  for (const file of files) {
    const importPath = entries.get(file)?.importPath ?? "";
    packages.set(importPath, [...(packages.get(importPath) ?? []), file]);
  }
  return packages;
}

/** The root of one tree with all that the package declares; undefined where that is nothing more than a file's own. */
function declarationsOf(importPath: string, entries: EvidenceInput["files"]): SyntaxNode | undefined {
  const texts = [...entries.values()]
    .filter((entry) => entry.importPath === importPath)
    .map(({ source }) => source.text);
  const source = new SourceText(packageDeclarations(texts));
  const isMore = texts.length > 1 && source.text.length <= sourceLimit;
  return isMore ? withTree(source, ({ root }) => root) : undefined;
}

function ofFile(
  file: string,
  known: readonly Site[],
  index: CallIndex,
  { files, mapGrowth }: EvidenceInput,
  others: SyntaxNode | undefined,
): { readonly sites: readonly Site[]; readonly hidden: readonly SiteDraft[] } | undefined {
  const byLine = index.of(file);
  const copied = index.copiedOf(file);
  const entry = files.get(file);
  if (entry === undefined || (known.length === 0 && byLine.size === 0 && copied.size === 0)) return undefined;
  const { importPath, source } = entry;
  try {
    return withTree(source, (tree) => {
      const calls = { byLine, covers: (declaration: string) => index.covers(file, declaration) };
      const { sites, left } = fileEvidence(known, calls, tree, others);
      const isExplained = left.size === 0 && copied.size === 0;
      const syntax = isExplained ? new Map<number, never>() : allocatingSyntax(tree);
      const appends = left.size === 0 ? [] : reservedAppends(tree);
      const reserved = new Map(appends.map((append) => [append.start, append]));
      const hidden = hiddenSites({
        file,
        importPath,
        source,
        left,
        copied,
        syntax,
        known,
        mapGrowth,
        reserved,
      });
      return { sites: sites.map((site) => guarded(site, tree)), hidden };
    });
  } catch (error) {
    if (error instanceof SourceTooLargeError) return undefined;
    throw error;
  }
}

/** Ids of the new sites count behind those of the known ones with the same words, which keep theirs. */
function identified(known: readonly Site[], drafts: readonly SiteDraft[]): Site[] {
  const importPaths = new Set(drafts.map((draft) => draft.package));
  return [...importPaths].flatMap((importPath) => {
    const before = known.filter((site) => site.package === importPath);
    const added = drafts.filter((draft) => draft.package === importPath);
    const ids = siteIds([...before, ...added]).slice(before.length);
    return added.map((draft, index) => ({ ...draft, id: ids[index] ?? "" }));
  });
}

function bySource(a: Site, b: Site): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return compare(a.range.start, b.range.start) || compare(a.range.end, b.range.end);
}
