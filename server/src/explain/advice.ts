import * as l10n from "@vscode/l10n";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Site } from "../analysis/site.js";

const { t } = l10n;

/** What helps, in one sentence; undefined where there is nothing to do or nothing worth doing. */
export function adviceFor(site: Site): string | undefined {
  if (site.allocates === "no") return undefined;
  if (site.context === "panic" || site.context === "init") return t("Leave it alone: it does not run often.");
  return advice[site.reason]?.(site);
}

const advice: Readonly<Partial<Record<ReasonCode, (site: Site) => string>>> = {
  "return-address": () =>
    t(
      "Return the value instead of its address, or let the caller pass a pointer to fill, where the type is small.",
    ),
  returned: () => t("Let the caller pass the memory to fill (`dst []T`), or return an array of fixed size."),
  "returned-interface": () =>
    t("Return the concrete type, or a package-level value where its contents are constant."),
  "stored-field": () => t("Store the value instead of a pointer to it, where nothing else shares it."),
  "stored-global": () => t("Store the value instead of a pointer to it."),
  "stored-map": () => t("Use the value as the map's element type instead of a pointer."),
  "stored-slice": () => t("Use the value as the slice's element type instead of a pointer."),
  "stored-element": () => t("Use the value as the element type instead of a pointer to it."),
  "stored-pointer": () =>
    t("Write into the memory that the caller has (`*p = v`) instead of handing it a new pointer."),
  "stored-literal": () =>
    t(
      "Make it a value of the struct's field or the slice's element instead of a pointer, where nothing shares it.",
    ),
  appended: () => t("Use the value as the slice's element type instead of a pointer or an interface."),
  "sent-channel": () => t("Send the value instead of a pointer to it, where it is small."),
  "captured-reference": () =>
    t(
      "Pass the value as a parameter or copy it before the function literal, if it is not written after that.",
    ),
  goroutine: () => t("A goroutine needs its own memory; start fewer of them, or hand work to running ones."),
  "defer-loop": () =>
    t("Move the body of the loop to a function, so that the deferred call runs at the end of each turn."),
  "outlives-loop": () =>
    t("Declare the variable that holds it inside the loop, or keep a copy of the value."),
  "outlives-scope": () =>
    t("Copy its contents into memory that is there already, where only they are needed outside."),
  reflection: () => t("In hot code use a type switch, a type parameter or generated code."),
  "unknown-callee": () =>
    t("Call a concrete type or function: the compiler then sees whether the argument is kept."),
  "leaking-argument": () =>
    t("Look at what the callee keeps; pass a value instead of a pointer where it can take one."),
  "boxed-formatting": () =>
    t("In hot code use `strconv` or plain concatenation: no interface values are needed."),
  "boxed-argument": () => t("Give the callee a parameter of the concrete type, or a type parameter."),
  "boxed-store": () => t("Store the concrete type where all values have the same one."),
  "method-value": () =>
    t("Call the method where it is needed, or pass a function literal that is made once."),
  "variable-size": () =>
    t("Where a small bound is known, use an array of that size and fall back to make above it."),
  "too-large": () => t("Reuse one buffer, or make it a package variable or a pooled one."),
  channel: () =>
    t("Make the channel once and use it again; where one result is awaited, a plain call needs no channel."),
  map: () => t("For few or small keys use an array or a slice; else keep the map and empty it with `clear`."),
  "map-growth": () => t("Make the map with room for its entries first: `make(map[K]V, n)`."),
  "string-concatenation": () =>
    t("In a loop use a `strings.Builder`; as a map key, a struct of the parts needs no joined string."),
  "string-conversion": () =>
    t("Stay with bytes (package `bytes`) or with the string all the way, so that nothing is converted."),
  "append-growth": ({ inlinedFrom, when }) => {
    if (when === "len > cap") return t("Nothing is allocated as long as the reserved capacity is enough.");
    return inlinedFrom === null
      ? t("Reserve the capacity first: `make([]T, 0, n)`.")
      : t("Grow the buffer once before (`Grow(n)` where it has one), or keep it and use it again.");
  },
};
