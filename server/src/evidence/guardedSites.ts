/** Sites that are reached only where what they make is not there yet: in a run that goes on they allocate once. */
import type { Site } from "../analysis/site.js";
import type { GoTree } from "../syntax/goSyntax.js";
import { guardOf, type Guard } from "../syntax/guards.js";
import type { EvidenceCondition } from "./allocationCall.js";

const conditions: Readonly<Record<Guard, EvidenceCondition>> = {
  missing: "missing",
  "too-small": "too small",
};

/** The sites of the tree's file, those that an `if` guards with its condition: their call is reached only then. */
export function withGuards(sites: readonly Site[], tree: GoTree): Site[] {
  return sites.map((site) => {
    const isSure = site.allocates === "yes" || site.allocates === "likely";
    if (!isSure || site.inlinedFrom !== null || site.context === "panic") return site;
    const { start, end } = site.nodeRange;
    const guard = guardOf(tree, { start: tree.source.offsetOf(start), end: tree.source.offsetOf(end) });
    return guard === undefined ? site : { ...site, allocates: "sometimes", when: conditions[guard] };
  });
}
