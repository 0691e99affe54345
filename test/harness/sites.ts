/** Sites without a compiler, for tests of what is done with them. */
import { Results } from "../../server/src/analysis/results.js";
import type { Site } from "../../server/src/analysis/site.js";
import type { Snapshot } from "../../server/src/analysis/snapshot.js";
import type { TreeFilter } from "../../server/src/protocol.js";

/** A site at the start of a line (from 0) of `/m/a.go`, with what the test is about. */
export function madeSite(line: number, properties: Partial<Site> = {}): Site {
  const range = { start: { line, character: 1 }, end: { line, character: 3 } };
  return {
    id: `id${line}`,
    package: "example.com/m",
    file: "/m/a.go",
    function: "F",
    range,
    column: 2,
    nodeRange: range,
    kind: "escapes",
    form: "new",
    expression: "new(T)",
    source: "new(T)",
    reason: "returned",
    allocates: "yes",
    when: null,
    evidence: [],
    context: "body",
    loopDepth: 0,
    inlinedFrom: null,
    callee: null,
    flow: [],
    compilerLines: [],
    ...properties,
  };
}

/** Results that hold the sites, as if their files had just been analyzed. */
export function resultsOf(sites: readonly Site[]): Results {
  const results = new Results();
  const byPackage = new Map<string, Site[]>();
  for (const site of sites) {
    const own = byPackage.get(site.package);
    if (own === undefined) byPackage.set(site.package, [site]);
    else own.push(site);
  }
  for (const [importPath, own] of byPackage) {
    const files = [...new Set(own.map(({ file }) => file))];
    results.put({ snapshot: madeSnapshot(importPath), files, sites: own });
  }
  return results;
}

/** A snapshot of a package that holds nothing but the versions of its open files, by absolute path. */
export function madeSnapshot(
  importPath: string,
  versions: ReadonlyMap<string, number | null> = new Map(),
): Snapshot {
  const goPackage = { importPath, dir: "/m", root: "/m", variants: [], ignoredFiles: [] };
  const files = new Map([...versions].map(([file, version]) => [file, { hash: "", version }]));
  return { package: goPackage, files, texts: new Map(), overlays: new Map() };
}

/** A filter of the tree that lets everything through. */
export const everySite: TreeFilter = {
  allocating: false,
  loops: false,
  changed: false,
  profiled: false,
  tests: true,
  reasons: [],
  text: "",
};
