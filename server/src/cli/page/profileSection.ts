/** What the page says of a memory profile: its sums, and the lines that allocate most. */
import * as l10n from "@vscode/l10n";
import { bytesWords, objectsWords, shareWords } from "../../explain/amounts.js";
import type { ProfileReport, ProfileReportLine } from "../../profile/profileReport.js";
import { callerWords, lineReasons, sumsWords } from "../../profile/profileWords.js";
import { escapeHtml, sentenceHtml } from "./html.js";

const { t } = l10n;

/** Lines that are shown above the table of all sites. */
const lineLimit = 20;

/** Nothing without a profile. */
export function profileSection(profile: ProfileReport | undefined): string {
  if (profile === undefined) return "";
  const sources = [...profile.sources, ...profile.before.map((source) => t("before: `{0}`", source))];
  const heads = [t("Bytes"), t("Share"), t("Objects"), t("Place"), t("Why")];
  return `<section id="profile">
<h2>${escapeHtml(t("Memory profile"))}</h2>
<p>${sources.map((source) => sentenceHtml(source)).join(" · ")}</p>
<ul>${sumsWords(profile)
    .map((words) => `<li>${sentenceHtml(words)}</li>`)
    .join("")}</ul>
<h3>${escapeHtml(t("Lines that allocate most"))}</h3>
<table><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join("")}</tr></thead>
<tbody>
${profile.lines.slice(0, lineLimit).map(row).join("\n")}
</tbody></table>
</section>`;
}

function row(line: ProfileReportLine): string {
  const paid = callerWords(line);
  const why = [...lineReasons(line), ...(paid === "" ? [] : [t("Called from {0}", paid)])];
  const place = `${line.file}:${line.line === null ? line.recordedLine : line.line + 1}`;
  return `<tr>${[bytesWords(line.bytes), shareWords(line.share), objectsWords(line.objects)]
    .map((words) => `<td class="number">${escapeHtml(words)}</td>`)
    .join("")}<td><span class="place">${escapeHtml(place)}</span></td><td>${why
    .map((words) => sentenceHtml(words))
    .join("<br>")}</td></tr>`;
}
