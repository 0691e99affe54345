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

function allocationWords(sites: readonly Site[]): string | undefined {
  const counted = sites.filter(({ allocates }) => allocates !== "no");
  if (counted.length === 0) return undefined;
  // What has not been found in the machine code may not allocate after all.
  const isCertain = counted.every(({ allocates }) => allocates === "yes" || allocates === "likely");
  const inLoops = counted.filter(({ loopDepth }) => loopDepth > 0).length;
  const total = isCertain ? certain(counted.length) : uncertain(counted.length);
  return inLoops === 0 ? total : t("{0}, {1} in a loop", total, inLoops);
}

function certain(count: number): string {
  return count === 1 ? t("1 allocation") : t("{0} allocations", count);
}

function uncertain(count: number): string {
  return count === 1 ? t("up to 1 allocation") : t("up to {0} allocations", count);
}
