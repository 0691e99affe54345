/** Bar charts as inline SVG: how many sites, in loops and elsewhere, by one of their features. */
import * as l10n from "@vscode/l10n";
import type { FoundSite } from "../report.js";
import { escapeHtml } from "./html.js";

const { t } = l10n;

/** Bars in a chart; what is left over makes one more. */
const barLimit = 12;
const barHeight = 18;
const rowHeight = 26;
/** User units; the page scales the picture to its column. */
const labelWidth = 220;
const barWidth = 320;
const countWidth = 60;

interface Bar {
  readonly label: string;
  readonly inLoops: number;
  readonly elsewhere: number;
  /** How many groups stand behind the bar, where it is not a single one. */
  readonly groups: number;
}

/** A chart of the sites by what `keyOf` says of them, the most frequent first; `filter` is the name of the page's filter. */
export function barChart(
  title: string,
  filter: string,
  sites: readonly FoundSite[],
  keyOf: (site: FoundSite) => string,
): string {
  const bars = topBars(countBars(sites, keyOf));
  const largest = Math.max(1, ...bars.map(total));
  const height = bars.length * rowHeight;
  const width = labelWidth + barWidth + countWidth;
  const rows = bars.map((bar, index) => barRow(bar, index, largest, filter)).join("");
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">${rows}</svg></figure>`;
}

function countBars(sites: readonly FoundSite[], keyOf: (site: FoundSite) => string): Bar[] {
  const bars = new Map<string, { inLoops: number; elsewhere: number }>();
  for (const site of sites) {
    const key = keyOf(site);
    const bar = bars.get(key) ?? { inLoops: 0, elsewhere: 0 };
    if (site.context === "loop") bar.inLoops++;
    else bar.elsewhere++;
    bars.set(key, bar);
  }
  return Array.from(bars, ([label, counts]) => ({ label, ...counts, groups: 1 })).sort(
    (a, b) => total(b) - total(a) || (a.label < b.label ? -1 : 1),
  );
}

function topBars(bars: readonly Bar[]): Bar[] {
  if (bars.length <= barLimit + 1) return [...bars];
  const rest = bars.slice(barLimit);
  const sum = (of: (bar: Bar) => number) => rest.reduce((count, bar) => count + of(bar), 0);
  const label = t("{0} others", rest.length);
  const others = { label, inLoops: sum((bar) => bar.inLoops), elsewhere: sum((bar) => bar.elsewhere) };
  return [...bars.slice(0, barLimit), { ...others, groups: rest.length }];
}

function total({ inLoops, elsewhere }: Bar): number {
  return inLoops + elsewhere;
}

function barRow(bar: Bar, index: number, largest: number, filter: string): string {
  const y = index * rowHeight + (rowHeight - barHeight) / 2;
  const scale = (count: number) => Math.round((count / largest) * barWidth * 10) / 10;
  const loops = scale(bar.inLoops);
  const elsewhere = scale(bar.elsewhere);
  const middle = y + barHeight / 2;
  const name = escapeHtml(bar.label);
  const hint = escapeHtml(t("{0}: {1} in loops, {2} elsewhere", bar.label, bar.inLoops, bar.elsewhere));
  // Only a bar of one group can be chosen as a filter.
  const choice = bar.groups === 1 ? ` data-filter="${filter}" data-value="${name}" tabindex="0"` : "";
  return [
    `<g class="bar"${choice}><title>${hint}</title>`,
    `<text class="label" x="${labelWidth - 8}" y="${middle}">${escapeHtml(shortened(bar.label))}</text>`,
    `<rect class="loops" x="${labelWidth}" y="${y}" width="${loops}" height="${barHeight}"/>`,
    `<rect class="elsewhere" x="${labelWidth + loops}" y="${y}" width="${elsewhere}" height="${barHeight}"/>`,
    `<text class="count" x="${labelWidth + loops + elsewhere + 6}" y="${middle}">${total(bar)}</text></g>`,
  ].join("");
}

/** Characters that find room in front of the bars, wide ones too. */
const labelLength = 26;

/** The end of a long name tells more than its beginning: import paths begin alike. They are cut at an element. */
function shortened(label: string): string {
  if (label.length <= labelLength) return label;
  const end = label.slice(1 - labelLength);
  return `…${end.slice(Math.max(0, end.indexOf("/")))}`;
}
