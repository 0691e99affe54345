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
  const seen = new Map<string, number>();
  return identities.map((identity) => {
    const folded = identity.source.replace(/\s+/g, " ").trim();
    const key = [identity.package, identity.function, identity.kind, folded].join("\0");
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return createHash("sha256").update(`${key}\0${ordinal}`).digest("hex").slice(0, 16);
  });
}

/** Sites with their ids, from those of one or several packages in source order: equals count within one import path. */
export function identified(drafts: readonly Omit<Site, "id">[]): Site[] {
  const importPaths = new Set(drafts.map((draft) => draft.package));
  return [...importPaths].flatMap((importPath) => {
    const group = drafts.filter((draft) => draft.package === importPath);
    const ids = siteIds(group);
    return group.map((draft, index) => ({ ...draft, id: ids[index] ?? "" }));
  });
}
