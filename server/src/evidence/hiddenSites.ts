/** Calls of the allocator that no message explains become sites of kind `hidden`, at the syntax that they are made for. */
import type { SiteDraft } from "../analysis/fileSites.js";
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Site, SiteForm } from "../analysis/site.js";
import type { AllocatingForm, AllocatingSyntax } from "../syntax/allocatingSyntax.js";
import type { ReservedAppend } from "../syntax/appendLoops.js";
import { isGenerated } from "../syntax/generated.js";
import { foldWhiteSpace } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import type { CallKind, CopiedCall } from "./allocationCall.js";
import type { CallGroup } from "./callIndex.js";
import { verdictOfAll, verdictOfOne } from "./verdict.js";

export interface HiddenInput {
  /** Absolute path. */
  readonly file: string;
  readonly importPath: string;
  readonly source: SourceText;
  /** Calls that no site explains, by line. */
  readonly left: ReadonlyMap<number, readonly CallGroup[]>;
  /** What copies of other packages' functions allocate, by the line that calls them. */
  readonly copied: ReadonlyMap<number, readonly CopiedCall[]>;
  /** By line: what can allocate there. */
  readonly syntax: ReadonlyMap<number, readonly AllocatingSyntax[]>;
  /** The file's sites: what they stand for is explained. */
  readonly known: readonly Site[];
  readonly mapGrowth: boolean;
  /** Appends to slices whose capacity was reserved, by their offset. */
  readonly reserved: ReadonlyMap<number, ReservedAppend>;
}

/** The syntax that a call can be for, the likeliest first. What is not named here has a message of the compiler. */
const formsOf: Readonly<Partial<Record<CallKind, readonly AllocatingForm[]>>> = {
  growth: ["append", "call"],
  move: ["return", "append"],
  slice: ["make", "call"],
  map: ["make-map", "map-literal", "make", "call"],
  "map-growth": ["map-assignment", "map-literal", "call"],
  channel: ["make-channel", "make", "call"],
  concatenation: ["concatenation", "conversion", "call"],
  conversion: ["conversion", "call"],
  object: ["go-statement", "defer-statement"],
};

const siteForms: Readonly<Record<AllocatingForm, SiteForm>> = {
  append: "append",
  return: "append",
  make: "make",
  "make-channel": "make",
  "make-map": "make",
  "map-literal": "composite-literal",
  "map-assignment": "other",
  concatenation: "concatenation",
  conversion: "conversion",
  "go-statement": "go-wrapper",
  "defer-statement": "defer-wrapper",
  call: "inlined-call",
};

/** What is made tells why, also where it is made in an inlined function, or by a `make` of a named type. */
const reasons: Readonly<Partial<Record<CallKind, ReasonCode>>> = {
  growth: "append-growth",
  move: "append-growth",
  slice: "variable-size",
  map: "map",
  "map-growth": "map-growth",
  channel: "channel",
  concatenation: "string-concatenation",
  conversion: "string-conversion",
};

function reasonOf(kind: CallKind, form: AllocatingForm): ReasonCode {
  if (form === "go-statement") return "goroutine";
  return form === "defer-statement" ? "defer-loop" : (reasons[kind] ?? "other");
}

/** The hidden sites of a file in the order of their lines. Calls without any syntax that they could be for are left out. */
export function hiddenSites(input: HiddenInput): SiteDraft[] {
  const inOwnCode = [...input.left]
    .sort(([a], [b]) => a - b)
    .flatMap(([line, groups]) =>
      [...byKind(groups)].flatMap(([kind, ofKind]) => ofLine(input, line, kind, ofKind)),
    );
  return [...inOwnCode, ...[...input.copied].flatMap(([line, calls]) => inCopies(input, line, calls))];
}

/** What is said first of a function that allocates in several ways: what a person can do something about. */
const copiedKinds: readonly CallKind[] = ["growth", "slice", "map", "concatenation", "conversion", "channel"];

/** One site for each call of such a function, whatever it allocates in there. */
function inCopies(input: HiddenInput, line: number, calls: readonly CopiedCall[]): SiteDraft[] {
  const places = new Map<AllocatingSyntax, CopiedCall[]>();
  for (const call of calls) {
    const place = call.kind === "map-growth" && !input.mapGrowth ? undefined : calledAt(input, line, call);
    if (place !== undefined) places.set(place, [...(places.get(place) ?? []), call]);
  }
  return [...places].map(([place, ofPlace]) => {
    const kind = copiedKinds.find((each) => ofPlace.some((call) => call.kind === each)) ?? "object";
    // It is called here and not inlined: its whole text says it.
    return draft(input, { ...place, callee: null }, kind, true, [ofPlace]);
  });
}

