/** A loaded profile and its hottest lines as plain data, as JSON has them and pages show them. */
import type { ReasonCode } from "../analysis/reasonCodes.js";
import { siteMessage } from "../explain/message.js";
import type { Amount } from "./amount.js";
import type { Unjoined } from "./joinSites.js";
import type { LoadedProfile } from "./loadedProfile.js";
import type { HotLine, ProfileSummary } from "./profileSummary.js";

export interface ProfileReport {
  readonly sources: readonly string[];
  /** Profiles of before, with which these are compared. */
  readonly before: readonly string[];
  /** alloc: allocated since the start; inuse: in use when it was taken. */
  readonly metric: "alloc" | "inuse";
  readonly total: Amount;
  /** Null without profiles of before. */
  readonly totalBefore: Amount | null;
  /** By machine code of the packages; `joined` is what of it is a site's. */
  readonly own: Amount;
  readonly joined: Amount;
  readonly unjoined: readonly { readonly why: Unjoined; readonly amount: Amount }[];
  /** By code of others that they call. */
  readonly called: Amount;
  readonly elsewhere: Amount;
  /** The hottest first. */
  readonly lines: readonly ProfileReportLine[];
}

export interface ProfileReportLine {
  /** As the sites of the report name theirs. */
  readonly file: string;
  /** In the present text, from 0; null where it has changed since. */
  readonly line: number | null;
  /** As the profile has it, from 1. */
  readonly recordedLine: number;
  /** As the runtime names it. */
  readonly function: string;
  readonly bytes: number;
  readonly objects: number;
  readonly share: number;
  /** Null without profiles of before. */
  readonly bytesBefore: number | null;
  readonly sites: readonly { readonly id: string; readonly reason: ReasonCode; readonly message: string }[];
  /** Why a part of what it allocates itself has no site; null where none is left. */
  readonly unjoined: { readonly why: Unjoined; readonly bytes: number } | null;
  /** Functions of others that are called there, and what they allocate. */
  readonly outside: readonly { readonly function: string; readonly bytes: number }[];
  /** Calls of its function that pay for it. */
  readonly callers: readonly { readonly file: string; readonly line: number; readonly bytes: number }[];
}

/** Functions that one line names. */
const outsideLimit = 5;

/**
 * Makes the report.
 *
 * @param relative How files are named.
 * @param lineLimit How many lines it has at most.
 */
export function profileReport(
  profile: LoadedProfile,
  summary: ProfileSummary,
  relative: (file: string) => string,
  lineLimit: number,
): ProfileReport {
  const { sources, before, metric, sums } = profile.contents;
  const { total, own, joined, called, elsewhere } = summary;
  return {
    ...{ sources, before, metric, total, own, joined, called, elsewhere },
    totalBefore: before.length === 0 ? null : sums.before,
    unjoined: Array.from(summary.unjoined, ([why, amount]) => ({ why, amount })),
    lines: summary.lines.slice(0, lineLimit).map((line) => reportLine(line, profile, relative)),
  };
}

function reportLine(
  hot: HotLine,
  profile: LoadedProfile,
  relative: (file: string) => string,
): ProfileReportLine {
  const { line, index, amount, unjoined, sites } = hot;
  const outside = [...line.outside].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, outsideLimit);
  return {
    file: relative(line.file),
    line: index ?? null,
    recordedLine: line.line,
    function: line.function,
    ...amount,
    share: profile.shareOf(amount.bytes),
    bytesBefore: profile.contents.before.length === 0 ? null : line.before.bytes,
    sites: sites.map((site) => ({ id: site.id, reason: site.reason, message: siteMessage(site) })),
    unjoined: unjoined === undefined ? null : { why: unjoined.why, bytes: unjoined.amount.bytes },
    outside: outside.map(([name, { bytes }]) => ({ function: name, bytes })),
    callers: profile.callersOf(line).map(({ file, ...rest }) => ({ ...rest, file: relative(file) })),
  };
}
