/** What a fix brings, in words for a menu. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";
import { siteMessage } from "../explain/message.js";
import type { FixId } from "./fix.js";
import type { Offer, Rejection } from "./offers.js";

const { t } = l10n;

/** The title of a fix that holds, its effect in parentheses. Plain text, code between backticks. */
export function offerTitle(offer: Offer): string {
  return t("{0} ({1})", offer.proposal.title, effect(offer));
}

function effect({ proposal, verdict }: Offer): string {
  if (proposal.fix === "preallocate-slice") return t("growth becomes one allocation");
  if (proposal.choice !== null) return t("no allocation up to that size");
  // What is inlined elsewhere is the same expression once more.
  const own = (sites: readonly Site[]) => sites.filter((site) => site.inlinedFrom === null);
  const count = Math.max(1, own(verdict.removed).length - own(verdict.added).length);
  const bytes = own(verdict.removed)[0]?.evidence[0]?.bytes ?? null;
  if (count > 1) return t("removes {0} allocations", count);
  return bytes === null ? t("removes 1 allocation") : t("removes 1 allocation of {0} B", bytes);
}

/** Name of a fix that is not offered. */
export function fixName(fix: FixId): string {
  const names: Readonly<Record<FixId, string>> = {
    "preallocate-slice": t("Preallocate the slice"),
    "fixed-array": t("Convert to a fixed array"),
    "stack-buffer": t("Use a stack buffer"),
    "return-array": t("Return an array instead of a slice"),
    "array-field": t("Make an array of the field"),
  };
  return names[fix];
}

/** Why a fix is not offered, as one sentence. */
export function rejectionReason({ reason }: Rejection): string {
  if ("refusal" in reason) return reason.refusal;
  switch (reason.kind) {
    case "worse": {
      const [added] = reason.added;
      return added === undefined
        ? t("It would put something else on the heap.")
        : t("It would put something else on the heap: {0}.", siteMessage(added));
    }
    case "no-effect":
      return t("The compiler allocates as much as before.");
    case "does-not-compile":
      return t("The result does not compile: {0}", firstLine(reason.message));
  }
}

function firstLine(message: string): string {
  return message.split("\n").find((line) => line !== "" && !line.startsWith("#")) ?? message;
}
