/** Checks a fix with the compiler before it is offered: the edit is compiled as if it were typed, and the sites compared. */
import type { Overlays } from "../go/packages.js";
import type { Range } from "../syntax/sourceText.js";
import { applyEdit } from "./applyEdit.js";
import { compareSites, isCallee, type SiteChanges } from "./compareSites.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";

/** A replacement in one file (LSP 3.17, TextEdit): ranges are those of the snapshot's text, and do not overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Edits by absolute path. */
export type Edit = ReadonlyMap<string, readonly TextEdit[]>;

/**
 * What a fix claims. gone: the site disappears and nothing new appears. fewer: less of what allocates is left, loops
 * counted more. structural: the syntax shows that what is left of the site no longer allocates, or only in the case that
 * the fix names; it must compile, and beside what the fix itself wrote nothing new may appear. pooled: the site
 * disappears, and all that is new is what the fix wrote to fill a pool, which runs when the pool is empty.
 */
export type Proof = "gone" | "fewer" | "structural" | "pooled";

export type Verdict =
  | { readonly kind: "holds"; readonly removed: readonly Site[]; readonly added: readonly Site[] }
  /** Something new is on the heap. */
  | { readonly kind: "worse"; readonly added: readonly Site[] }
  | { readonly kind: "no-effect" }
  | { readonly kind: "does-not-compile"; readonly message: string };

/** Compiles the snapshot's package with the overlays in place of its files; the sites, or why it does not compile. */
export type Recompile = (
  snapshot: Snapshot,
  overlays: Overlays,
  signal: AbortSignal,
) => Promise<{ readonly sites: readonly Site[] } | { readonly error: string }>;

export interface Claim {
  readonly edit: Edit;
  readonly proof: Proof;
  /** The site that the fix is for. */
  readonly site: Site;
}

/**
 * Decides whether a fix does what it claims. `before` are the package's sites for the snapshot's own text. Sites are
 * compared by function, kind, form and source text, and by their place under the edit: a count of messages would be wrong
 * in a quarter of the cases. Rejects when the compiler cannot be run or the signal fires.
 */
export async function verify(
  claim: Claim,
  snapshot: Snapshot,
  before: readonly Site[],
  recompile: Recompile,
  signal: AbortSignal,
): Promise<Verdict> {
  const edited = applyEdit(claim.edit, snapshot);
  const overlays = new Map([...edited].map(([file, { text }]) => [file, text]));
  const outcome = await recompile(snapshot, overlays, signal);
  signal.throwIfAborted();
  if ("error" in outcome) return { kind: "does-not-compile", message: outcome.error };
  const changes = compareSites(before, outcome.sites, edited, snapshot);
  switch (claim.proof) {
    case "gone":
      return judge(changes, changes.added, has(changes.removed, claim.site));
    case "pooled": {
      const foreign = changes.added.filter((site) => !changes.written.has(site));
      return judge(changes, foreign, has(changes.removed, claim.site));
    }
    case "structural": {
      const foreign = changes.added.filter((site) => !isExpected(site, changes));
      // Growth that only the machine code shows is found by no other run, whatever the edit does.
      const isSeen = isGrowth(claim.site) && has(before, claim.site);
      return judge(changes, foreign, !isSeen || has(changes.removed, claim.site));
    }
    case "fewer": {
      const balance = weightOf(changes.removed) - weightOf(changes.added);
      return judge(changes, balance < 0 ? changes.added : [], balance > 0);
    }
  }
}

function judge({ removed, added }: SiteChanges, unwanted: readonly Site[], hasEffect: boolean): Verdict {
  if (unwanted.length > 0) return { kind: "worse", added: unwanted };
  return hasEffect ? { kind: "holds", removed, added } : { kind: "no-effect" };
}

function has(sites: readonly Site[], site: Site): boolean {
  return sites.some((each) => each === site || each.id === site.id);
}

/**
 * What a structural fix may write: an allocation of its own making, such as one make for many growths, and the same once
 * more wherever the function is inlined. A variable that moves to the heap is never that: it is the stack buffer that was
 * meant to help.
 */
function isExpected(site: Site, { written }: SiteChanges): boolean {
  if (site.kind === "moved") return false;
  if (site.inlinedFrom === null) return written.has(site);
  return [...written].some((own) => own.kind !== "moved" && isSameInlined(own, site));
}

/** What is written in the callee, with constants folded and type arguments filled in where it is inlined. */
function isSameInlined(own: Site, { expression, inlinedFrom }: Site): boolean {
  if (own.expression === expression) return true;
  return isCallee(own.function, inlinedFrom) && firstWord(own.expression) === firstWord(expression);
}

/** `make` of `make([]T, 0, n)` */
function firstWord(expression: string): string {
  return /^\w*/.exec(expression)?.[0] ?? "";
}

/** Growth that the syntax found must not be found again, as the same syntax is read after the edit. */
function isGrowth(site: Site): boolean {
  return site.kind === "hidden" && site.form === "append";
}

/** A loop counts for ten of its surroundings, so that moving an allocation out of one is a gain. */
function weightOf(sites: readonly Site[]): number {
  return sites.reduce((sum, site) => sum + 10 ** Math.min(site.loopDepth, 6), 0);
}
