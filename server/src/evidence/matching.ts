/** Pairs the sites of a line with the calls of a line. */

/** For each site the indexes of the calls that fit it; sites with the same ones may share a list, which is quicker. */
export type Edges = readonly (readonly number[])[];

export type Match =
  /** The site has a call in every largest pairing: one of these, or all of them where they fit no other site. */
  | { readonly kind: "matched"; readonly calls: readonly number[]; readonly isPrivate: boolean }
  /** No call fits. */
  | { readonly kind: "none" }
  /** In some of the largest pairings it goes empty-handed. */
  | { readonly kind: "unclear" };

/** More sites that share calls are found in tables that a program wrote. */
const limit = 40;

/** Sites that have no call in common, not even by way of others, are no matter of each other's. */
export function matchSites(edges: Edges): Match[] {
  const matches: Match[] = edges.map(() => ({ kind: "none" }));
  for (const sites of connected(edges)) {
    matchConnected(sites.map((site) => edges[site] ?? [])).forEach((match, index) => {
      matches[sites[index] ?? -1] = match;
    });
  }
  return matches;
}

/**
 * The sites in groups that share calls. In a table of thousands of values each site can fit all calls of a line: every
 * list and every call is followed once.
 */
function connected(edges: Edges): number[][] {
  const sitesOf = new Map<readonly number[], number[]>();
  edges.forEach((list, site) => {
    addTo(sitesOf, list, site);
  });
  const listsOf = new Map<number, (readonly number[])[]>();
  for (const list of sitesOf.keys()) for (const call of list) addTo(listsOf, call, list);
  const seen = new Set<readonly number[]>();
  const followed = new Set<number>();
  return [...sitesOf.keys()].flatMap((first) => {
    if (seen.has(first)) return [];
    seen.add(first);
    const lists = [first];
    // Grows while it is gone through.
    for (const list of lists) {
      for (const call of list) {
        if (followed.has(call)) continue;
        followed.add(call);
        for (const other of listsOf.get(call) ?? []) {
          if (!seen.has(other)) lists.push(other);
          seen.add(other);
        }
      }
    }
    const sites = lists.flatMap((list) => sitesOf.get(list) ?? []).sort((a, b) => a - b);
    // Those that no call fits have none in common.
    return first.length === 0 ? sites.map((site) => [site]) : [sites];
  });
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The sites are those of one group: each of several shares a call with another. */
function matchConnected(edges: Edges): Match[] {
  const [only = [], ...more] = edges;
  if (more.length === 0)
    return [only.length === 0 ? { kind: "none" } : { kind: "matched", calls: only, isPrivate: true }];
  const all = edges.map((_, site) => site);
  const size = edges.length > limit ? undefined : pairs(edges, all);
  return edges.map((fitting, site) => {
    if (size === undefined) return { kind: "unclear" };
    const others = all.filter((other) => other !== site);
    if (size < edges.length && pairs(edges, others) === size) return { kind: "unclear" };
    const calls = fitting.filter((call) => pairs(edges, others, call) === size - 1);
    return { kind: "matched", calls, isPrivate: false };
  });
}

/** How many of the sites can have a call of their own at once (augmenting paths, after Kuhn), one call left out. */
function pairs(edges: Edges, sites: readonly number[], taken?: number): number {
  const owner = new Map<number, number>();
  const place = (site: number, tried: Set<number>): boolean =>
    (edges[site] ?? []).some((call) => {
      if (call === taken || tried.has(call)) return false;
      tried.add(call);
      const current = owner.get(call);
      if (current !== undefined && !place(current, tried)) return false;
      owner.set(call, site);
      return true;
    });
  return sites.filter((site) => place(site, new Set())).length;
}
