/** Markdown for a comment on a pull request: what was found, briefly, the longest part folded. */
import * as l10n from "@vscode/l10n";
import { reasonPage } from "../explain/reasonPage.js";
import { visible } from "../explain/visible.js";
import { reasonCodes } from "../analysis/reasonCodes.js";
import { linesTable } from "../profile/profilePage.js";
import type { ProfileReport, ProfileReportLine } from "../profile/profileReport.js";
import { sumsWords } from "../profile/profileWords.js";
import type { Finding, Judgment } from "./judgment.js";
import { buildName, type Report } from "./report.js";

const { t } = l10n;

/** Findings that are listed: a comment on GitHub holds 65,536 characters. */
const listLimit = 100;

const codes: ReadonlySet<string> = new Set(reasonCodes);

/** A heading with the sums, then the findings as a table. */
export function formatMarkdown(report: Report, judgment: Judgment): string {
  const { findings, comparison } = judgment;
  const builds = report.builds.map(buildName).join(", ");
  const sums = [
    t("Findings: {0}", findings.length),
    ...(comparison === null
      ? []
      : [t("new sites: {0}", comparison.added.length), t("gone: {0}", comparison.gone)]),
    t("sites: {0}", report.sites.length),
    t("packages: {0}", report.packages.length),
  ];
  const parts = [`### Go Escape Lens`, `${sums.join(" · ")} · ${escaped(builds)}`];
  const errors = report.packages.filter(({ error }) => error !== null);
  for (const { importPath, error } of errors)
    parts.push(`**${escaped(importPath)}**: ${escaped((error ?? "").trim())}`);
  if (report.profile !== undefined) parts.push(profileSection(report.profile));
  if (findings.length > 0) parts.push(table(findings));
  return `${parts.join("\n\n")}\n`;
}

/** Lines of a profile that a comment has room for. */
const profileLimit = 10;

function profileSection(profile: ProfileReport): string {
  const place = ({ file, line, recordedLine }: Pick<ProfileReportLine, "file" | "line" | "recordedLine">) =>
    inCode(`${file}:${line === null ? recordedLine : line + 1}`);
  return [
    sumsWords(profile).map(escaped).join("<br>\n"),
    linesTable(profile.lines.slice(0, profileLimit), place),
  ].join("\n\n");
}

function table(findings: readonly Finding[]): string {
  const shown = findings.slice(0, listLimit);
  const rows = shown.map(
    ({ file, range, message, code }) =>
      `| ${inCode(`${file}:${range.start.line + 1}`)} | ${escaped(message)} | ${link(code)} |`,
  );
  const head = `| ${t("Place")} | ${t("Finding")} | ${t("Reason")} |\n| --- | --- | --- |`;
  const rest = findings.length - shown.length;
  const more = rest > 0 ? `\n\n${t("And {0} more.", rest)}` : "";
  const body = `${head}\n${rows.join("\n")}${more}`;
  if (shown.length <= 10) return body;
  return `<details>\n<summary>${t("Findings: {0}", findings.length)}</summary>\n\n${body}\n\n</details>`;
}

function link(code: string): string {
  return isReason(code) ? `[${code}](${reasonPage(code)})` : code;
}

function isReason(code: string): code is (typeof reasonCodes)[number] {
  return codes.has(code);
}

/** Text of the source or the compiler: no markup, no mention of a person, no new row or cell. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\r\n]+/g, " ")
    .split(/(`[^`]*`)/)
    .map((part) => (/^`.*`$/.test(part) ? part.replaceAll("|", "\\|") : plain(part)))
    .join("");
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function inCode(text: string): string {
  const line = visible(text).replace(/[\r\n]+/g, " ");
  return `\`${line.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
