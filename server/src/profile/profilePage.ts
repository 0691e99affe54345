/** A loaded profile as a page of Markdown: its sums, and why its hottest lines allocate. */
import * as l10n from "@vscode/l10n";
import { bytesWords, objectsWords, shareWords } from "../explain/amounts.js";
import { visible } from "../explain/visible.js";
import type { ProfileReport, ProfileReportLine } from "./profileReport.js";
import { callerWords, lineReasons, sumsWords } from "./profileWords.js";

const { t } = l10n;

/**
 * Writes the page.
 *
 * @param link The Markdown of a place: a link, or the place in code.
 */
export function profilePage(
  report: ProfileReport,
  link: (place: Pick<ProfileReportLine, "file" | "line" | "recordedLine">) => string,
): string {
  const { sources, before, lines } = report;
  return [
    `# ${t("Memory profile")}`,
    [
      ...sources.map((source) => `- \`${visible(source)}\``),
      ...before.map((source) => `- ${t("before: `{0}`", visible(source))}`),
    ].join("\n"),
    sumsWords(report).join("  \n"),
    `## ${t("Lines that allocate most")}`,
    linesTable(lines, link),
    "",
  ].join("\n\n");
}

/** The lines as a table. */
export function linesTable(
  lines: readonly ProfileReportLine[],
  link: (place: Pick<ProfileReportLine, "file" | "line" | "recordedLine">) => string,
): string {
  const head = `| ${t("Bytes")} | ${t("Share")} | ${t("Objects")} | ${t("Place")} | ${t("Why")} |`;
  const rows = lines.map((line) => {
    const paid = callerWords(line);
    const why = [...lineReasons(line), ...(paid === "" ? [] : [t("Called from {0}", paid)])];
    const figures = [bytesWords(line.bytes), shareWords(line.share), objectsWords(line.objects)];
    return `| ${figures.join(" | ")} | ${link(line)} | ${why.map(cell).join("<br>")} |`;
  });
  return [head, "| --: | --: | --: | --- | --- |", ...rows].join("\n");
}

function cell(text: string): string {
  return visible(text)
    .replace(/[\r\n]+/g, " ")
    .replaceAll("|", "\\|")
    .replace(/</g, "&lt;");
}
