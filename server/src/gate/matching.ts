/** Which sites are known already, whatever was moved or renamed around them. */
import type { GateSite } from "./gateSite.js";

/** What is kept of a site in a baseline. */
export type KnownSite = Pick<
  GateSite,
  "id" | "package" | "file" | "function" | "kind" | "expression" | "reason" | "surroundings"
>;

export interface Matches<Found extends KnownSite> {
  /** Sites that are not known, in the order given. */
  readonly added: readonly Found[];
  /** Known sites that are no longer there. */
  readonly gone: readonly KnownSite[];
}

type Key = (site: KnownSite) => string | undefined;

/**
 * What makes two sites the same, the surest first. A key is used only for what the ones before left over:
 * - the same expression of the same function on the same lines. This goes before the id, whose ordinal counts equals: when
 *   one more is written in front, all the others move on by one;
 * - the same id;
 * - the same expression of the same function, whose lines were edited;
 * - the same expression on the same lines anywhere: code that moved, in a function or package that may have a new name.
 */
const keys: readonly Key[] = [
  (site) => joined(site.surroundings, site.package, site.function, site.kind, site.expression),
  (site) => site.id,
  (site) => joined(site.package, site.function, site.kind, site.expression),
  (site) => joined(site.surroundings, site.kind, site.expression),
];

/** Pairs sites with known ones, each at most once, and returns what is left of both. */
export function matchSites<Found extends KnownSite>(
  found: readonly Found[],
  known: readonly KnownSite[],
): Matches<Found> {
  let added = found;
  let gone = known;
  for (const key of keys) [added, gone] = withoutPairs(added, gone, key);
  return { added, gone };
}

function withoutPairs<Found extends KnownSite>(
  found: readonly Found[],
  known: readonly KnownSite[],
  key: Key,
): [readonly Found[], readonly KnownSite[]] {
  const waiting = new Map<string, KnownSite[]>();
  for (const site of known) {
    const text = key(site);
    if (text === undefined) continue;
    const equals = waiting.get(text);
    if (equals === undefined) waiting.set(text, [site]);
    else equals.push(site);
  }
  const paired = new Set<KnownSite>();
  const added = found.filter((site) => {
    const text = key(site);
    const partner = text === undefined ? undefined : waiting.get(text)?.shift();
    if (partner !== undefined) paired.add(partner);
    return partner === undefined;
  });
  return [added, known.filter((site) => !paired.has(site))];
}

function joined(...parts: readonly (string | null)[]): string | undefined {
  return parts.includes(null) ? undefined : parts.join("\0");
}
