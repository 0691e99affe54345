import type { Site } from "../analysis/site.js";

/** Sites by the absolute path of their file, in the order given. */
export function sitesByFile(sites: readonly Site[]): ReadonlyMap<string, readonly Site[]> {
  const byFile = new Map<string, Site[]>();
  for (const site of sites) {
    const here = byFile.get(site.file);
    if (here === undefined) byFile.set(site.file, [site]);
    else here.push(site);
  }
  return byFile;
}
