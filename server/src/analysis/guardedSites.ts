/** Sites that are reached only where what they make is not there yet: in a run that goes on they allocate once. */
import type { GoTree } from "../syntax/goSyntax.js";
import { guardOf, type Guard } from "../syntax/guards.js";
import type { Condition } from "./allocates.js";
import type { SiteDraft } from "./fileSites.js";
import { isSettled } from "./settled.js";

const conditions: Readonly<Record<Guard, Condition>> = {
  missing: "missing",
  "too-small": "too small",
};

/** The site, of the tree's file, with the condition of an `if` that guards it: what it makes is made only then. */
export function guarded<S extends SiteDraft>(site: S, tree: GoTree): S {
  const { allocates, inlinedFrom, context, nodeRange } = site;
  const isSure =
    allocates === "yes" || allocates === "likely" || (allocates === "unknown" && isSettled(site));
  if (!isSure || inlinedFrom !== null || context === "panic") return site;
  const { source } = tree;
  const guard = guardOf(tree, {
    start: source.offsetOf(nodeRange.start),
    end: source.offsetOf(nodeRange.end),
  });
  return guard === undefined ? site : { ...site, allocates: "sometimes", when: conditions[guard] };
}
