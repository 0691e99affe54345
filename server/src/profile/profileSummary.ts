/** What a loaded profile comes to: how much of it is joined with sites, and the lines that allocate most. */
import type { Site } from "../analysis/site.js";
import { type Amount, nothing, plus, sumOf } from "./amount.js";
import type { JoinedLine, Unjoined } from "./joinSites.js";
import type { LoadedProfile } from "./loadedProfile.js";

export interface HotLine extends JoinedLine {
  /** What the line itself and the code of others that it calls allocate. */
  readonly amount: Amount;
  /** Those that its bytes were joined with, the ones with the most bytes first. */
  readonly sites: readonly Site[];
}

export interface ProfileSummary {
  readonly total: Amount;
  /** Allocated by machine code of the workspace, and what of it is joined with sites. */
  readonly own: Amount;
  readonly joined: Amount;
  /** What is not joined, by the cause. */
  readonly unjoined: ReadonlyMap<Unjoined, Amount>;
  /** Allocated by code of others below a call in the workspace. */
  readonly called: Amount;
  /** Allocated where no code of the workspace is on the stack. */
  readonly elsewhere: Amount;
  /** The hottest first. */
  readonly lines: readonly HotLine[];
}

/**
 * Sums up.
 *
 * @param sitesOf The sites of a file (absolute path) and the text that they are of; undefined where it was not analyzed.
 */
export function summarize(
  profile: LoadedProfile,
  sitesOf: (
    file: string,
  ) => { readonly sites: readonly Site[]; readonly text: string | undefined } | undefined,
): ProfileSummary {
  const { total, own, called } = profile.contents.sums;
  const lines: HotLine[] = [];
  const unjoined = new Map<Unjoined, Amount>();
  let joined = nothing;
  for (const file of profile.files) {
    const found = sitesOf(file);
    for (const line of profile.join(file, found?.sites, found?.text)) {
      joined = plus(joined, line.joined);
      const rest = line.unjoined;
      if (rest !== undefined) unjoined.set(rest.why, plus(unjoined.get(rest.why) ?? nothing, rest.amount));
      if (line.line.amount.bytes > 0)
        lines.push({ ...line, amount: line.line.amount, sites: sitesBySize(line) });
    }
  }
  lines.sort((a, b) => b.amount.bytes - a.amount.bytes);
  const inside = sumOf([own, called]);
  const elsewhere = { bytes: total.bytes - inside.bytes, objects: total.objects - inside.objects };
  return { total, own, joined, unjoined, called, elsewhere, lines };
}

function sitesBySize({ parts }: JoinedLine): Site[] {
  const bytes = new Map<Site, number>();
  for (const part of parts.filter(({ isCopy }) => !isCopy))
    for (const site of part.sites) bytes.set(site, (bytes.get(site) ?? 0) + part.amount.bytes);
  return [...bytes].sort(([, a], [, b]) => b - a).map(([site]) => site);
}
