/** The hottest lines of a document, for decorations behind them. */
import * as l10n from "@vscode/l10n";
import { bytesWords, objectsWords, shareWords } from "../../explain/amounts.js";
import { sentence } from "../../explain/markdown.js";
import { type Amount, sumOf } from "../../profile/amount.js";
import type { JoinedLine } from "../../profile/joinSites.js";
import type { LoadedProfile } from "../../profile/loadedProfile.js";
import { unjoinedWords } from "../../profile/profileWords.js";
import type { ProfileLineMark } from "../../protocol.js";

const { t } = l10n;

/** Lines of one document that are marked, and the share from which on one is worth it. */
const markLimit = 100;
const leastShare = 0.0005;

/** Functions that one mark names. */
const nameLimit = 3;

/** The marks of the lines, in their order. */
export function lineMarks(lines: readonly JoinedLine[], profile: LoadedProfile): ProfileLineMark[] {
  return lines
    .map((line) => ({ line, led: sumOf(line.line.callees.values()) }))
    .filter(({ line, led }) => {
      const { amount } = line.line;
      return line.index !== undefined && profile.shareOf(Math.max(amount.bytes, led.bytes)) >= leastShare;
    })
    .sort((a, b) => weight(b.line, b.led) - weight(a.line, a.led))
    .slice(0, markLimit)
    .map(({ line, led }) => mark(line, led, profile))
    .sort((a, b) => a.line - b.line);
}

function weight({ line }: JoinedLine, led: Amount): number {
  return Math.max(line.amount.bytes, led.bytes);
}

function mark(joined: JoinedLine, led: Amount, profile: LoadedProfile): ProfileLineMark {
  const { line, index = 0, unjoined } = joined;
  const { amount } = line;
  const share = profile.shareOf(Math.max(amount.bytes, led.bytes));
  const own = [
    bytesWords(amount.bytes),
    shareWords(profile.shareOf(amount.bytes)),
    objectsWords(amount.objects),
  ];
  const called = `↳ ${bytesWords(led.bytes)} · ${shareWords(profile.shareOf(led.bytes))}`;
  const parts = [...(amount.bytes > 0 ? [own.join(" · ")] : []), ...(led.bytes > 0 ? [called] : [])];
  const details = [
    ...(line.outside.size === 0
      ? []
      : [t("Allocated in other code that is called here: {0}", functionWords(line.outside))]),
    ...(line.callees.size === 0
      ? []
      : [t("Allocated in own functions that are called here: {0}", functionWords(line.callees))]),
    ...(unjoined === undefined || unjoined.amount.bytes === 0
      ? []
      : [t("No site for {0}: {1}", bytesWords(unjoined.amount.bytes), unjoinedWords(unjoined.why))]),
  ];
  return {
    line: index,
    label: parts.join("  "),
    detail: details.map((words) => sentence(words)).join("\n\n"),
    heat: share >= 0.1 ? 2 : share >= 0.01 ? 1 : 0,
  };
}

function functionWords(functions: ReadonlyMap<string, Amount>): string {
  const sorted = [...functions].sort(([, a], [, b]) => b.bytes - a.bytes);
  const shown = sorted
    .slice(0, nameLimit)
    .map(([name, { bytes }]) => t("`{0}` {1}", name, bytesWords(bytes)));
  return [...shown, ...(sorted.length > nameLimit ? ["…"] : [])].join(t(", "));
}
