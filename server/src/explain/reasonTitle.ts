import * as l10n from "@vscode/l10n";
import type { ReasonCode } from "../analysis/reasonCodes.js";

const { t } = l10n;

/** What a reason code means, as a heading without a full stop: the first line of its page in docs/reasons. */
export function reasonTitle(code: ReasonCode): string {
  return titles[code]();
}

const titles: Readonly<Record<ReasonCode, () => string>> = {
  "return-address": () => t("A pointer to a value of this function is returned"),
  returned: () => t("A slice, map, string, function literal or channel made here is returned"),
  "returned-interface": () => t("A value is put into an interface and returned"),
  "stored-field": () => t("The value is stored in a field"),
  "stored-global": () => t("The value is stored in a package variable"),
  "stored-map": () => t("The value is stored in a map"),
  "stored-slice": () => t("The value is stored in an element of a slice"),
  "stored-element": () => t("The value is stored in an element of a slice or a map"),
  "stored-pointer": () => t("The value is stored through a pointer"),
  "stored-literal": () => t("The value is part of a literal that is on the heap"),
  appended: () => t("The value is appended to a slice that is on the heap"),
  "sent-channel": () => t("The value is sent on a channel"),
  "captured-reference": () => t("A function literal that lives longer shares the variable"),
  goroutine: () => t("A goroutine runs it"),
  "defer-loop": () => t("The deferred call stands in a loop"),
  "outlives-loop": () => t("Something outside the loop holds the value longer than one turn"),
  "outlives-scope": () => t("Something that lives longer holds the value"),
  "unknown-callee": () => t("The value is passed to a function that the compiler cannot know"),
  "leaking-argument": () => t("The value is passed to a function that may keep it"),
  reflection: () => t("The value is passed to package reflect"),
  "panic-argument": () => t("The value is the argument of panic"),
  "boxed-constant": () => t("A constant is put into an interface"),
  "boxed-formatting": () => t("The value is formatted by fmt or log"),
  "boxed-argument": () => t("The value is passed as an interface value and may be kept"),
  "boxed-store": () => t("The value is stored as an interface value"),
  "method-value": () => t("A method value holds its receiver"),
  "variable-size": () => t("The size is known only at run time"),
  "too-large": () => t("The value is too large for the stack"),
  "zero-size": () => t("The elements have no size"),
  "append-growth": () => t("append grows a slice whose capacity is used up"),
  channel: () => t("A channel is made"),
  map: () => t("A map is made that may not fit the stack"),
  "map-growth": () => t("A map grows as elements are put in"),
  "string-concatenation": () => t("Strings are joined to a new one"),
  "string-conversion": () => t("A conversion copies a string or bytes"),
  other: () => t("The compiler names no place that keeps the value"),
};
