/** The JSON of `escapelens check`: a contract (schema 1) that other tools read. It may grow; nothing is renamed. */
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Allocates, SiteContext } from "../analysis/site.js";
import type { ProfileReport } from "../profile/profileReport.js";
import type { Judgment, LimitFailure } from "./judgment.js";
import type { Build, FoundSite, Report, ReportAssertion, ReportPackage, ReportSite } from "./report.js";

export interface JsonReport {
  readonly schema: 1;
  /** Of the first build. */
  readonly go: string;
  readonly target: string;
  /** Only where there are several. */
  readonly builds?: readonly Build[];
  readonly packages: readonly ReportPackage[];
  readonly sites: readonly ReportSite[];
  /** Assertions in comments that do not hold; only where there are any. */
  readonly assertions?: readonly ReportAssertion[];
  /** What the gate said; only where it had something to compare or limits were exceeded. */
  readonly gate?: JsonGate;
  /** What `--profile` named came to; only where it did. */
  readonly profile?: ProfileReport;
  readonly summary: JsonSummary;
}

interface JsonGate {
  /** Ids of the sites that the baseline or the revision does not have. */
  readonly added?: readonly string[];
  /** How many sites of the baseline or the revision are no longer there. */
  readonly gone?: number;
  readonly limits?: readonly LimitFailure[];
}

interface JsonSummary {
  readonly packages: number;
  readonly packagesWithErrors: number;
  readonly sites: number;
  /** What is reported: sites at or above the chosen level, limits and assertions. */
  readonly findings: number;
  readonly allocates: Readonly<Record<Allocates, number>>;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  readonly contexts: Readonly<Partial<Record<SiteContext, number>>>;
  /** Lines of the compiler that no rule knew. */
  readonly unknownLines: number;
}

/** The whole report as one JSON document, every site included; files are relative to the current folder, with slashes. */
export function formatJson(report: Report, judgment: Judgment): string {
  return `${JSON.stringify(jsonReport(report, judgment), null, 2)}\n`;
}

/** The same as an object. */
export function jsonReport(report: Report, judgment: Judgment): JsonReport {
  const [first] = report.builds;
  const gate = jsonGate(judgment);
  return {
    schema: 1,
    go: first?.go ?? "",
    target: first?.target ?? "",
    ...(report.builds.length > 1 && { builds: report.builds }),
    packages: report.packages,
    sites: report.sites.map(jsonSite),
    ...(report.assertions.length > 0 && {
      assertions: report.assertions.map((assertion) => without(assertion, "column")),
    }),
    ...(gate !== undefined && { gate }),
    ...(report.profile !== undefined && { profile: report.profile }),
    summary: summary(report, judgment),
  };
}

/** A site as the contract has it. */
export function jsonSite(site: FoundSite): ReportSite {
  return without(site, "column", "surroundings", "edits");
}

/** Reports hold more than the contract names: `JSON.stringify` leaves out what is undefined. */
function without<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: readonly Key[]
): Omit<Value, Key> {
  return { ...value, ...Object.fromEntries(keys.map((key) => [key, undefined])) };
}

function jsonGate({ comparison, limits }: Judgment): JsonGate | undefined {
  if (comparison === null && limits.length === 0) return undefined;
  return { ...comparison, ...(limits.length > 0 && { limits }) };
}

function summary(report: Report, judgment: Judgment): JsonSummary {
  const allocates: Record<Allocates, number> = { yes: 0, likely: 0, sometimes: 0, no: 0, unknown: 0 };
  const reasons: Partial<Record<ReasonCode, number>> = {};
  const contexts: Partial<Record<SiteContext, number>> = {};
  for (const site of report.sites) {
    allocates[site.allocates]++;
    reasons[site.reason] = (reasons[site.reason] ?? 0) + 1;
    contexts[site.context] = (contexts[site.context] ?? 0) + 1;
  }
  return {
    packages: report.packages.length,
    packagesWithErrors: report.packages.filter((entry) => entry.error !== null).length,
    sites: report.sites.length,
    findings: judgment.findings.length,
    allocates,
    reasons,
    contexts,
    unknownLines: report.unknownLines,
  };
}
