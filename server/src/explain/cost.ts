import * as l10n from "@vscode/l10n";
import type { Evidence, Site } from "../analysis/site.js";
import { sentences } from "./sentences.js";

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
    case "no call":
      return t("the machine code does not call the allocator for it");
    case "size > 32 bytes":
      return t("when it is larger than 32 bytes");
    case "size <= 32 bytes":
      return t("when the slice has at most 32 bytes");
    case "len > cap":
      return t("when it outgrows the capacity that was reserved");
    case "reserved":
      return t("the capacity that was reserved is enough for all of it");
    case "len > 32":
      return t("when it is longer than 32 bytes");
    case "len > 8":
      return t("when it holds more than eight entries");
    case "grows":
      return t("when its capacity is used up");
    case "value > 255":
      return t("unless it is an integer from 0 to 255");
    case "not empty":
      return t("unless it is empty");
    case "missing":
      return t("when it is not there yet");
    case "too small":
      return t("when what is there is too small");
    case "on some paths":
      return t("on some paths of what is called");
    case "not inlined":
      return t("unless this function is inlined");
    default:
      return when;
  }
}

/** The condition of a site's verdict for a person; undefined where there is none. */
export function siteCondition({
  when,
  reason,
  form,
}: Pick<Site, "when" | "reason" | "form">): string | undefined {
  // How many entries it has room for depends on how it was made, which is somewhere else.
  if (reason === "map-growth" && when === "len > 8") return t("when the map has to grow");
  if (form === "append" && when === "not empty") return t("unless nothing is appended");
  return when === null ? undefined : conditionWords(when);
}

/** What the site costs, as far as it is known, in one or two sentences; it says so where it is not. */
export function costWords(site: Site): string {
  return sentences([verdict(site), ...frequency(site)]);
}

function verdict(site: Site): string {
  const when = siteCondition(site);
  switch (site.allocates) {
    case "yes":
      return always(allocated(site.evidence));
    case "likely":
      return when === undefined
        ? t("It very likely allocates.")
        : conditional(allocated(site.evidence), when);
    case "sometimes":
      return when === undefined ? t("It may allocate.") : conditional(allocated(site.evidence), when);
    case "no":
      return when === undefined ? t("It does not allocate.") : t("It does not allocate: {0}.", when);
    case "unknown":
      return site.kind === "hidden"
        ? t("The compiler reports no such allocation; how often it happens depends on the data.")
        : t("The compiler decided for the heap; the machine code has not been checked for the call.");
  }
}

/** What the machine code says of the calls; `isSized` where it tells the bytes of each. */
interface Allocated {
  readonly words: string;
  readonly isSized: boolean;
}

function always(allocated: Allocated | undefined): string {
  if (allocated === undefined) return t("It allocates each time it runs.");
  return allocated.isSized
    ? t("It allocates {0} each time it runs.", allocated.words)
    : t("It allocates each time it runs ({0}).", allocated.words);
}

function conditional(allocated: Allocated | undefined, when: string): string {
  if (allocated === undefined) return t("It allocates {0}.", when);
  return allocated.isSized
    ? t("It allocates {0} {1}.", allocated.words, when)
    : t("It allocates {0} ({1}).", when, allocated.words);
}

/** Calls that are named at most: one place of a generic function has one for each of its instances. */
const callLimit = 3;

function allocated(evidence: readonly Evidence[]): Allocated | undefined {
  if (evidence.length === 0) return undefined;
  const isSized = evidence.every(({ bytes }) => bytes !== null);
  const shown = evidence.slice(0, callLimit).map((each) => (isSized ? sizedCall(each) : callWords(each)));
  const rest = evidence.length > callLimit ? ["…"] : [];
  return { words: [...shown, ...rest].join(isSized ? t(", ") : t("; ")), isSized };
}

/** ``24 B (`runtime.newobject`, `main.User`)`` */
function sizedCall(evidence: Evidence): string {
  return t("{0} B ({1})", evidence.bytes ?? 0, callWords(evidence));
}

/** The type without the folders of its import paths; the struct that the compiler makes for a closure has no name. */
function callWords({ call, type }: Evidence): string {
  if (type === null) return t("`{0}`", call);
  if (type.startsWith("noalg.struct { F uintptr")) return t("`{0}`, closure", call);
  return t("`{0}`, `{1}`", call, type.replace(/[\w.~-]+\//g, ""));
}

function frequency(site: Site): string[] {
  if (site.context === "init") return [t("It runs once, at start-up.")];
  if (site.context === "panic") return [t("It runs only when there is a panic.")];
  if (site.loopDepth === 1) return [t("It stands in a loop.")];
  return site.loopDepth > 1 ? [t("It stands in {0} nested loops.", site.loopDepth)] : [];
}
