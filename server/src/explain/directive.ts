import * as l10n from "@vscode/l10n";
import type { DirectiveName } from "../assertions/directiveForms.js";

const { t } = l10n;

/** What a directive says, as a heading without a full stop. */
export function directiveTitle(name: DirectiveName): string {
  return titles[name]();
}

const titles: Readonly<Record<DirectiveName, () => string>> = {
  none: () => t("The function has no allocation of its own"),
  max: () => t("The function has at most so many places that may allocate"),
  allow: () => t("This line's allocations are meant, for the reason given"),
  noescape: () => t("Nothing on this line escapes to the heap (gcassert)"),
  inline: () => t("The calls on this line, or all calls of this function, are inlined (gcassert)"),
  bce: () => t("No bounds check is left on this line (gcassert)"),
  checkescape: () => t("The function has no allocation of its own (gVisor)"),
  mustescape: () => t("The function has allocations of the kinds that are named (gVisor)"),
  escapes: () => t("What this line allocates is meant (gVisor)"),
};
