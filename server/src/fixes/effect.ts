/** What a fix brings, in words for a menu. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";
import { siteMessage } from "../explain/message.js";
import type { FixId } from "./fix.js";
import type { Offer, Rejection, Unchecked } from "./offers.js";

const { t } = l10n;

/** The title of a fix that holds, its effect in parentheses. Plain text, code between backticks. */
export function offerTitle(offer: Offer): string {
  if (offer.proposal.proof === "none") return offer.proposal.title;
  return t("{0} ({1})", offer.proposal.title, effect(offer));
}

/** The title of a fix of which only the syntax is known. */
export function uncheckedTitle({ proposal }: Unchecked): string {
  return t("{0} (not compiled yet: whether it removes an allocation is not known)", proposal.title);
}

/** What a fix of which only the syntax is known asks, where nothing can be compiled between the choice and the edit. */
export function uncheckedQuestion(): string {
  return t("The compiler has not checked it: whether it compiles and removes an allocation is not known.");
}

function effect({ proposal, verdict }: Offer): string {
  if (proposal.fix === "preallocate-slice") return t("growth becomes one allocation");
  if (proposal.fix === "preallocate-map" || proposal.fix === "grow-buffer")
    return t("growth becomes one allocation");
  if (proposal.fix === "string-builder") return t("no copy of the whole string in each turn");
  if (proposal.fix === "hoist-error") return t("once instead of in each call");
  if (proposal.fix === "write-string" && proposal.behaviour !== null)
    return t("no copy where the writer has `WriteString`");
  if (proposal.choice !== null) return t("no allocation up to that size");
  // What is inlined elsewhere is the same expression once more.
  const own = (sites: readonly Site[]) => sites.filter((site) => site.inlinedFrom === null);
  if (proposal.proof === "pooled") return t("allocates only when the pool is empty");
  if (proposal.proof === "fewer" && own(verdict.removed).length === own(verdict.added).length)
    return t("once instead of in each turn");
  const count = proposal.saves ?? Math.max(1, own(verdict.removed).length - own(verdict.added).length);
  const bytes = own(verdict.removed)[0]?.evidence[0]?.bytes ?? null;
  if (count > 1) return t("removes {0} allocations", count);
  return bytes === null ? t("removes 1 allocation") : t("removes 1 allocation of {0} B", bytes);
}

/** Name of a fix that is not offered. */
export function fixName(fix: FixId): string {
  const names: Readonly<Record<FixId, string>> = {
    "preallocate-slice": t("Preallocate the slice"),
    "preallocate-map": t("Preallocate the map"),
    "grow-buffer": t("Reserve room in the buffer"),
    "format-string": t("Format without package fmt"),
    "write-string": t("Write the string itself"),
    "string-builder": t("Build the string with a `strings.Builder`"),
    "errors-new": t("Replace `fmt.Errorf` with `errors.New`"),
    "hoist-error": t("Make a package variable of the error"),
    "fixed-array": t("Convert to a fixed array"),
    "stack-buffer": t("Use a stack buffer"),
    "return-array": t("Return an array instead of a slice"),
    "array-field": t("Make an array of the field"),
    "return-value": t("Return a value instead of a pointer"),
    "pass-value": t("Pass the variable by value"),
    "capture-copy": t("Give the function literal a copy"),
    "outlives-loop": t("Keep it within the loop, or as one copy"),
    "range-element": t("Take the address of the element"),
    "hoist-target": t("Declare it before the loop"),
    "errors-as": t("Find the error without a variable's address"),
    "pool-target": t("Take the variable from a pool"),
    "pool-pointer": t("Keep pointers in the pool"),
    "pool-buffer": t("Take the buffer from a pool"),
    "json-encoder": t("Encode JSON straight to the writer"),
    "sort-func": t("Sort without reflection"),
    "method-value": t("Replace the method value"),
    "defer-in-loop": t("Run the deferred calls in each turn"),
    "struct-key": t("Use a struct as the key"),
    suppress: t("Allow this allocation"),
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
