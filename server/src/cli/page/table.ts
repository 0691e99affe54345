/** The table of all sites: one row each, which the page's script sorts and filters. */
import * as l10n from "@vscode/l10n";
import { reasonPage } from "../../explain/reasonPage.js";
import { bytesWords, shareWords } from "../../explain/amounts.js";
import { siteProfileWords } from "../../explain/siteProfile.js";
import { bytesOf } from "../csv.js";
import type { FoundSite } from "../report.js";
import { escapeHtml, sentenceHtml } from "./html.js";
import type { SourceLines } from "./sourceLines.js";

const { t } = l10n;

/** Longest piece of a source line that is shown, in UTF-16 code units. */
const lineLimit = 160;

/** The table with its head; rows are in the order of the sites. */
export function siteTable(sites: readonly FoundSite[], lineOf: SourceLines): string {
  const heads = [t("Place"), t("Finding"), t("Reason"), t("Context"), t("Allocates"), t("Bytes")];
  if (sites.some(({ profile }) => profile !== undefined)) heads.push(t("In the profile"));
  const head = heads
    .map(
      (text, index) =>
        `<th scope="col"><button type="button" data-column="${index}">${escapeHtml(text)}</button></th>`,
    )
    .join("");
  const rows = sites.map((site) => row(site, lineOf(site), heads.length > 6)).join("\n");
  return `<table id="sites"><thead><tr>${head}</tr></thead><tbody>\n${rows}\n</tbody></table>`;
}

function row(site: FoundSite, line: string | undefined, isProfiled: boolean): string {
  const place = `${site.file}:${site.range.start.line + 1}`;
  const bytes = bytesOf(site);
  const allocates = site.when === null ? site.allocates : `${site.allocates} (${site.when})`;
  const data = {
    package: site.package,
    reason: site.reason,
    context: site.context,
    allocates: site.allocates,
  };
  const attributes = Object.entries(data)
    .map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`)
    .join("");
  const cells = [
    `<td><span class="place">${escapeHtml(place)}</span><span class="function">${escapeHtml(site.function)}</span></td>`,
    `<td>${sentenceHtml(site.message)}${sourceLine(site, line)}</td>`,
    `<td><a href="${escapeHtml(reasonPage(site.reason))}" rel="noreferrer">${escapeHtml(site.reason)}</a></td>`,
    `<td>${escapeHtml(site.context)}${site.loopDepth > 1 ? ` ×${site.loopDepth}` : ""}</td>`,
    `<td>${escapeHtml(allocates)}</td>`,
    `<td class="number">${bytes ?? ""}</td>`,
    ...(isProfiled ? [profileCell(site)] : []),
  ];
  return `<tr${attributes}>${cells.join("")}</tr>`;
}

/** With the number itself for the page's script to sort by. */
function profileCell({ profile }: FoundSite): string {
  if (profile === undefined) return `<td class="number" data-value="0"></td>`;
  const words = `${bytesWords(profile.bytes)} · ${shareWords(profile.share)}`;
  return `<td class="number" data-value="${profile.bytes}" title="${escapeHtml(siteProfileWords(profile))}">${escapeHtml(words)}</td>`;
}

/** The line with what is underlined in the editor marked. */
function sourceLine({ range }: FoundSite, line: string | undefined): string {
  if (line === undefined) return "";
  const { start, end } = range;
  const stop = end.line === start.line ? end.character : line.length;
  const indent = line.length - line.trimStart().length;
  // Far to the right of a long line, the beginning gives way to what matters.
  const from = Math.max(indent, start.character - lineLimit / 2);
  const until = Math.min(line.length, Math.max(stop, from + lineLimit));
  const before = `${from > indent ? "…" : ""}${line.slice(from, start.character)}`;
  const behind = `${line.slice(stop, until)}${until < line.length ? "…" : ""}`;
  const marked = line.slice(start.character, stop);
  return `<pre><code>${escapeHtml(before)}<mark>${escapeHtml(marked)}</mark>${escapeHtml(behind)}</code></pre>`;
}
