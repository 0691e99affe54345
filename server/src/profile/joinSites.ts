/**
 * Joins what was allocated on the lines of a file with the sites there. What several sites may have allocated is told of
 * all of them together: nothing is shared out.
 */
import type { Site } from "../analysis/site.js";
import { type Amount, nothing, plus, sumOf } from "./amount.js";
import type { Part, ProfileLine } from "./profileLines.js";
import { mayOccupy } from "./sizeClasses.js";
import type { MatchedLine } from "./textMatch.js";

/** Why there is no site for what a line allocated. */
export type Unjoined =
  /** The text has changed since the program was built. */
  | "moved"
  /** The file's package has not been analyzed, or does not compile. */
  | "not-analyzed"
  /** Neither a message of the compiler nor the machine code speaks of an allocation there. */
  | "no-site"
  /** There are sites, but none that allocates objects of these sizes. */
  | "other-size";

/** Sites that may have made some of what a line allocated. */
export interface JoinedPart {
  readonly amount: Amount;
  /** Not empty. */
  readonly sites: readonly Site[];
  /** Whether the same bytes are counted at another line. */
  readonly isCopy: boolean;
}

export interface JoinedLine {
  readonly line: ProfileLine;
  /** In the present text, from 0; undefined where it is not known. */
  readonly index: number | undefined;
  /** Of what the line itself allocates, what is a site's. */
  readonly joined: Amount;
  /** What is not, and why; undefined where nothing is left. */
  readonly unjoined: { readonly amount: Amount; readonly why: Unjoined } | undefined;
  readonly parts: readonly JoinedPart[];
}

/** `sites` are those of the lines' file; undefined where it was not analyzed. */
export function joinLines(lines: readonly MatchedLine[], sites: readonly Site[] | undefined): JoinedLine[] {
  const byLine = sitesByLine(sites ?? []);
  return lines.map(({ line, index }) => {
    const here = index === undefined ? [] : (byLine.get(index) ?? []);
    const own = [...line.parts.values()].map((part) => ({ part, sites: candidates(part, here, index) }));
    const copies = [...line.inlinedParts.values()].map((part) => ({
      part,
      sites: candidates(part, here, index),
    }));
    const found = own.filter((each) => each.sites.length > 0);
    const lost = own.filter((each) => each.sites.length === 0);
    return {
      line,
      index,
      joined: sumOf(found.map(({ part }) => part.amount)),
      unjoined:
        lost.length === 0
          ? undefined
          : { amount: sumOf(lost.map(({ part }) => part.amount)), why: reason(index, sites, here) },
      parts: [
        ...found.map((each) => ({ amount: each.part.amount, sites: each.sites, isCopy: false })),
        ...copies.flatMap((each) =>
          each.sites.length === 0 ? [] : [{ amount: each.part.amount, sites: each.sites, isCopy: true }],
        ),
      ],
    };
  });
}

function reason(
  index: number | undefined,
  sites: readonly Site[] | undefined,
  here: readonly Site[],
): Unjoined {
  if (index === undefined) return "moved";
  if (sites === undefined) return "not-analyzed";
  return here.length === 0 ? "no-site" : "other-size";
}

/** Sites that may allocate, by the lines (from 0) on which their machine code may stand. */
function sitesByLine(sites: readonly Site[]): ReadonlyMap<number, readonly Site[]> {
  const lines = new Map<number, Site[]>();
  for (const site of sites) {
    if (site.allocates === "no") continue;
    // A function literal's own allocation is where it begins; what its body does has sites of its own.
    const isFunction = site.form.includes("func") || site.form.endsWith("wrapper");
    const { start, end } = isFunction ? site.range : site.nodeRange;
    for (let line = start.line; line <= end.line; line++) {
      const here = lines.get(line) ?? [];
      lines.set(line, here);
      here.push(site);
    }
  }
  return lines;
}

/** The sites that a part may be of: those that the size, the inlined function and the line speak for. */
function candidates(part: Part, here: readonly Site[], index: number | undefined): readonly Site[] {
  const sized = here.filter((site) => mayBeOfSize(site, part.objectBytes));
  const named = sized.filter((site) => isInlined(site, part.inlined));
  const fitting = named.length > 0 || part.inlined.length === 0 ? named : sized;
  // Of expressions around each other, the one that begins on the line has its code there.
  const beginning = fitting.filter(({ range }) => range.start.line === index);
  return beginning.length > 0 ? beginning : fitting;
}

function mayBeOfSize({ evidence }: Site, objectBytes: number): boolean {
  if (objectBytes === 0 || evidence.length === 0) return true;
  return evidence.some(({ bytes }) => bytes === null || mayOccupy(bytes, objectBytes));
}

/** The compiler leaves out the name of its own package. */
function isInlined({ inlinedFrom }: Site, inlined: readonly string[]): boolean {
  if (inlinedFrom === null || inlined.length === 0) return inlinedFrom === null && inlined.length === 0;
  const plain = inlinedFrom.replace(/\[[^\]]*\]/g, "");
  return inlined.some((name) => name === plain || name.endsWith(`.${plain}`));
}

export interface SiteAmount extends Amount {
  readonly sharedWith: number;
  readonly isCopy: boolean;
  readonly line: JoinedLine;
}

/** By id, what the sites have of the lines. */
export function amountsOfSites(lines: readonly JoinedLine[]): ReadonlyMap<string, SiteAmount> {
  const amounts = new Map<string, SiteAmount>();
  for (const line of lines) {
    for (const { amount, sites, isCopy } of line.parts) {
      for (const { id } of sites) {
        const known = amounts.get(id);
        const sum = plus(known ?? nothing, amount);
        amounts.set(id, {
          ...sum,
          sharedWith: Math.max(known?.sharedWith ?? 0, sites.length - 1),
          isCopy: isCopy && known?.isCopy !== false,
          line:
            known !== undefined && known.line.line.amount.bytes > line.line.amount.bytes ? known.line : line,
        });
      }
    }
  }
  return amounts;
}
