/**
 * What a new result takes over from the one before, site by site: nothing that is shown is to change or go a second later
 * without an edit, only because an analysis finds out one thing after the other.
 */
import { compare } from "./remap.js";
import type { Site } from "./site.js";

/** What the message of a site is made from beside its syntax. */
export type Words = Pick<Site, "reason" | "callee" | "flow">;

/**
 * The new sites of a file, with the flow of their predecessors where they bring none of their own. As long as more is to
 * come, also with their evidence, and with the old sites that are awaited; `awaited` is undefined once nothing is. Both
 * lists are of the same text, and in source order.
 */
export function succeed(
  sites: readonly Site[],
  before: readonly Site[],
  awaited: ReadonlySet<string> | undefined,
): readonly Site[] {
  const predecessors = new Map(before.map((site) => [site.id, site]));
  const present = new Set(sites.map((site) => site.id));
  const kept = before.filter(({ id }) => awaited?.has(id) === true && !present.has(id));
  const inheriting = sites.map((site) => inherit(site, predecessors.get(site.id), awaited !== undefined));
  return kept.length === 0 ? inheriting : [...inheriting, ...kept].sort(bySource);
}

function inherit(site: Site, before: Site | undefined, hasMore: boolean): Site {
  if (before === undefined) return site;
  const isUnexplained = site.flow.length === 0 && before.flow.length > 0;
  const isUnproven = hasMore && site.evidence.length === 0 && site.allocates === "unknown";
  if (!isUnexplained && !isUnproven) return site;
  const { reason, callee, flow, compilerLines, allocates, when, evidence, context } = before;
  return {
    ...site,
    ...(isUnexplained && { reason, callee, flow, compilerLines }),
    ...(isUnproven && { allocates, when, evidence, context }),
  };
}

/** By id, the words of sites that a later step would tell in other ones. `known`: the words that were kept before. */
export function wordsKept(
  sites: readonly Site[],
  before: readonly Site[],
  known: ReadonlyMap<string, Words> | undefined,
): ReadonlyMap<string, Words> {
  const shown = new Map(before.map((site) => [site.id, site]));
  const kept = new Map<string, Words>();
  for (const site of sites) {
    const earlier = known?.get(site.id) ?? shown.get(site.id);
    if (earlier !== undefined && !isSaidAlike(earlier, site)) {
      const { reason, callee, flow } = earlier;
      kept.set(site.id, { reason, callee, flow });
    }
  }
  return kept;
}

function isSaidAlike(a: Words, b: Words): boolean {
  return a.reason === b.reason && a.callee === b.callee && a.flow.length === b.flow.length;
}

function bySource(a: Site, b: Site): number {
  return compare(a.range.start, b.range.start) || compare(a.range.end, b.range.end);
}
