/** A function literal that is called on the spot is compiled twice: inlined at its call, and by itself. */
import { compare } from "./remap.js";
import type { Site } from "./site.js";

/** `F.func1`, `(*T).M.func2.1` */
const literal = /\.func\d+(?:\.\d+)*$/;

/** The sites without those that are inlined from a literal in which the same expression has a site that may allocate. */
export function withoutLiteralCopies(sites: readonly Site[]): Site[] {
  return sites.filter((site) => !isLiteralCopy(site) || !sites.some((other) => isOriginal(other, site)));
}

function isLiteralCopy({ inlinedFrom }: Site): boolean {
  return inlinedFrom !== null && literal.test(inlinedFrom);
}

/** The node of the copy is the call, which holds the literal and with it the original. */
function isOriginal(site: Site, copy: Site): boolean {
  return (
    site.inlinedFrom === null &&
    site.file === copy.file &&
    site.kind === copy.kind &&
    site.expression === copy.expression &&
    (site.allocates !== "no" || copy.allocates === "no") &&
    compare(copy.nodeRange.start, site.nodeRange.start) <= 0 &&
    compare(site.nodeRange.end, copy.nodeRange.end) <= 0
  );
}
