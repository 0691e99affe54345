import * as l10n from "@vscode/l10n";
import { siteMessage } from "../explain/message.js";
import type { Report } from "./report.js";

/** One line for each finding, as Go's tools write them: `file:line:column: message (reason)`, line and byte column from 1. */
export function formatText(report: Report): string {
  const lines = report.findings.map(({ site }) => {
    const line = site.range.start.line + 1;
    return `${report.relative(site.file)}:${line}:${site.column}: ${siteMessage(site)} (${site.reason})`;
  });
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** The closing words, for stderr. */
export function formatSummary(report: Report): string {
  return l10n.t(
    "Findings: {0} of {1} sites, packages: {2} ({3}, {4}).",
    report.findings.length,
    report.sites.length,
    report.packages.length,
    report.go,
    report.target,
  );
}
