/** The sites of the Heap Escapes view as a text, in the formats of the command-line tool. */
import path from "node:path";
import { severityOf, type SeverityRules } from "../../analysis/severity.js";
import type { Site } from "../../analysis/site.js";
import { foundSite } from "../../cli/collect.js";
import { formatCsv } from "../../cli/csv.js";
import { formatJson, type JsonReport, jsonReport } from "../../cli/json.js";
import type { Judgment } from "../../cli/judgment.js";
import { formatMarkdown } from "../../cli/markdown.js";
import { type Build, relativeTo, type Report, type ReportPackage } from "../../cli/report.js";
import type { ExportParams } from "../../protocol.js";

export interface ExportInput {
  /** In the order in which they are to appear. */
  readonly sites: readonly Site[];
  /** Absolute folder that paths are made relative to. */
  readonly folder: string;
  readonly build: Build;
  readonly rules: SeverityRules;
  /** Those that are told of; without them, those that have a site. */
  readonly packages?: readonly ReportPackage[];
}

/**
 * The text, with a line end behind its last line. Everything in the view is told, whatever its severity; what a comment
 * allows is only in the formats that have a place for its reason.
 */
export function exportText(format: ExportParams["format"], input: ExportInput): string {
  const report = reportOf(input);
  switch (format) {
    case "csv":
      return formatCsv(report);
    case "json":
      return formatJson(report, judgmentOf(report));
    case "markdown":
      return formatMarkdown(report, judgmentOf(report));
  }
}

/** The same as the object of `escapelens check --format=json`. */
export function exportObject(input: ExportInput): JsonReport {
  const report = reportOf(input);
  return jsonReport(report, judgmentOf(report));
}

function reportOf({ sites, folder, build, rules, packages }: ExportInput): Report {
  const relative = relativeTo(folder);
  const folders = new Map(sites.map(({ package: importPath, file }) => [importPath, path.dirname(file)]));
  return {
    builds: [build],
    packages:
      packages ??
      Array.from(folders, ([importPath, dir]) => ({ importPath, dir: relative(dir), error: null })),
    sites: sites.map((site) =>
      foundSite(site, {
        allowed: site.allowed,
        severity: severityOf(site, rules),
        surroundings: null,
        relative,
      }),
    ),
    assertions: [],
    unknownLines: 0,
    notes: [],
  };
}

/** Nothing is compared and nothing fails: the person chose by the filter, and by what they allow, what is told. */
function judgmentOf({ sites }: Report): Judgment {
  const told = sites.filter(({ allowed }) => allowed === undefined);
  const findings = told.map((site) => {
    const { reason: code, file, range, column, message } = site;
    const severity = site.severity === "off" ? "hint" : site.severity;
    return { severity, code, file, range, column, message, site } as const;
  });
  return { findings, limits: [], comparison: null, fails: false };
}
