/** Which sites the Heap Escapes view has. */
import path from "node:path";
import type { Site } from "../../analysis/site.js";
import { mayAllocate } from "../../assertions/mayAllocate.js";
import type { TreeFilter } from "../../protocol.js";

/** Whether the lines of a site are among those that were changed. */
export type IsChanged = (site: Site) => boolean;

/** The filter as a predicate; `isChanged` is asked only where the filter wants changed lines. */
export function siteFilter(filter: TreeFilter, isChanged: IsChanged): (site: Site) => boolean {
  const reasons = new Set<string>(filter.reasons);
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (site) =>
    (!filter.allocating || mayAllocate(site)) &&
    (!filter.loops || isInLoop(site)) &&
    (!filter.profiled || site.profile?.bytes !== 0) &&
    (filter.tests || !isTestOrGenerated(site)) &&
    (reasons.size === 0 || reasons.has(site.reason)) &&
    hasWords(site, words) &&
    (!filter.changed || isChanged(site));
}

export function isInLoop({ loopDepth }: Pick<Site, "loopDepth">): boolean {
  return loopDepth > 0;
}

function isTestOrGenerated({ context }: Site): boolean {
  return context === "test" || context === "generated";
}

function hasWords(site: Site, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { source, expression, function: name, package: importPath, reason, file } = site;
  const text = [source, expression, name, importPath, reason, path.basename(file)].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}
