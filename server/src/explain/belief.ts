/** What is often believed of such code and is not so, said where a person meets it. Measured: docs/reasons. */
import * as l10n from "@vscode/l10n";
import { isCalledOn } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";

const { t } = l10n;

/** One sentence that corrects a popular belief about the site's form or reason; undefined where there is none. */
export function beliefWords(site: Site): string | undefined {
  if (site.inlinedFrom !== null || site.allocates === "no") return undefined;
  return beliefs.find(({ fits }) => fits(site))?.words();
}

interface Belief {
  readonly fits: (site: Site) => boolean;
  readonly words: () => string;
}

/** The most particular first. */
const beliefs: readonly Belief[] = [
  {
    fits: ({ kind, flow }) =>
      kind === "moved" && flow[0]?.reason === "dot" && flow[1]?.reason === "address-of",
    words: () =>
      t("The address of a field alone moves nothing; where it leaves, the whole variable moves with it."),
  },
  {
    fits: (site) => site.kind === "moved" && site.reason === "unknown-callee" && isCalledOn(site),
    words: () => t("A pointer receiver alone moves nothing to the heap: the call through an interface does."),
  },
  {
    fits: ({ reason, kind, form }) =>
      reason === "stored-map" && (kind === "moved" || form === "new" || form === "address-of-literal"),
    words: () =>
      t("A map of pointers is no faster to fill: elements of up to 128 bytes lie in the map itself."),
  },
  {
    fits: ({ form }) => form === "new",
    words: () => t("`new` alone does not allocate: a value that stays in its function is on the stack."),
  },
  {
    fits: ({ form }) => form === "address-of-literal",
    words: () => t("`&` alone does not allocate: a value that stays in its function is on the stack."),
  },
  {
    fits: ({ kind, form, reason }) =>
      kind !== "hidden" && form === "make" && reason !== "variable-size" && reason !== "too-large",
    words: () =>
      t(
        "`make` alone does not mean the heap: a slice of constant size or a small map that stays here is on the stack.",
      ),
  },
  {
    fits: ({ reason }) => reason === "boxed-argument" || reason === "boxed-store",
    words: () =>
      t("An interface value alone does not allocate: one that nobody keeps holds its value on the stack."),
  },
  {
    fits: ({ reason, kind }) => reason === "captured-reference" && kind === "moved",
    words: () =>
      t(
        "Capturing alone does not move a variable: one of up to 128 bytes that is never assigned again is copied.",
      ),
  },
  {
    fits: ({ form }) => form === "func-literal",
    words: () =>
      t(
        "A function literal alone does not allocate: one that is only called or passed down stays on the stack.",
      ),
  },
];
