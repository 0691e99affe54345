/** The JSON of `escapelens check`: a contract (schema 1) that other tools read. */
import type { Allocates, Site, SiteContext } from "../analysis/site.js";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Severity } from "../analysis/severity.js";
import { siteMessage } from "../explain/message.js";
import type { Report } from "./report.js";

interface JsonReport {
  readonly schema: 1;
  readonly go: string;
  readonly target: string;
  readonly packages: readonly { importPath: string; dir: string; error: string | null }[];
  readonly sites: readonly JsonSite[];
  readonly summary: JsonSummary;
}

interface JsonSite extends Omit<Site, Internal> {
  readonly message: string;
  readonly severity: Severity;
  readonly fixes: readonly string[];
}

/** What a site has for the editor only. */
type Internal = "column" | "nodeRange" | "form" | "source" | "callee" | "compilerLines";

interface JsonSummary {
  readonly packages: number;
  readonly packagesWithErrors: number;
  readonly sites: number;
  /** Sites at or above the chosen level. */
  readonly findings: number;
  readonly allocates: Readonly<Record<Allocates, number>>;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  readonly contexts: Readonly<Partial<Record<SiteContext, number>>>;
  /** Lines of the compiler that no rule knew. */
  readonly unknownLines: number;
}

/** The whole report as one JSON document, every site included; files are relative to the current folder, with slashes. */
export function formatJson(report: Report): string {
  const json: JsonReport = {
    schema: 1,
    go: report.go,
    target: report.target,
    packages: report.packages.map(({ importPath, dir, error }) => ({
      importPath,
      dir: report.relative(dir),
      error,
    })),
    sites: report.sites.map(({ site, severity }) => jsonSite(site, severity, report)),
    summary: summary(report),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function jsonSite(site: Site, severity: Severity, report: Report): JsonSite {
  return {
    id: site.id,
    package: site.package,
    file: report.relative(site.file),
    function: site.function,
    range: site.range,
    kind: site.kind,
    expression: site.expression,
    reason: site.reason,
    allocates: site.allocates,
    when: site.when,
    evidence: site.evidence,
    context: site.context,
    loopDepth: site.loopDepth,
    inlinedFrom: site.inlinedFrom,
    flow: site.flow.map((step) => ({
      reason: step.reason,
      text: step.text,
      file: step.file === null ? null : report.relative(step.file),
      range: step.range,
    })),
    message: siteMessage(site),
    severity,
    fixes: [],
  };
}

function summary(report: Report): JsonSummary {
  const allocates: Record<Allocates, number> = { yes: 0, likely: 0, sometimes: 0, no: 0, unknown: 0 };
  const reasons: Partial<Record<ReasonCode, number>> = {};
  const contexts: Partial<Record<SiteContext, number>> = {};
  for (const { site } of report.sites) {
    allocates[site.allocates]++;
    reasons[site.reason] = (reasons[site.reason] ?? 0) + 1;
    contexts[site.context] = (contexts[site.context] ?? 0) + 1;
  }
  return {
    packages: report.packages.length,
    packagesWithErrors: report.packages.filter((entry) => entry.error !== null).length,
    sites: report.sites.length,
    findings: report.findings.length,
    allocates,
    reasons,
    contexts,
    unknownLines: report.unknownLines,
  };
}
