/** What the inliner decided about a function, in words. */
import * as l10n from "@vscode/l10n";
import type { FunctionInfo } from "../analysis/functionInfo.js";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Site } from "../analysis/site.js";

const { t } = l10n;

/** `inlines (62 of 80)`, for a line above the function; undefined where the compiler said nothing. */
export function inliningWords({ inlining }: FunctionInfo): string | undefined {
  if (inlining === null) return undefined;
  const { cost, budget, obstacle } = inlining;
  if (obstacle === null) return cost === null ? t("inlines") : t("inlines ({0} of {1})", cost, budget);
  return cost === null
    ? t("does not inline: {0}", obstacle)
    : t("does not inline ({0} of {1})", cost, budget);
}

/** Where what is returned would stay on the stack of a caller that does not keep it. */
const freedByInlining: ReadonlySet<ReasonCode> = new Set([
  "return-address",
  "returned",
  "returned-interface",
]);

/** A function this much over the budget can be brought below it: by moving a rare branch to a function of its own. */
const reach = 2;

/**
 * For a value that a function returns because it is too large to be inlined: by how much. Undefined for all else, and
 * where the function is far too large.
 */
export function overBudgetWords(site: Site, info: FunctionInfo | undefined): string | undefined {
  const { cost, budget, obstacle } = info?.inlining ?? { cost: null, budget: 0, obstacle: null };
  if (obstacle === null || cost === null || cost > reach * budget) return undefined;
  if (!freedByInlining.has(site.reason) || site.inlinedFrom !== null) return undefined;
  return t(
    "`{0}` costs {1} of {2}, too much to be inlined: in callers that do not keep the result, it would then stay on the stack.",
    site.function,
    cost,
    budget,
  );
}
