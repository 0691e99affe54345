/** One sentence for an assertion in a comment that does not hold. */
import * as l10n from "@vscode/l10n";
import type { AssertionFailure, DirectiveFault } from "../assertions/assertion.js";
import { siteMessage } from "./message.js";

const { t } = l10n;

/** What is asserted and why it is not so, in plain text: it must be escaped for markdown. */
export function assertionMessage(failure: AssertionFailure): string {
  const claim = claimMessage(failure);
  const [first] = failure.sites;
  if (first === undefined) return claim;
  const cause = siteMessage(first);
  const line = first.range.start.line + 1;
  return failure.sites.length === 1
    ? t("{0}; line {1}: {2}", claim, line, cause)
    : t("{0}; line {1}: {2} (and {3} more)", claim, line, cause, failure.sites.length - 1);
}

function claimMessage({ code, subject, limit, sites, fault }: AssertionFailure): string {
  switch (code) {
    case "escape-none":
      return t("`{0}` must not allocate", subject);
    case "escape-max":
      return t("`{0}` allocates in {1} places, and may in {2}", subject, sites.length, limit ?? 0);
    case "gcassert-noescape":
      return t("`{0}` must not escape", subject);
    case "gcassert-inline":
      return t("`{0}` is not inlined", subject);
    case "gcassert-bce":
      return t("A bounds check is left here ({0})", subject);
    case "checkescape":
      return t("`{0}` must not escape to the heap", subject);
    case "mustescape":
      return t("`{0}` is said to allocate, and does not", subject);
    case "directive":
      return faultMessage(fault ?? "unknown", subject);
  }
}

function faultMessage(fault: DirectiveFault, subject: string): string {
  switch (fault) {
    case "unknown":
      return t("`{0}` is no directive", subject);
    case "no-number":
      return t("`{0}` needs a number, as in `//escape:max=2`", subject);
    case "no-reason":
      return t("`{0}` needs a reason, as in `//escape:allow runs once`", subject);
    case "no-function":
      return t("`{0}` stands at no function", subject);
    case "no-code":
      return t("`{0}` stands at no code", subject);
  }
}
