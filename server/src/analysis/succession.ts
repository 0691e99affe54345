/**
 * What a new result takes over from the one before, site by site: nothing that is shown is to change or go a second later
 * without an edit, only because an analysis finds out one thing after the other.
 */
import { isDeepStrictEqual } from "node:util";
import { compare } from "./remap.js";
import type { Site } from "./site.js";

/** What the message of a site is made from beside its syntax. */
export type Words = Pick<Site, "reason" | "callee" | "flow">;

/** How a site was first shown: its words, and what decides how loudly. */
export type FirstLook = Words & Pick<Site, "allocates" | "when" | "evidence" | "context" | "isRemembered">;

/**
 * The new sites of a file, with the flow of their predecessors where they bring none of their own, and the old sites that
 * are awaited; `awaited` is undefined once nothing is to come. Both lists are of the same text, and in source order.
 */
export function succeed(
  sites: readonly Site[],
  before: readonly Site[],
  awaited: ReadonlySet<string> | undefined,
): readonly Site[] {
  const predecessors = new Map(before.map((site) => [site.id, site]));
  const present = new Set(sites.map((site) => site.id));
  const kept = before.filter(({ id }) => awaited?.has(id) === true && !present.has(id));
  const inheriting = sites.map((site) => inherit(site, predecessors.get(site.id)));
  return kept.length === 0 ? inheriting : [...inheriting, ...kept].sort(bySource);
}

function inherit(site: Site, before: Site | undefined): Site {
  if (before === undefined || site.flow.length > 0 || before.flow.length === 0) return site;
  const { reason, callee, flow, compilerLines } = before;
  return { ...site, reason, callee, flow, compilerLines };
}

/** A later step's sites; one that was shown does not begin to wait, as where a flow that came later tells of a callee. */
export function withoutNewWaits(sites: readonly Site[], before: readonly Site[]): readonly Site[] {
  const shown = new Set(before.filter(({ awaitsEvidence }) => awaitsEvidence !== true).map(({ id }) => id));
  return sites.map((site) =>
    site.awaitsEvidence === true && shown.has(site.id) ? { ...site, awaitsEvidence: false } : site,
  );
}

/**
 * By id, how sites were first shown that a later step would show otherwise. `known`: what was kept before. What waited for
 * its evidence was not shown.
 */
export function firstLooks(
  sites: readonly Site[],
  before: readonly Site[],
  known: ReadonlyMap<string, FirstLook> | undefined,
): ReadonlyMap<string, FirstLook> {
  const shown = new Map(before.filter((site) => site.awaitsEvidence !== true).map((site) => [site.id, site]));
  const kept = new Map<string, FirstLook>();
  for (const site of sites) {
    const earlier = known?.get(site.id) ?? shown.get(site.id);
    if (earlier !== undefined && !looksAlike(earlier, site)) kept.set(site.id, lookOf(earlier));
  }
  return kept;
}

function lookOf(look: FirstLook): FirstLook {
  const { reason, callee, flow, allocates, when, evidence, context, isRemembered } = look;
  return { reason, callee, flow, allocates, when, evidence, context, ...(isRemembered && { isRemembered }) };
}

function looksAlike(a: FirstLook, b: FirstLook): boolean {
  const isSaidAlike = a.reason === b.reason && a.callee === b.callee && a.flow.length === b.flow.length;
  const isAsLoud = a.allocates === b.allocates && a.when === b.when && a.context === b.context;
  return isSaidAlike && isAsLoud && isDeepStrictEqual(a.evidence, b.evidence);
}

/** For sorting. */
export function bySource(a: Site, b: Site): number {
  return compare(a.range.start, b.range.start) || compare(a.range.end, b.range.end);
}
