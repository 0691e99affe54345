/** The words behind an expression that is on the heap. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";

const { t } = l10n;

/** `24 B` where the machine code tells the size of all that the sites allocate, else `heap`. */
export function inlayHintWords(sites: readonly Site[]): string {
  const evidence = sites.flatMap((site) => site.evidence);
  const bytes = evidence.reduce<number | null>(
    (sum, each) => (sum === null || each.bytes === null ? null : sum + each.bytes),
    0,
  );
  const isKnown = sites.every((site) => site.evidence.length > 0);
  return isKnown && bytes !== null && bytes > 0 ? sizeWords(bytes) : t("heap");
}

const units = ["B", "KiB", "MiB", "GiB"] as const;

/** `24 B`, `1.5 KiB`, `64 KiB`. */
export function sizeWords(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[power] ?? "B"}`;
}
