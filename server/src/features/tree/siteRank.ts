/** Which sites cost the most, as far as the program knows: how often it runs, how surely it allocates, how much. */
import type { Evidence, Site, SiteContext } from "../../analysis/site.js";
import { mayAllocate } from "../../assertions/mayAllocate.js";

/** How often the place runs, the least often first. */
const contexts: readonly SiteContext[] = [
  "generated",
  "test",
  "init",
  "panic",
  "error-return",
  "body",
  "loop",
];

/** How surely the site allocates. */
const certainty: Readonly<Record<Site["allocates"], number>> = {
  no: 0,
  unknown: 1,
  sometimes: 2,
  likely: 3,
  yes: 4,
};

/** Deeper loops and larger allocations than these are all alike. */
const [deepest, largest] = [15, 2 ** 32 - 1];

/** The sites with the costliest first: what a loaded profile says goes before what is known without one; equal ones by place, so that the order never changes by itself. */
export function ranked(sites: readonly Site[]): Site[] {
  // The rank is made once for each site: a sort of many sites compares each of them a dozen times.
  return sites
    .map((site) => ({ site, rank: rankOf(site) }))
    .sort((a, b) => profiled(b.site) - profiled(a.site) || b.rank - a.rank || byPlace(a.site, b.site))
    .map(({ site }) => site);
}

function profiled({ profile }: Site): number {
  return profile?.bytes ?? 0;
}

/** What the loaded profile has of the sites, each byte once; undefined without a profile. */
export function profiledBytes(sites: readonly Site[]): number | undefined {
  const known = sites.flatMap(({ profile }) => (profile === undefined ? [] : [profile]));
  if (known.length === 0) return undefined;
  return known.reduce(
    (sum, { bytes, sharedWith, isCopy }) => sum + (isCopy ? 0 : bytes / (sharedWith + 1)),
    0,
  );
}

/** A number whose digits are what counts, the most important first; exact, being below 2 to the power of 53. */
function rankOf(site: Site): number {
  const digits: readonly (readonly [number, number])[] = [
    [Number(mayAllocate(site)), 2],
    [contexts.indexOf(site.context), contexts.length],
    [Math.min(site.loopDepth, deepest), deepest + 1],
    [certainty[site.allocates], 5],
    [Math.min(bytesOf(site) ?? 0, largest), largest + 1],
  ];
  return digits.reduce((rank, [digit, base]) => rank * base + digit, 0);
}

/** By file, then by position. */
export function byPlace(a: Site, b: Site): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}

/** What the calls of the allocator ask for each time the site runs; undefined where no call tells. */
export function bytesOf({ evidence }: { readonly evidence: readonly Evidence[] }): number | undefined {
  const known = evidence.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  return known.length === 0 ? undefined : known.reduce((sum, bytes) => sum + bytes, 0);
}

/** The sum over the sites of which it is known; undefined where it is known of none. */
export function totalBytes(sites: readonly Site[]): number | undefined {
  const known = sites.map(bytesOf).filter((bytes) => bytes !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, bytes) => sum + bytes, 0);
}
