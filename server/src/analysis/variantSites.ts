/** The sites of single variants, from memory on disk where they were found before, and joined to those of packages. */
import { createHash } from "node:crypto";
import type { Engine } from "../compiler/engine.js";
import { GoCommandError } from "../go/commandError.js";
import { FactCollector } from "../compiler/fileFacts.js";
import { type GoPackage, hasSharedLoopVariables, type PackageVariant } from "../go/packages.js";
import type { SiteDraft } from "./fileSites.js";
import type { DeferredCache } from "./deferredCache.js";
import { type DraftMemo, draftsOf } from "./draftMemo.js";
import { light } from "./lightSites.js";
import type { Snapshot } from "./snapshot.js";

export interface VariantInput {
  readonly engine: Engine;
  readonly cache: DeferredCache;
  /** Whatever else the result depends on: the compiler and its target. */
  readonly salt: string;
  /** Undefined for packages of one variant, which ask about each file once. */
  readonly memo: DraftMemo | undefined;
  /** Where the package has no unsaved files. */
  readonly snapshot: Snapshot;
}

export interface VariantSites {
  readonly variant: PackageVariant;
  readonly drafts: readonly SiteDraft[];
  /** Why it does not compile, in the go command's words; null when it does. */
  readonly error: string | null;
}

/** Finds the sites of one variant, without what only a hover tells. Rejects with AbortError; what else goes wrong is the variant's error. */
export async function variantSites(
  goPackage: GoPackage,
  variant: PackageVariant,
  input: VariantInput,
  signal: AbortSignal,
): Promise<VariantSites> {
  if (variant.error !== null) return { variant, drafts: [], error: variant.error };
  const key = await keyOf(goPackage, variant, input, signal);
  const known = key === undefined ? undefined : await input.cache.get(key);
  if (Array.isArray(known)) return { variant, drafts: known as SiteDraft[], error: null };
  const found = await compile(goPackage, variant, input, signal);
  if (key !== undefined && found.error === null) await input.cache.put(key, found.drafts);
  return found;
}

async function compile(
  goPackage: GoPackage,
  variant: PackageVariant,
  { engine, memo, snapshot }: VariantInput,
  signal: AbortSignal,
): Promise<VariantSites> {
  const collector = new FactCollector({ isCompared: memo !== undefined });
  let error: string | null = null;
  try {
    for await (const fact of engine.compile([variant], new Map(), signal, goPackage.variants)) {
      if (fact.kind === "error" && fact.variant === variant.id) error = fact.message;
      else if (fact.kind !== "unknown" && fact.kind !== "progress") collector.add(fact);
    }
  } catch (failure) {
    // One package that breaks the compiler is no reason to leave out the others.
    if (!(failure instanceof GoCommandError)) throw failure;
    error = failure.message;
  }
  signal.throwIfAborted();
  if (error !== null) return { variant, drafts: [], error };
  const { importPath } = variant;
  const sharesLoopVariables = hasSharedLoopVariables([variant]);
  const drafts: SiteDraft[] = [];
  for (const file of variant.files.toSorted()) {
    const source = snapshot.texts.get(file);
    if (source === undefined) continue;
    const input = { file, importPath, source, sharesLoopVariables, isReadOnce: true };
    drafts.push(...(await draftsOf(input, collector, memo)).map(light));
  }
  return { variant, drafts, error };
}

/**
 * External tests depend on the package's own files as well. What is left to the go command has the key that go itself gives
 * it where it was built (cgo); undefined where nobody can tell.
 */
async function keyOf(
  goPackage: GoPackage,
  variant: PackageVariant,
  { engine, salt, snapshot }: VariantInput,
  signal: AbortSignal,
): Promise<string | undefined> {
  const engineKey = (await engine.keyOf([variant], new Map(), signal)) ?? variant.actionId ?? undefined;
  if (engineKey === undefined) return undefined;
  const isExternal = variant.forTest !== null && variant.importPath !== variant.forTest;
  const files = isExternal ? goPackage.variants.flatMap((each) => each.files) : variant.files;
  const hashes = [...new Set(files)].map((file) => `${file} ${snapshot.files.get(file)?.hash}`);
  return createHash("sha256")
    .update([salt, engineKey, ...hashes.toSorted()].join("\n"))
    .digest("hex");
}

/** The sites of several variants, each once, in source order: what the first variant has wins. */
export function joinVariants(all: readonly VariantSites[]): SiteDraft[] {
  const joined = new Map<string, SiteDraft>();
  for (const draft of all.flatMap(({ drafts }) => drafts)) {
    const { start, end } = draft.range;
    const place = [draft.file, start.line, start.character, end.line, end.character];
    const key = [...place, draft.kind, draft.form, draft.expression, draft.inlinedFrom].join("\0");
    if (!joined.has(key)) joined.set(key, draft);
  }
  return [...joined.values()].sort(bySource);
}

function bySource(a: SiteDraft, b: SiteDraft): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
