/** The line above a function: how much it allocates, and whether it is inlined. */
import * as l10n from "@vscode/l10n";
import type { FunctionInfo } from "../analysis/functionInfo.js";
import type { Site } from "../analysis/site.js";
import { inliningWords } from "./inlining.js";

const { t } = l10n;

/** `3 allocations, 1 in a loop; inlines (62 of 80)`; undefined where there is nothing to say. `sites` are the function's. */
export function lensWords(info: FunctionInfo, sites: readonly Site[]): string | undefined {
  const parts = [allocationWords(sites), inliningWords(info)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(t("; "));
}

/** What allocates counts, and what may is said to come on top; before a panic nothing counts. */
function allocationWords(sites: readonly Site[]): string | undefined {
  const counted = sites.filter(({ allocates, context }) => allocates !== "no" && context !== "panic");
  if (counted.length === 0) return undefined;
  const certain = counted.filter(({ allocates }) => allocates === "yes" || allocates === "likely").length;
  const inLoops = counted.filter(({ loopDepth }) => loopDepth > 0).length;
  const total = totalWords(certain, counted.length);
  return inLoops === 0 ? total : t("{0}, {1} in a loop", total, inLoops);
}

function totalWords(certain: number, possible: number): string {
  if (certain === 0) return possible === 1 ? t("up to 1 allocation") : t("up to {0} allocations", possible);
  if (certain < possible) return t("{0} to {1} allocations", certain, possible);
  return certain === 1 ? t("1 allocation") : t("{0} allocations", certain);
}
