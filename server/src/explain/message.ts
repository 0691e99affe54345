/** The one sentence that a diagnostic, a line of the command-line tool and a hover's heading show. */
import * as l10n from "@vscode/l10n";
import { isCallWrapper } from "../analysis/callWrapper.js";
import type { Marker } from "../analysis/markers.js";
import { carriers, isCalledOn } from "../analysis/passedTo.js";
import { hasOwnMemory, isStaticTemporary, leftSide, pairOf } from "../analysis/printedTarget.js";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Site, SiteFlowStep } from "../analysis/site.js";
import { conditionWords, siteCondition } from "./cost.js";
import { visible } from "./visible.js";

const { t } = l10n;

/** Longest piece of source that a sentence quotes, in UTF-16 code units. */
const quoteLimit = 48;

/** One sentence in plain words: what goes to the heap, and why. The text is plain: it must be escaped for markdown. */
export function siteMessage(site: Site): string {
  return visible(t("{0}: {1}", subject(site), cause(site)));
}

/** The sentence of a marker, which says how much else it stands for. */
export function markerMessage({ site, others }: Pick<Marker, "site" | "others">): string {
  const message = siteMessage(site);
  return others.length === 0 ? message : t("{0} (and {1} more within this call)", message, others.length);
}

function subject(site: Site): string {
  if (site.kind === "hidden" && !isCallWrapper(site) && !isGrowth(site)) return hiddenSubject(site);
  const words =
    site.inlinedFrom === null
      ? ownSubject(site)
      : inlinedSubject(site, shortened(plainExpression(site.inlinedFrom)));
  return withCondition(words, site);
}

/** Growth that the machine code has shown is said as that which the compiler reports, as newer versions of Go do. */
function isGrowth({ form, when, allocates, source }: Site): boolean {
  const isKnown = when === null ? allocates === "yes" || allocates === "likely" : ofGrowth.has(when);
  return form === "append" && source.startsWith("append(") && isKnown;
}

/** An allocation that the compiler does not report: on what it depends is what there is to say. */
function hiddenSubject(site: Site): string {
  const { inlinedFrom, allocates } = site;
  const words = inlinedFrom === null ? t("`{0}`", quoted(site)) : t("Inlined `{0}`", shortened(inlinedFrom));
  if (allocates === "no") return t("{0} does not allocate", words);
  const condition = siteCondition(site);
  if (condition !== undefined) return t("{0} allocates {1}", words, condition);
  return allocates === "yes" || allocates === "likely"
    ? t("{0} allocates", words)
    : t("{0} may allocate", words);
}

/** Conditions that the words about the growth of a slice hold already. */
const ofGrowth: ReadonlySet<string> = new Set(["len > cap", "grows", "not empty"]);

function withCondition(words: string, site: Site): string {
  const { allocates, when, form, expression } = site;
  const condition = siteCondition(site);
  if (when === null || condition === undefined) return words;
  if (allocates !== "likely" && allocates !== "sometimes") return words;
  const isAppend = form === "append" || expression === "append";
  return isAppend && ofGrowth.has(when) ? words : t("{0} {1}", words, condition);
}

/** What a function does that was inlined here: its own expressions are not in sight. */
function inlinedSubject(site: Site, callee: string): string {
  if (site.expression === "func literal")
    return t("Inlined `{0}` puts a function literal on the heap", callee);
  if (site.expression === "append") return t("Inlined `{0}` grows a slice on the heap", callee);
  const expression = shortened(plainExpression(site.expression));
  if (site.allocates === "no")
    return t("`{0}` in inlined `{1}` escapes, but does not allocate", expression, callee);
  return isCopied(site)
    ? t("Inlined `{0}` copies `{1}` to the heap", callee, expression)
    : t("Inlined `{0}` puts `{1}` on the heap", callee, expression);
}

/** An interface value holds a copy of it. */
function isCopied({ kind, reason, expression }: Site): boolean {
  const isBoxed = reason.startsWith("boxed-") || reason === "returned-interface";
  return isBoxed && kind !== "moved" && !hasOwnMemory(expression);
}

