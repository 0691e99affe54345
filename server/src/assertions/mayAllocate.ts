import type { Site } from "../analysis/site.js";

/**
 * Whether a site counts as an allocation for limits, baselines and assertions: all but those that are known to allocate
 * nothing, and appends within a capacity that was reserved, whose `make` is what counts.
 */
export function mayAllocate({ allocates, when }: Pick<Site, "allocates" | "when">): boolean {
  return allocates !== "no" && when !== "len > cap";
}
