import * as l10n from "@vscode/l10n";
import type { Evidence, Site } from "../analysis/site.js";

const { t } = l10n;

/** The condition of a verdict for a person; as it is where it is written out already (`len > 32`). */
export function conditionWords(when: string): string {
  switch (when) {
    case "constant":
      return t("an interface value of a constant points to read-only data");
    case "captures nothing":
      return t("a function literal that uses no outer variables is made once, at compile time");
    case "zero size":
      return t("a value without a size needs no memory");
    case "size > 32 bytes":
      return t("when it is larger than 32 bytes");
    case "len > cap":
      return t("when it outgrows the capacity that was reserved");
    default:
      return when;
  }
}

/** What the site costs, as far as it is known, in one or two sentences; it says so where it is not. */
export function costWords(site: Site): string {
  return [verdict(site), ...site.evidence.map(evidenceWords), ...frequency(site)].join(" ");
}

function verdict(site: Site): string {
  const when = site.when === null ? null : conditionWords(site.when);
  switch (site.allocates) {
    case "yes":
      return t("It allocates each time it runs.");
    case "likely":
      return when === null ? t("It very likely allocates.") : t("It allocates {0}.", when);
    case "sometimes":
      return when === null ? t("It may allocate.") : t("It may allocate: {0}.", when);
    case "no":
      return when === null ? t("It does not allocate.") : t("It does not allocate: {0}.", when);
    case "unknown":
      return site.kind === "hidden"
        ? t("The compiler reports no such allocation; how often it happens depends on the data.")
        : t("The compiler decided for the heap; the machine code has not been checked for the call.");
  }
}

function evidenceWords(evidence: Evidence): string {
  if (evidence.bytes !== null && evidence.type !== null) {
    return t("`{0}` of {1} bytes (`{2}`).", evidence.type, evidence.bytes, evidence.call);
  }
  return evidence.type === null
    ? t("`{0}`.", evidence.call)
    : t("`{0}` (`{1}`).", evidence.type, evidence.call);
}

function frequency(site: Site): string[] {
  if (site.context === "init") return [t("It runs once, at start-up.")];
  if (site.context === "panic") return [t("It runs only before a panic.")];
  if (site.loopDepth === 1) return [t("It stands in a loop.")];
  return site.loopDepth > 1 ? [t("It stands in {0} nested loops.", site.loopDepth)] : [];
}
