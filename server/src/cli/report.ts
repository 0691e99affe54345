import path from "node:path";
import { isAtLeast, type Severity, severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";

export interface RatedSite {
  readonly site: Site;
  readonly severity: Severity;
}

/** What a run of the command-line tool found, ready for any format. */
export interface Report {
  readonly go: string;
  readonly target: string;
  readonly packages: readonly {
    readonly importPath: string;
    readonly dir: string;
    readonly error: string | null;
  }[];
  readonly sites: readonly RatedSite[];
  /** The sites at or above the chosen level. */
  readonly findings: readonly RatedSite[];
  readonly unknownLines: number;
  /** A path as it is printed: relative to the current folder, with slashes. */
  relative(file: string): string;
}

/** Rates sites and picks the findings. */
export function rate(
  sites: readonly Site[],
  rules: SeverityRules,
  level: Severity,
): Pick<Report, "sites" | "findings"> {
  const rated = sites.map((site) => ({ site, severity: severityOf(site, rules) }));
  return { sites: rated, findings: rated.filter(({ severity }) => isAtLeast(severity, level)) };
}

/** Paths relative to `folder`, with slashes; absolute where there is no way between the two (another drive). */
export function relativeTo(folder: string): (file: string) => string {
  return (file) => (path.relative(folder, file) || ".").split(path.sep).join("/");
}
