import { createHash } from "node:crypto";
import type { Site, SiteKind } from "./site.js";

export interface Identity {
  readonly package: string;
  readonly function: string;
  readonly kind: SiteKind;
  /** Source text of the node. */
  readonly source: string;
}

/**
 * Gives each site its id: a hash of import path, function, kind and source text (white space folded), and an ordinal
 * among equals. Neither line, reason nor the compiler's rendering takes part, so edits elsewhere and other versions of Go
 * leave it alone. `identities` must be of one package and in source order (file, then position); the result has the same
 * order. 16 hexadecimal digits.
 */
export function siteIds(identities: readonly Identity[]): string[] {
  const numbered = new Numbering();
  return identities.map((identity) => {
    const key = keyOf(identity);
    return idOf(key, numbered.next(key));
  });
}

/** A site, and what its id was made from. */
interface Identified {
  readonly key: string;
  readonly ordinal: number;
  readonly site: Site;
}

type Draft = Omit<Site, "id">;

/** Sites by the drafts that they were made from: to name a site again takes longer than to find it. */
export type KnownIds = WeakMap<Draft, Identified>;

/**
 * Sites with their ids, from those of one or several packages in source order: equals count within one import path.
 *
 * @param known Sites of before: where the same draft gets the same id, it is the same site.
 */
export function identified(drafts: readonly Draft[], known?: KnownIds): Site[] {
  const importPaths = new Set(drafts.map((draft) => draft.package));
  return [...importPaths].flatMap((importPath) => {
    const numbered = new Numbering();
    const group = drafts.filter((draft) => draft.package === importPath);
    return group.map((draft) => {
      const before = known?.get(draft);
      const key = before?.key ?? keyOf(draft);
      const ordinal = numbered.next(key);
      if (before?.ordinal === ordinal) return before.site;
      const site = { ...draft, id: idOf(key, ordinal) };
      known?.set(draft, { key, ordinal, site });
      return site;
    });
  });
}

/** Counts equals. */
class Numbering {
  readonly #seen = new Map<string, number>();

  /** From 0. */
  next(key: string): number {
    const ordinal = this.#seen.get(key) ?? 0;
    this.#seen.set(key, ordinal + 1);
    return ordinal;
  }
}

function keyOf({ package: importPath, function: name, kind, source }: Identity): string {
  return [importPath, name, kind, source.replace(/\s+/g, " ").trim()].join("\0");
}

function idOf(key: string, ordinal: number): string {
  return createHash("sha256").update(`${key}\0${ordinal}`).digest("hex").slice(0, 16);
}
