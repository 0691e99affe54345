/**
 * The sites of the workspace as a tree, made level by level as somebody opens it: what nobody looks at costs one pass over
 * the sites, however many there are. Plain data; the words are in treeNodes.ts.
 */
import path from "node:path";
import type { Site } from "../../analysis/site.js";
import type { TreeGrouping, TreeNode } from "../../protocol.js";
import { byPlace, ranked } from "./siteRank.js";

/** Sites that have something in common, such as their function. At least one. */
export interface SiteGroup {
  readonly kind: Exclude<TreeNode["kind"], "site">;
  /** Folder of a package, absolute path of a file, name of a function, code of a reason. */
  readonly key: string;
  readonly sites: readonly Site[];
}

export interface Children {
  readonly groups: readonly SiteGroup[];
  readonly sites: readonly Site[];
}

interface Level {
  readonly kind: SiteGroup["kind"];
  readonly keyOf: (site: Site) => string;
  readonly order: (a: SiteGroup, b: SiteGroup) => number;
}

/** Code that was moved to another function is in another one: equal names in one file are one function. */
const levels: Readonly<Record<TreeGrouping, readonly Level[]>> = {
  package: [
    // Tests may have a package of their own beside the one that they test: for a person they are at one place.
    { kind: "package", keyOf: ({ file }) => path.dirname(file), order: byKey },
    { kind: "file", keyOf: ({ file }) => file, order: byKey },
    { kind: "function", keyOf: (site) => site.function, order: byFirstSite },
  ],
  reason: [{ kind: "reason", keyOf: ({ reason }) => reason, order: byCount }],
  rank: [],
};

const none: Children = { groups: [], sites: [] };

export class SiteTree {
  readonly #grouping: TreeGrouping;
  readonly #sites: readonly Site[];
  /** Opened nodes by their path. */
  readonly #opened = new Map<string, Children>();

  /** Takes the sites that the tree has, in any order. */
  constructor(grouping: TreeGrouping, sites: readonly Site[]) {
    this.#grouping = grouping;
    this.#sites = sites;
  }

  /** All sites below a node; undefined when there is no such node (any more). */
  sitesBelow(nodePath: readonly string[]): readonly Site[] | undefined {
    const key = nodePath.at(-1);
    if (key === undefined) return this.#sites;
    return this.children(nodePath.slice(0, -1)).groups.find((group) => group.key === key)?.sites;
  }

  /** The children of a node, in order: groups, or at the last level sites; none when there is no such node (any more). */
  children(nodePath: readonly string[]): Children {
    const name = nodePath.join("\0");
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const sites = this.sitesBelow(nodePath);
    if (sites === undefined) return none;
    const level = levels[this.#grouping][nodePath.length];
    const children = level === undefined ? this.#leaves(sites) : { groups: grouped(sites, level), sites: [] };
    this.#opened.set(name, children);
    return children;
  }

  #leaves(sites: readonly Site[]): Children {
    return { groups: [], sites: this.#grouping === "package" ? sites.toSorted(byPlace) : ranked(sites) };
  }
}

function grouped(sites: readonly Site[], { kind, keyOf, order }: Level): SiteGroup[] {
  const byKeys = new Map<string, Site[]>();
  for (const site of sites) {
    const key = keyOf(site);
    const members = byKeys.get(key);
    if (members === undefined) byKeys.set(key, [site]);
    else members.push(site);
  }
  return Array.from(byKeys, ([key, members]) => ({ kind, key, sites: members })).sort(order);
}

function byKey(a: SiteGroup, b: SiteGroup): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

function byCount(a: SiteGroup, b: SiteGroup): number {
  return b.sites.length - a.sites.length || byKey(a, b);
}

function byFirstSite(a: SiteGroup, b: SiteGroup): number {
  const [first, second] = [a.sites[0], b.sites[0]];
  return first === undefined || second === undefined ? 0 : byPlace(first, second);
}
