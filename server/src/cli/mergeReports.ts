/** Several reports as one: of shards of a project, or of several builds of the same packages. */
import { loudest } from "./judgment.js";
import { buildName, type FoundSite, type Report } from "./report.js";

/**
 * Joins reports. A site is the same where its id is; it keeps what the first report says of it, and the loudest severity.
 * Where the reports are of several builds, each site names those that have it.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const builds = unique(
    reports.flatMap((report) => report.builds),
    buildName,
  );
  const sites = new Map<string, FoundSite>();
  for (const report of reports) {
    const names = report.builds.map(buildName);
    for (const site of report.sites) {
      const here = builds.length > 1 ? { ...site, builds: site.builds ?? names } : site;
      const known = sites.get(site.id);
      sites.set(site.id, known === undefined ? here : joined(known, here));
    }
  }
  return {
    builds,
    packages: mergePackages(reports, builds.length > 1),
    sites: [...sites.values()].sort(byPlace),
    assertions: unique(
      reports.flatMap((report) => report.assertions),
      ({ code, file, range, message }) => JSON.stringify([code, file, range.start, message]),
    ),
    ...profileOf(reports),
    unknownLines: reports.reduce((sum, report) => sum + report.unknownLines, 0),
    notes: [...new Set(reports.flatMap(({ notes }) => notes))],
  };
}

/** That of the first report that has one. */
function profileOf(reports: readonly Report[]): Pick<Report, "profile"> {
  const profile = reports.find((report) => report.profile !== undefined)?.profile;
  return profile === undefined ? {} : { profile };
}

function joined(known: FoundSite, other: FoundSite): FoundSite {
  const builds = [...(known.builds ?? []), ...(other.builds ?? [])];
  const severity = loudest(known.severity, other.severity);
  const profile = known.profile ?? other.profile;
  const of = profile === undefined ? {} : { profile };
  return { ...known, ...of, severity, ...(builds.length > 0 && { builds: unique(builds, (name) => name) }) };
}

/** A package fails where it fails under any build, which its error then names. */
function mergePackages(reports: readonly Report[], namesBuilds: boolean): Report["packages"] {
  const packages = new Map<string, Report["packages"][number]>();
  for (const { builds, packages: own } of reports) {
    const name = builds.map(buildName).join(", ");
    for (const entry of own) {
      const error = entry.error === null || !namesBuilds ? entry.error : `${name}: ${entry.error}`;
      const known = packages.get(entry.importPath);
      packages.set(entry.importPath, { ...entry, ...known, error: known?.error ?? error });
    }
  }
  return [...packages.values()].sort((a, b) => (a.importPath < b.importPath ? -1 : 1));
}

function unique<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  return [...new Map(values.toReversed().map((value) => [keyOf(value), value])).values()].toReversed();
}

function byPlace(a: FoundSite, b: FoundSite): number {
  if (a.package !== b.package) return a.package < b.package ? -1 : 1;
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
