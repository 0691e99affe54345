/** What is said of profiles and their lines. */
import * as l10n from "@vscode/l10n";
import { bytesWords, changeWords, objectsWords, shareWords } from "../explain/amounts.js";
import type { Unjoined } from "./joinSites.js";
import type { ProfileError } from "./profileError.js";
import type { ProfileReport, ProfileReportLine } from "./profileReport.js";

const { t } = l10n;

/** Why a profile could not be read, in a sentence. */
export function profileProblemWords({ problem, source, detail }: ProfileError): string {
  switch (problem) {
    case "unreadable":
      return t("{0} cannot be read: {1}", source, detail);
    case "empty":
      return t("{0} is empty: nothing was allocated, or the profile was not written to its end.", source);
    case "truncated":
      return t("{0} is cut off: it ends in the middle.", source);
    case "foreign":
      return t("{0} is not a profile in the format of pprof.", source);
    case "not-memory":
      return t("{0} is not a memory profile of Go: it counts {1}.", source, detail);
    case "too-large":
      return t("{0} is too large: more than 512 MB, or more than 1 GB unpacked.", source);
  }
}

/** Why no site is known for what a line allocates. */
export function unjoinedWords(why: Unjoined): string {
  switch (why) {
    case "moved":
      return t("the text has changed since the program was built, and the line is no longer known");
    case "not-analyzed":
      return t("the package has not been analyzed, or does not compile");
    case "no-site":
      return t(
        "neither the compiler nor the machine code tells of an allocation there: the program may have been built from another text, with another Go or other flags",
      );
    case "other-size":
      return t("what is known to allocate there makes objects of other sizes");
  }
}

/** The sums of a profile, a sentence each. */
export function sumsWords(report: ProfileReport): string[] {
  const { total, totalBefore, own, joined, called, elsewhere, metric, unjoined } = report;
  const share = (bytes: number) => shareWords(total.bytes > 0 ? bytes / total.bytes : 0);
  const change = totalBefore === null ? undefined : changeWords(totalBefore.bytes, total.bytes);
  return [
    metric === "alloc"
      ? t("Allocated in all: {0}, {1}.", bytesWords(total.bytes), objectsWords(total.objects))
      : t("In use in all: {0}, {1}.", bytesWords(total.bytes), objectsWords(total.objects)),
    ...(totalBefore === null || change === undefined
      ? []
      : [t("Before: {0} ({1} since).", bytesWords(totalBefore.bytes), change)]),
    t("By code of the workspace: {0} ({1}).", bytesWords(own.bytes), share(own.bytes)),
    t(
      "Of these, {0} belong to sites that are known ({1}).",
      bytesWords(joined.bytes),
      shareWords(own.bytes > 0 ? joined.bytes / own.bytes : 1),
    ),
    ...unjoined.map(({ why, amount }) =>
      t("For {0} there is no site: {1}.", bytesWords(amount.bytes), unjoinedWords(why)),
    ),
    t("By other code that it calls: {0} ({1}).", bytesWords(called.bytes), share(called.bytes)),
    t("Elsewhere: {0} ({1}).", bytesWords(elsewhere.bytes), share(elsewhere.bytes)),
  ];
}

/** Why a line allocates: its sites, or the words why there is none, and the functions of others that it calls. */
export function lineReasons({ sites, unjoined, outside, bytes }: ProfileReportLine): string[] {
  return [
    ...sites.map(({ message, reason }) => `${message} (${reason})`),
    ...(unjoined === null || unjoined.bytes === 0
      ? []
      : [
          unjoined.bytes < bytes
            ? t("No site for {0}: {1}", bytesWords(unjoined.bytes), unjoinedWords(unjoined.why))
            : t("No site: {0}", unjoinedWords(unjoined.why)),
        ]),
    ...(outside.length === 0
      ? []
      : [
          t(
            "Allocated in other code that is called here: {0}",
            outside.map((each) => t("`{0}` {1}", each.function, bytesWords(each.bytes))).join(t(", ")),
          ),
        ]),
  ];
}

/** `order.go:31 62 %, pay.go:7 38 %`: the calls that pay for a line; empty where none is known. */
export function callerWords({ callers, bytes }: ProfileReportLine): string {
  return callers
    .map((each) => `${each.file}:${each.line + 1} ${shareWords(bytes > 0 ? each.bytes / bytes : 0)}`)
    .join(t(", "));
}
