/** Limits on the number of sites: by reason, context, package and path. */
import picomatch from "picomatch";
import { type Limit, listed } from "./configuration.js";
import type { GateSite } from "./gateSite.js";

/** A limit that is exceeded. */
export interface BrokenLimit<Found extends GateSite> {
  readonly limit: Limit;
  /** Its place in the configuration, from 0. */
  readonly index: number;
  /** The sites that count for it: with `forbid` those that are not known already. */
  readonly sites: readonly Found[];
}

export interface LimitInput<Found extends GateSite> {
  /** Sites that may allocate, those left out that somebody allowed. */
  readonly sites: readonly Found[];
  /** Whether the baseline, or the revision that is compared with, has the site. Counts for `forbid` only. */
  readonly isKnown: (site: Found) => boolean;
  /** The path of the site's file relative to the folder of the configuration, with slashes. */
  readonly pathOf: (site: Found) => string;
}

/** The limits that the sites exceed, in the order of the configuration. */
export function brokenLimits<Found extends GateSite>(
  limits: readonly Limit[],
  input: LimitInput<Found>,
): BrokenLimit<Found>[] {
  return limits.flatMap((limit, index) => {
    const counts = selector(limit, input);
    const sites = input.sites.filter(
      (site) => counts(site) && !(limit.forbid === true && input.isKnown(site)),
    );
    return sites.length > (limit.max ?? 0) ? [{ limit, index, sites }] : [];
  });
}

function selector<Found extends GateSite>(
  limit: Limit,
  { pathOf }: LimitInput<Found>,
): (site: Found) => boolean {
  const reasons = new Set(listed(limit.reason));
  const contexts = new Set(listed(limit.context));
  const packages = listed(limit.package).map(packagePattern);
  const isInPath = limit.path === undefined ? undefined : pathMatcher(listed(limit.path));
  return (site) =>
    (reasons.size === 0 || reasons.has(site.reason)) &&
    (contexts.size === 0 ? !isAside(site) : contexts.has(site.context)) &&
    (packages.length === 0 || packages.some((matches) => matches(site.package))) &&
    (isInPath?.(pathOf(site)) ?? true);
}

function isAside({ context }: GateSite): boolean {
  return context === "test" || context === "generated";
}

/** Says whether a path (with slashes) matches one of the globs. A folder stands for all that is in it. */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  const matches = picomatch(
    globs.flatMap((glob) => [
      glob.replace(/^\.\//, ""),
      `${glob.replace(/^\.\//, "").replace(/\/$/, "")}/**`,
    ]),
    { dot: true, noextglob: true, regex: false },
  );
  return (path) => matches(path);
}

/**
 * Says whether an import path matches a pattern as the go command has them: `...` stands for any text, and `/...` at the end
 * for none as well (`go help packages`). No regular expression: what a pattern costs must not depend on who wrote it.
 */
export function packagePattern(pattern: string): (importPath: string) => boolean {
  const matches = wildcard(pattern);
  if (!pattern.endsWith("/...")) return matches;
  const isFolder = wildcard(pattern.slice(0, -"/...".length));
  return (importPath) => matches(importPath) || isFolder(importPath);
}

/** Each piece between the wildcards is looked for as early as it can be, which leaves the most to those behind it. */
function wildcard(pattern: string): (text: string) => boolean {
  const [first = "", ...rest] = pattern.split("...");
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const piece of rest) {
      const at = text.indexOf(piece, from);
      if (at === -1) return false;
      from = at + piece.length;
    }
    return text.endsWith(last) && text.length - last.length >= from;
  };
}
