/** Which sites of a function two builds of it have in common, and which one alone has. */
import { isDeepStrictEqual } from "node:util";
import type { Site } from "../analysis/site.js";

export interface BuildDifference {
  /** Sites of the first build alone, and of the second. */
  readonly gone: readonly Site[];
  readonly added: readonly Site[];
  /** Of both, but for another reason or with another allocation. */
  readonly changed: readonly (readonly [before: Site, after: Site])[];
  readonly same: readonly Site[];
}

/** Both sides are sites of one text. Pairs have the same id, or else the same place; `isEqual` judges them. */
export function compareBuilds(
  before: readonly Site[],
  after: readonly Site[],
  isEqual: (before: Site, after: Site) => boolean,
): BuildDifference {
  const left = new Set(after);
  const partners = new Map<Site, Site>();
  for (const pairs of [
    (a: Site, b: Site) => a.id === b.id,
    (a: Site, b: Site) => isDeepStrictEqual(a.nodeRange, b.nodeRange) && a.expression === b.expression,
    (a: Site, b: Site) => isDeepStrictEqual(a.nodeRange, b.nodeRange),
  ]) {
    for (const site of before) {
      if (partners.has(site)) continue;
      const partner = [...left].find((each) => pairs(site, each));
      if (partner === undefined) continue;
      left.delete(partner);
      partners.set(site, partner);
    }
  }
  const pairs = [...partners].toSorted(([a], [b]) => before.indexOf(a) - before.indexOf(b));
  return {
    gone: before.filter((site) => !partners.has(site)),
    added: [...left],
    changed: pairs.filter(([a, b]) => !isEqual(a, b)),
    same: pairs.filter(([a, b]) => isEqual(a, b)).map(([site]) => site),
  };
}
