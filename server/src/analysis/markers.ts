/** Which sites are shown as one: a call that allocates several times within, because its callee is inlined, is one place. */
import { isDeepStrictEqual } from "node:util";
import { withoutLiteralCopies } from "./literalCopies.js";
import { severities, type Severity, severityOf, type SeverityRules } from "./severity.js";
import type { Site } from "./site.js";

export interface Marker {
  /** The loudest of the sites, the first of equally loud ones: what later steps find out about them changes nothing. */
  readonly site: Site;
  readonly severity: Exclude<Severity, "off">;
  /** The other sites that are shown by this marker, in source order. */
  readonly others: readonly Site[];
}

/**
 * One marker for each site that is shown, but one only for all that was inlined at one call, and for what stands in a
 * function literal called on the spot; in source order.
 */
export function markersOf(sites: readonly Site[], rules: SeverityRules): Marker[] {
  const markers: Marker[] = [];
  for (const site of withoutLiteralCopies(sites)) {
    const severity = severityOf(site, rules);
    if (severity === "off") continue;
    // Sites are in source order, so those of one call follow each other, but for others on the same line.
    const index = markers.findLastIndex(
      (marker) => isSameCall(marker.site, site) || isAbove(marker.site, site),
    );
    const known = markers[index];
    if (known === undefined || !isSameCall(known.site, site)) markers.push({ site, severity, others: [] });
    else markers[index] = merged(known, { site, severity });
  }
  return markers;
}

/** Whether both are inlined at one call. */
export function isSameCall(a: Site, b: Site): boolean {
  return a.inlinedFrom !== null && b.inlinedFrom !== null && isDeepStrictEqual(a.range, b.range);
}

function isAbove(a: Site, b: Site): boolean {
  return a.range.start.line < b.range.start.line;
}

function merged(known: Marker, added: Pick<Marker, "site" | "severity">): Marker {
  return severities.indexOf(added.severity) < severities.indexOf(known.severity)
    ? { ...added, others: [known.site, ...known.others] }
    : { ...known, others: [...known.others, added.site] };
}
