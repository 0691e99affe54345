import * as l10n from "@vscode/l10n";
import { visible } from "../explain/visible.js";
import type { Finding, Judgment } from "./judgment.js";
import { buildName, type Report } from "./report.js";

/** One line for each finding, as Go's tools write them: `file:line:column: message (code)`, line and byte column from 1. */
export function formatText(report: Report, judgment: Judgment): string {
  return judgment.findings.map((finding) => `${line(finding, report)}\n`).join("");
}

function line({ file, range, column, message, code, site }: Finding, report: Report): string {
  // A message may quote the source, and a raw string may have several lines.
  const text = message.replace(/\s*\n\s*/g, " ");
  const builds = site?.builds?.length === report.builds.length ? undefined : site?.builds;
  const where = builds === undefined ? "" : ` [${builds.join(", ")}]`;
  return visible(`${file.replace(/\s+/g, " ")}:${range.start.line + 1}:${column}: ${text} (${code})${where}`);
}

/** The closing words, for stderr. */
export function formatSummary(report: Report, judgment: Judgment): string {
  const [first, ...others] = report.builds;
  const summary = l10n.t(
    "Findings: {0} of {1} sites, packages: {2} ({3}, {4}).",
    judgment.findings.length,
    report.sites.length,
    report.packages.length,
    first?.go ?? "",
    [first?.target ?? "", ...others.map(buildName)].join("; "),
  );
  const { comparison } = judgment;
  if (comparison === null) return summary;
  const compared = l10n.t("New: {0}, gone: {1}.", comparison.added.length, comparison.gone);
  return `${summary} ${compared}`;
}