function ownSubject(site: Site): string {
  const name = quoted(site);
  if (site.form === "go-wrapper") return t("This go statement puts a closure on the heap");
  if (site.form === "defer-wrapper") return t("This defer statement puts a closure on the heap");
  if (site.allocates === "no") return t("`{0}` escapes, but does not allocate", name);
  switch (site.form) {
    case "variable":
    case "parameter":
    case "result":
      return t("`{0}` moves to the heap", name);
    case "boxed":
      return t("`{0}` is copied to the heap", name);
    case "func-literal":
      return t("This function literal is allocated on the heap");
    case "range-func-body":
      return t("The body of this loop becomes a function literal on the heap");
    case "variadic-slice":
      return t(
        "The slice for the arguments of `{0}` is allocated on the heap",
        shortened(site.callee ?? "…"),
      );
    case "append":
      return site.when === "len > cap" || site.when === "grows"
        ? t("`{0}` grows on the heap once its capacity is used up", name)
        : t("`{0}` grows on the heap", name);
    default:
      return t("`{0}` is allocated on the heap", name);
  }
}

/** The reason as a clause. */
function cause(site: Site): string {
  if (site.allocates === "no" && site.when !== null) return conditionWords(site.when);
  const clause = clauses[site.reason](site);
  // Growth is about the loop around the append, not about where the slice goes in the end.
  const line = site.reason === "append-growth" ? undefined : sinkLine(site);
  return line === undefined ? clause : t("{0} (line {1})", clause, line);
}

const clauses: Readonly<Record<ReasonCode, (site: Site) => string>> = {
  "return-address": (site) => (site.kind === "moved" ? t("its address is returned") : t("it is returned")),
  returned: () => t("it is returned"),
  "returned-interface": () => t("it is returned as an interface value"),
  "stored-field": (site) => t("it is stored in `{0}`", target(site)),
  "stored-global": (site) =>
    isStaticTemporary(site.flow.at(-1)?.text ?? "")
      ? t("it is part of a package variable's value")
      : t("it is stored in the package variable `{0}`", target(site)),
  "stored-map": (site) => t("it is stored in a map by `{0}`", target(site)),
  "stored-slice": (site) => t("it is stored in a slice by `{0}`", target(site)),
  "stored-element": (site) => t("it is stored in `{0}`", target(site)),
  "stored-pointer": (site) => t("it is stored through a pointer by `{0}`", target(site)),
  "stored-literal": (site) => {
    const literal = literalOf(site);
    return literal === undefined
      ? t("it is an element of a value that is on the heap")
      : t("it is stored in `{0}`, which is on the heap", literal);
  },
  appended: () => t("it is appended to a slice that is on the heap"),
  "sent-channel": () => t("it is sent on a channel"),
  "captured-reference": (site) =>
    site.kind === "moved" && site.flow.at(-1)?.text === site.expression
      ? t("a function literal that outlives this scope shares it")
      : t("`{0}` holds it, which a function literal that outlives this scope shares", target(site)),
  goroutine: () => t("a goroutine runs it, and may outlive this function"),
  "defer-loop": () => t("it is deferred in a loop, so each turn needs its own"),
  "outlives-loop": (site) => t("`{0}` holds it longer than one turn of the loop", target(site)),
  "outlives-scope": (site) => t("`{0}` holds it, and is on the heap or lives longer", target(site)),
  "unknown-callee": (site) =>
    isCalledOn(site)
      ? t("`{0}` is called on it, which the compiler cannot know here", callee(site))
      : t("it is passed to `{0}`, which the compiler cannot know here", callee(site)),
  "leaking-argument": (site) => t("it is passed to `{0}`, which may keep it", callee(site)),
  reflection: (site) => t("it is passed to `{0}`, and reflection may keep it", callee(site)),
  "panic-argument": () => t("it is the argument of panic, which takes an interface value"),
  "boxed-constant": () => t("it is a constant, which interface values share"),
  "boxed-formatting": (site) => t("`{0}` takes its arguments as interface values", callee(site)),
  "boxed-argument": (site) => t("`{0}` takes it as an interface value and may keep it", callee(site)),
  "boxed-store": () => t("it is stored as an interface value"),
  "method-value": (site) =>
    site.kind === "moved"
      ? t("a method value holds its address")
      : t("a method value holds a copy of its receiver"),
  "variable-size": () => t("its size is not known at compile time"),
  "too-large": () => t("it is too large for the stack"),
  "zero-size": () => t("its elements have no size"),
  "append-growth": (site) => {
    if (site.when === "size <= 32 bytes") return t("it began in a buffer on the stack");
    if (site.when === "len > cap") return t("the larger array is a new one");
    if (site.growsFromEmpty === true) return t("it is in a loop, and no capacity was reserved");
    return site.when === "grows"
      ? t("the larger array is a new one")
      : t("a larger array is made each time it is full");
  },
  channel: () => t("a channel is always on the heap"),
  map: () => t("the stack has room for eight entries at most"),
  "map-growth": () => t("its entries move to a larger table"),
  "string-concatenation": () => t("joining strings makes a new one"),
  "string-conversion": () => t("the conversion copies the text"),
  other: () => t("the compiler cannot show that it stays within this function"),
};

