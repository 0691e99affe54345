/** The sample of sites whose reasons a reader judges: how it is drawn, and what stands in reasonSample.json. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ReasonCode } from "../../server/src/analysis/reasonCodes.js";
import type { Site } from "../../server/src/analysis/site.js";

export interface SampleFile {
  /** Version of Go whose standard library and compiler the sample is of. */
  readonly go: string;
  readonly seed: number;
  readonly sites: readonly JudgedSite[];
}

export interface JudgedSite {
  /** `std` or `module@version`. */
  readonly from: string;
  readonly id: string;
  /** Relative to GOROOT/src or the module. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly expression: string;
  readonly inlinedFrom: string | null;
  /** What the rules said when the sample was drawn. */
  readonly drawnReason: ReasonCode;
  /** Source lines with their numbers: the site's, and that of the flow's last step where it is in the file. */
  readonly source: readonly string[];
  readonly flow: readonly string[];
  /** The judgement: codes that a reader of source and flow would accept; empty until judged. */
  readonly right: readonly ReasonCode[];
  /** Why, where the code alone does not tell. */
  readonly note?: string;
  /** The same by a second reader, who knew docs/reasons, and neither the rules nor what they or the first reader said. */
  readonly second?: readonly ReasonCode[];
  readonly secondNote?: string;
}

/** Draws `count` sites by a hash of seed and id, so that a site stays drawn however many others come and go. */
export function drawn(sites: readonly Site[], count: number, seed: number): Site[] {
  const ranked = sites.map((site) => ({ site, rank: rank(seed, site) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked.slice(0, count).map(({ site }) => site);
}

function rank(seed: number, site: Site): string {
  return createHash("sha256").update(`${seed} ${site.package} ${site.id}`).digest("hex");
}

/** What a judge needs of a site; files are named from `root`. */
export function unjudged(from: string, root: string, site: Site): JudgedSite {
  const relative = (file: string) => path.relative(root, file).split(path.sep).join("/");
  return {
    from,
    id: site.id,
    file: relative(site.file),
    line: site.range.start.line + 1,
    expression: site.expression,
    inlinedFrom: site.inlinedFrom,
    drawnReason: site.reason,
    source: sourceLines(site),
    flow: site.flow.map(({ reason, text, file, range }) => {
      const place = file === null || range === null ? "" : ` ${relative(file)}:${range.start.line + 1}`;
      return `${reason}: ${text}${place}`;
    }),
    right: [],
  };
}

/** The site's line with one before and two after, and the line of the last step in this file. */
function sourceLines(site: Site): string[] {
  const lines = readFileSync(site.file, "utf8").split("\n");
  const first = site.range.start.line;
  const numbers = new Set([first - 1, first, first + 1, first + 2]);
  const last = site.flow.findLast(({ file, range }) => file === site.file && range !== null);
  if (last?.range) numbers.add(last.range.start.line);
  return [...numbers]
    .filter((number) => number >= 0 && number < lines.length)
    .sort((a, b) => a - b)
    .map((number) => `${number + 1}: ${(lines[number] ?? "").replaceAll("\t", "  ")}`);
}
