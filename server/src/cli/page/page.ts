/** `escapelens report --format=html`: one file with everything in it, which asks nobody for anything. */
import { createHash } from "node:crypto";
import * as l10n from "@vscode/l10n";
import { severities } from "../../analysis/severity.js";
import { mayAllocate } from "../../assertions/mayAllocate.js";
import { version } from "../../version.js";
import { buildName, type FoundSite, type Report } from "../report.js";
import { barChart } from "./charts.js";
import { escapeHtml } from "./html.js";
import { profileSection } from "./profileSection.js";
import { script } from "./script.js";
import type { SourceLines } from "./sourceLines.js";
import { style } from "./style.js";
import { siteTable } from "./table.js";

const { t } = l10n;

/** The page about all sites that may allocate: what a profile says allocated most first, then the loudest. */
export function formatPage(report: Report, lineOf: SourceLines): string {
  const sites = report.sites
    .filter((site) => mayAllocate(site) && site.allowed === undefined)
    .sort(byLoudness);
  const title = t("Heap allocations of {0}", commonPath(report));
  return `<!DOCTYPE html>
<html lang="${escapeHtml(t("en"))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Go Escape Lens ${escapeHtml(version)}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="sums">${escapeHtml(sums(report, sites))}</p>
${errors(report)}
${profileSection(report.profile)}
<div class="charts">
${barChart(t("By reason"), "reason", sites, (site) => site.reason)}
${barChart(t("By package"), "package", sites, (site) => site.package)}
${barChart(t("By context"), "context", sites, (site) => site.context)}
</div>
<p class="legend"><span class="loops"></span>${escapeHtml(t("in loops"))}<span class="elsewhere"></span>${escapeHtml(t("elsewhere"))}</p>
${filters(sites)}
${siteTable(sites, lineOf)}
<script>${script}</script>
</body>
</html>
`;
}

/** What the policy allows is this very text. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function byLoudness(a: FoundSite, b: FoundSite): number {
  const bytes = (b.profile?.bytes ?? 0) - (a.profile?.bytes ?? 0);
  if (bytes !== 0) return bytes;
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.loopDepth - a.loopDepth;
}

function sums(report: Report, sites: readonly FoundSite[]): string {
  const inLoops = sites.filter(({ context }) => context === "loop").length;
  return [
    t("Places that may allocate: {0}", sites.length),
    t("in loops: {0}", inLoops),
    t("packages: {0}", report.packages.length),
    ...report.builds.map(buildName),
  ].join(" · ");
}

function errors(report: Report): string {
  return report.packages
    .filter(({ error }) => error !== null)
    .map(
      ({ importPath, error }) =>
        `<p class="error">${escapeHtml(`${importPath}: ${(error ?? "").trim()}`)}</p>`,
    )
    .join("\n");
}

function filters(sites: readonly FoundSite[]): string {
  const choices = [
    select(
      "package",
      t("Package"),
      sites.map((site) => site.package),
    ),
    select(
      "reason",
      t("Reason"),
      sites.map((site) => site.reason),
    ),
    select(
      "context",
      t("Context"),
      sites.map((site) => site.context),
    ),
    select(
      "allocates",
      t("Allocates"),
      sites.map((site) => site.allocates),
    ),
  ];
  const search = `<label>${escapeHtml(t("Search"))}<input type="search" name="text"></label>`;
  const reset = `<button type="reset">${escapeHtml(t("Reset"))}</button>`;
  return `<form>${search}${choices.join("")}${reset}<output aria-live="polite"></output></form>`;
}

function select(name: string, label: string, values: readonly string[]): string {
  const options = [...new Set(values)]
    .sort()
    .map((value) => `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`);
  return `<label>${escapeHtml(label)}<select name="${name}"><option value="">${escapeHtml(t("all"))}</option>${options.join("")}</select></label>`;
}

/** What the import paths have in common: usually the module's path. */
function commonPath({ packages }: Report): string {
  const [first = [], ...others] = packages.map(({ importPath }) => importPath.split("/"));
  const length = others.reduce((common, parts) => {
    const differs = parts.findIndex((part, index) => part !== first[index]);
    return Math.min(common, differs === -1 ? parts.length : differs);
  }, first.length);
  return first.slice(0, length).join("/") || "Go";
}