function calledAt({ syntax }: HiddenInput, line: number, call: CopiedCall): AllocatingSyntax | undefined {
  const places = (syntax.get(line) ?? []).filter(({ form }) => form === "call");
  const isOf = (name: string) => places.find(({ callee }) => calledName(callee ?? "") === name);
  return call.callees.map(isOf).find((place) => place !== undefined);
}

/** `Collect` of `slices.Collect[int]` */
function calledName(callee: string): string | undefined {
  return /([\p{L}\p{N}_]+)(?:\[.*\])?$/su.exec(callee)?.[1];
}

function byKind(groups: readonly CallGroup[]): Map<CallKind, CallGroup[]> {
  const kinds = new Map<CallKind, CallGroup[]>();
  for (const group of groups) {
    const kind = group[0]?.kind;
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), group]);
  }
  return kinds;
}

function ofLine(input: HiddenInput, line: number, kind: CallKind, groups: readonly CallGroup[]): SiteDraft[] {
  if (kind === "map-growth" && !input.mapGrowth) return [];
  const chosen = choose(input, line, formsOf[kind] ?? [], groups.length);
  // A map literal is made with room for its elements.
  if (kind === "map-growth" && chosen.some(({ form }) => form === "map-literal")) return [];
  const isClear = chosen.length === 1;
  // What never grows is no site: the compiler made the call for it all the same.
  const growing = chosen.filter(
    ({ form, node }) => form !== "append" || input.reserved.get(node.start)?.isEnough !== true,
  );
  return growing.map((place) => draft(input, place, kind, isClear, groups));
}

/** Forms of which a site does not say that they are explained: more can be inlined, or be part of a literal. */
const sharesNode: ReadonlySet<AllocatingForm> = new Set(["call", "map-literal"]);

/** As many places of the likeliest form as there are calls; of calls that were inlined one alone. */
function choose(
  { syntax, known, source }: HiddenInput,
  line: number,
  forms: readonly AllocatingForm[],
  count: number,
): AllocatingSyntax[] {
  const taken = new Set(known.map(({ nodeRange }) => source.offsetOf(nodeRange.start)));
  for (const form of forms) {
    const fitting = (syntax.get(line) ?? [])
      .filter((place) => place.form === form && (sharesNode.has(form) || !taken.has(place.node.start)))
      .sort((a, b) => b.likelihood - a.likelihood || a.node.start - b.node.start);
    if (fitting.length > 0) return fitting.slice(0, form === "call" ? 1 : count);
  }
  return [];
}

function draft(
  { file, importPath, source, reserved }: HiddenInput,
  place: AllocatingSyntax,
  kind: CallKind,
  isClear: boolean,
  groups: readonly CallGroup[],
): SiteDraft {
  const calls = groups.flat();
  const text = foldWhiteSpace(source.text.slice(place.node.start, place.node.end));
  const { context, loopDepth } = place.enclosing;
  const isCold = calls.every((call) => call.isCold) && context !== "init";
  return {
    package: importPath,
    file,
    function: place.enclosing.function,
    range: source.range(place.range.start, place.range.end),
    column: source.columnOf(place.range.start),
    nodeRange: source.range(place.node.start, place.node.end),
    kind: "hidden",
    form: siteForms[place.form],
    reason: reasonOf(kind, place.form),
    expression: text,
    source: text,
    ...(isClear ? verdictOfAll(calls) : verdictOfOne(calls)),
    ...(place.form === "append" && reserved.has(place.node.start) && { when: "len > cap" }),
    context: contextOf(file, source) ?? (isCold ? "panic" : context),
    loopDepth,
    inlinedFrom: place.callee,
    callee: null,
    flow: [],
    compilerLines: [],
  };
}

/** What counts before all that control flow tells. */
function contextOf(file: string, source: SourceText): "generated" | "test" | undefined {
  if (isGenerated(source)) return "generated";
  return file.endsWith("_test.go") ? "test" : undefined;
}
