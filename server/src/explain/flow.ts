/** The compiler's flow reasons in plain words (cmd/compile/internal/escape: the second argument of its note calls). */
import * as l10n from "@vscode/l10n";
import type { SiteFlowStep } from "../analysis/site.js";
import { readableCode } from "./code.js";

const { t } = l10n;

const words: Readonly<Record<string, (code: string) => string>> = {
  "address-of": (code) => t("the address is taken: `{0}`", code),
  spill: (code) => t("`{0}` needs memory of its own from here on", code),
  assign: (code) => t("assigned: `{0}`", code),
  "assign-pair": (code) => t("assigned: `{0}`", code),
  "assign-pair-dot-type": (code) => t("assigned from a type assertion: `{0}`", code),
  "assign-pair-mapr": (code) => t("assigned from a map: `{0}`", code),
  "assign-pair-receive": (code) => t("received and assigned: `{0}`", code),
  return: (code) => t("returned: `{0}`", code),
  "call parameter": (code) => t("passed to a function: `{0}`", code),
  "callee operand": (code) => t("called, and its results flow on: `{0}`", code),
  "interface-converted": (code) => t("converted to an interface value: `{0}`", code),
  "captured by a closure": (code) => t("a function literal uses `{0}`", code),
  reference: (code) =>
    t("the function literal holds the address of `{0}`, because it changes or is large", code),
  "struct literal element": (code) => t("put in a struct: `{0}`", code),
  "array literal element": (code) => t("put in an array: `{0}`", code),
  // `...` stands for the slice that the compiler makes for variadic arguments.
  "slice-literal-element": (code) =>
    code === "…" ? t("put in the slice of the variadic arguments") : t("put in a slice: `{0}`", code),
  "map literal key": (code) => t("used as a map key: `{0}`", code),
  "map literal value": (code) => t("put in a map: `{0}`", code),
  "key of map put": (code) => t("used as a map key: `{0}`", code),
  send: (code) => t("sent on a channel: `{0}`", code),
  dot: (code) => t("read from a field: `{0}`", code),
  "dot of pointer": (code) => t("read through a pointer: `{0}`", code),
  indirection: (code) => t("read through a pointer: `{0}`", code),
  slice: (code) => t("sliced: `{0}`", code),
  "fixed-array-index-of": (code) => t("an element of an array: `{0}`", code),
  "slice-to-array": (code) => t("converted to an array: `{0}`", code),
  range: () => t("the element of a range loop"),
  "range-deref": () => t("the element of a range loop"),
  "switch case": (code) => t("the variable of a type switch: `{0}`", code),
  "appendee slice": (code) => t("append may copy it to a new array: `{0}`", code),
  "appended slice...": (code) => t("its elements are appended: `{0}`", code),
  "copied slice": (code) => t("its elements are copied: `{0}`", code),
  "too large for stack": (code) => t("`{0}` is too large for the stack", code),
  "too aligned for stack": (code) => t("`{0}` needs more alignment than the stack has", code),
  "non-constant size": (code) => t("the size of `{0}` is not known at compile time", code),
  "zero-sized element": (code) => t("the elements of `{0}` have no size", code),
};

/** One step in plain words, code between backticks; the compiler's reason itself when it is a new one. */
export function flowStepWords(step: SiteFlowStep): string {
  const code = readableCode(step.text);
  return words[step.reason]?.(code) ?? t("{0}: `{1}`", step.reason, code);
}

/** The steps that tell a person something: that a value needs memory of its own is what the message says already. */
export function tellingSteps(flow: readonly SiteFlowStep[]): readonly SiteFlowStep[] {
  return flow.filter((step) => step.reason !== "spill");
}