/** The name or expression that the sentence is about, in the person's own words where they are short. */
function quoted(site: Site): string {
  if (site.form === "variable" || site.form === "parameter" || site.form === "result") return site.expression;
  const isShort = site.source.length <= quoteLimit;
  if (!isShort && site.kind === "hidden" && site.form === "composite-literal")
    return shortened(site.source.replace(/^((?:(?:struct|interface) ?\{\}|[^{])*)\{.*$/s, "$1{…}"));
  const appended =
    isShort || site.form !== "append" ? undefined : /^append\(([\w.]+),/.exec(site.source)?.[1];
  if (appended !== undefined) return shortened(`append(${appended}, …)`);
  return shortened(
    isShort || site.form === "append" || compilerMade.test(site.expression)
      ? site.source
      : plainExpression(site.expression),
  );
}

/** Names that the compiler gives to results and temporaries. */
const compilerMade = /~r\d|\.autotmp_/;

/** The left side of the assignment that the flow ends in, or the variable it flows to; none that the compiler made. */
function target(site: Site): string {
  const values = carriers(site);
  const texts = ownSteps(site)
    .map(({ text }) => leftSide(pairOf(text, values)) ?? text)
    .reverse();
  const named = texts.find((text) => !compilerMade.test(text)) ?? texts[0] ?? "…";
  return shortened(plainExpression(named));
}

/**
 * The flow as far as the person's own variables go: behind them the value may go on to parameters of functions of other
 * packages that were inlined, which the compiler prints as `strings.s := s`, an assignment that no Go program has.
 */
function ownSteps({ flow }: Site): readonly SiteFlowStep[] {
  const own = flow.findLastIndex(({ text }) => !/^(?=[^:]*\w\.\w)[\p{L}\p{N}_.~, ]+ :=/u.test(text));
  return own < 0 ? flow : flow.slice(0, own + 1);
}

/** The literal that the flow ends in, as `Response{…}`; undefined where that is the slice of variadic arguments. */
function literalOf(site: Site): string | undefined {
  const text = site.flow.findLast(({ reason }) => /literal[ -](?:element|value)$/.test(reason))?.text;
  return text?.endsWith("}") === true ? shortened(plainExpression(text)) : undefined;
}

function callee(site: Site): string {
  return site.callee === null ? t("a function") : shortened(plainExpression(site.callee));
}

/** Line (from 1) of the flow's last step, when it is in this file and not where the squiggle is. */
function sinkLine(site: Site): number | undefined {
  const last = ownSteps(site).at(-1);
  if (last?.file !== site.file || last.range === null) return undefined;
  return last.range.start.line === site.range.start.line ? undefined : last.range.start.line + 1;
}

function plainExpression(text: string): string {
  return text
    .replace(/~r\d+|\.autotmp_\d+|[^\s()]*\.\.stmp_[\d@]+/g, "…")
    .replaceAll("go.shape.", "")
    .replaceAll("...", "…")
    .replaceAll("interface {}", "any");
}

function shortened(text: string): string {
  if (text.length <= quoteLimit) return text;
  const cut = text.slice(0, quoteLimit - 1);
  // A surrogate pair is never cut in half.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
