import * as l10n from "@vscode/l10n";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Site } from "../analysis/site.js";

const { t } = l10n;

/** When a site of this reason is better left as it is, in one sentence; undefined where advice says it already. */
export function leaveAloneWords(site: Pick<Site, "reason" | "allocates" | "context">): string | undefined {
  if (site.allocates === "no" || site.context === "panic" || site.context === "init") return undefined;
  return words[site.reason]?.();
}

const words: Readonly<Partial<Record<ReasonCode, () => string>>> = {
  "return-address": () =>
    t(
      "Leave it alone where callers share and change the value, or where it is large and returned through many calls.",
    ),
  returned: () => t("Leave it alone where a new value is what the function is for, and callers keep it."),
  "returned-interface": () =>
    t("Leave it alone where different types are really returned, or on a path that is rarely taken."),
  "stored-field": () =>
    t("Leave it alone where others hold a pointer to the same value, or where nil says something."),
  "stored-global": () => t("Leave it alone where it happens once."),
  "stored-map": () =>
    t(
      "Leave it alone where elements are changed in place or larger than 128 bytes: a map allocates those anyway.",
    ),
  "stored-slice": () =>
    t("Leave it alone where large elements are moved around a lot, or where nil elements mean something."),
  "stored-element": () =>
    t("Leave it alone where each element is set once, or where somebody may still read the old one."),
  "stored-pointer": () => t("Leave it alone where nil is the way to say that there is no value."),
  "stored-literal": () =>
    t("Leave it alone where parts are shared or may be missing, as in trees and linked lists."),
  appended: () =>
    t("Leave it alone where others hold pointers to the elements, which would move when the slice grows."),
  "sent-channel": () =>
    t("Leave it alone where both sides work on the same value, or where jobs are few and long."),
  "captured-reference": () => t("Leave it alone where both really share the variable, as a sync.WaitGroup."),
  goroutine: () =>
    t(
      "Leave it alone where the goroutine works for more than a few microseconds: starting it costs more than the closure.",
    ),
  "defer-loop": () => t("Leave it alone where all of it has to be held until the function returns."),
  "outlives-loop": () => t("Leave it alone where the loop runs a few times, or the branch is rarely taken."),
  "outlives-scope": () => t("Leave it alone where it grows or is replaced now and then, as it is meant to."),
  "unknown-callee": () => t("Leave it alone where real work is done behind the call: a file, a connection."),
  "leaking-argument": () => t("Leave it alone where keeping it is what the callee is for."),
  reflection: () => t("Leave it alone in tests, and where a configuration is read at start-up."),
  "boxed-formatting": () =>
    t(
      "Leave it alone where it builds an error or a message that is rarely needed, or where the output takes the time.",
    ),
  "boxed-argument": () =>
    t("Leave it alone where different types are really passed, or where the call is rare."),
  "boxed-store": () => t("Leave it alone where the API asks for it, and the work behind it costs far more."),
  "method-value": () => t("Leave it alone where it is made once, when callbacks are registered."),
  "variable-size": () => t("Leave it alone where sizes vary widely or are mostly large."),
  "too-large": () =>
    t("Leave it alone in functions that recurse or run in very many goroutines: their stacks would grow."),
  channel: () => t("Leave it alone where the channel lives as long as the goroutines that use it."),
  map: () => t("Leave it alone where it really holds many entries: they need the memory anyway."),
  "map-growth": () =>
    t("Leave it alone where nobody knows how many there will be, or where the map is kept and used again."),
  "string-concatenation": () =>
    t("Leave it alone where the result is mostly short: up to 32 bytes that stay here are on the stack."),
  "string-conversion": () =>
    t("Leave it alone where the text is mostly short: up to 32 bytes that stay here are on the stack."),
  "append-growth": () =>
    t("Leave it alone where most often none or few are appended, or where the buffer is reused."),
};
