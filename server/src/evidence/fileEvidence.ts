/** One file's sites and calls become verdicts; what is left of the calls is what the compiler hid. */
import { convertedTo } from "../analysis/allocates.js";
import type { Site } from "../analysis/site.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import type { TextSpan } from "../syntax/nodes.js";
import { functionLine, mapLiteralLine, positionLine } from "../syntax/positionLine.js";
import { DeclaredTypes } from "../syntax/declaredTypes.js";
import { valueShapeAt } from "../syntax/valueShape.js";
import type { CallGroup } from "./callIndex.js";
import { canBox, canHold, isCompatible } from "./compatibility.js";
import { declarationsOf } from "./declaredNames.js";
import { matchSites, type Match } from "./matching.js";
import { verdictOfAll, verdictOfOne, type EvidenceVerdict } from "./verdict.js";

export interface FileEvidence {
  /** In the order of the given ones. */
  readonly sites: readonly Site[];
  /** Calls that no site explains, by line. */
  readonly left: ReadonlyMap<number, readonly CallGroup[]>;
}

export interface FileCalls {
  readonly byLine: ReadonlyMap<number, readonly CallGroup[]>;
  /** Whether there is code of the declaration. */
  covers(declaration: string): boolean;
}

/**
 * Gives the sites of a file their calls, line by line.
 *
 * @param others Root of a tree with what other files of the package declare.
 */
export function fileEvidence(
  sites: readonly Site[],
  calls: FileCalls,
  tree: GoTree,
  others?: SyntaxNode,
): FileEvidence {
  const matcher = new FileMatcher(calls, tree, others);
  const found = matcher.match(sites);
  return { sites: sites.map((site) => found.get(site) ?? site), left: matcher.left() };
}

/** What no site of a line's own has. */
interface UnusedGroups {
  /** By what tells them apart (`wordsOf`). */
  readonly alike: ReadonlyMap<string, readonly CallGroup[]>;
  /** In the order of the line: those of several such words, by these. */
  readonly fitting: Map<string, readonly CallGroup[]>;
}

class FileMatcher {
  readonly #calls: FileCalls;
  readonly #tree: GoTree;
  readonly #types: DeclaredTypes;
  readonly #used = new Set<CallGroup>();
  /** The objects of several variables, the last of the file first. */
  #shared: readonly CallGroup[] | undefined;
  /** By line, once it was looked at for sites of other lines. */
  readonly #unused = new Map<number, UnusedGroups>();

  constructor(calls: FileCalls, tree: GoTree, others: SyntaxNode | undefined) {
    this.#calls = calls;
    this.#tree = tree;
    this.#types = new DeclaredTypes(others);
  }

  match(sites: readonly Site[]): ReadonlyMap<Site, Site> {
    const results = new Map<Site, Site>();
    const lost: Site[][] = [];
    for (const [line, sitesHere] of this.#byLine(sites, results)) {
      const here = instancesTogether(sitesHere);
      const groups = withPlaces(this.#calls.byLine.get(line) ?? [], here.length);
      const edges = here.map((instances) => [
        ...new Set(instances.flatMap((site) => this.#fitting(site, groups, here.length > 1))),
      ]);
      matchSites(edges).forEach((match, index) => {
        const instances = here[index] ?? [];
        if (match.kind === "none") lost.push(instances);
        else for (const site of instances) results.set(site, withMatch(site, match, groups));
      });
      for (const index of edges.flat()) this.#use(groups[index]);
    }
    // Not before all sites have found what stands on their own lines.
    for (const [site, result] of this.#elsewhere(lost)) results.set(site, result);
    return results;
  }

  left(): Map<number, CallGroup[]> {
    const left = [...this.#calls.byLine].map(
      ([line, groups]) => [line, groups.filter((group) => !this.#used.has(group))] as const,
    );
    return new Map(left.filter(([, groups]) => groups.length > 0));
  }

  #byLine(sites: readonly Site[], results: Map<Site, Site>): Map<number, Site[]> {
    const lines = new Map<number, Site[]>();
    for (const site of sites) {
      // What is certain without code stays: a constant is no value of a call.
      if ((site.allocates === "no" && site.when !== "reserved") || isCopy(site)) continue;
      if (this.#isConstant(site)) {
        results.set(site, { ...site, allocates: "no", when: "constant" });
        continue;
      }
      const line = this.#line(site);
      const here = lines.get(line);
      if (here === undefined) lines.set(line, [site]);
      else here.push(site);
    }
    return lines;
  }

  #line(site: Site): number {
    const span = this.#span(site);
    const isOfSignature = site.form === "parameter" || site.form === "result";
    const line = isOfSignature ? functionLine(this.#tree, span) : undefined;
    return line ?? positionLine(this.#tree, span, site.form === "conversion");
  }

  /** `ID(3)`, where all files of the package together tell that ID is a type of numbers, strings or booleans. */
  #isConstant({ kind, form, expression }: Site): boolean {
    if (kind !== "escapes" || (form !== "boxed" && form !== "inlined-call")) return false;
    const name = convertedTo(expression);
    return name !== undefined && this.#types.declaresConstantType(this.#tree.root, name);
  }

  /** Where a line has several sites, what declarations tell of a variable's or boxed value's type tells their calls apart. */
  #fitting(site: Site, groups: readonly CallGroup[], isOneOfMany: boolean): number[] {
    const fitting = groups.flatMap((group, index) => (fits(site, group) ? [index] : []));
    const canBe = site.form === "boxed" ? canBox : isDeclared(site) ? canHold : undefined;
    if (!isOneOfMany || canBe === undefined || fitting.length === 0) return fitting;
    const shape = valueShapeAt(this.#tree, this.#span(site), this.#types);
    if (shape === undefined) return fitting;
    const left = fitting.filter((index) => groups[index]?.some((call) => canBe(shape, call)));
    // That a variable has moved is certain, and that it has no memory is not shown by its type.
    return left.length === 0 && canBe === canHold ? fitting : left;
  }

  /** Code of an expression can stand on another of its lines, and that of a map's elements at the whole map's. */
  #elsewhere(lost: readonly (readonly Site[])[]): [Site, Site][] {
    const indexes = new Map<CallGroup, number>();
    const known = new Map<readonly CallGroup[], number[]>();
    const edgesTo = (near: readonly CallGroup[]): number[] => {
      const before = known.get(near);
      if (before !== undefined) return before;
      for (const group of near) if (!indexes.has(group)) indexes.set(group, indexes.size);
      const found = [...new Set(near.map((group) => indexes.get(group) ?? 0))].sort((a, b) => a - b);
      known.set(near, found);
      return found;
    };
    const edges = lost.map((instances) => edgesTo(this.#groupsElsewhere(instances)));
    const groups = [...indexes.keys()];
    const matches = matchSites(edges);
    for (const group of groups) this.#use(group);
    return lost.flatMap((instances, index) =>
      instances.map((site): [Site, Site] => {
        const match = matches[index] ?? { kind: "none" };
        return [site, match.kind === "none" ? this.#nowhere(site) : withMatch(site, match, groups)];
      }),
    );
  }

  /** The very same list for all sites that have no other choice, such as the values of a table. */
  #groupsElsewhere(instances: readonly Site[]): readonly CallGroup[] {
    const lists = instances.flatMap((site) =>
      this.#otherLines(site).map((line) => this.#unusedOn(line, site)),
    );
    const [first = [], ...more] = lists.filter((list) => list.length > 0);
    return more.every((list) => list === first) ? first : [first, ...more].flat();
  }

  /** No line of its own has a call: it shares that of another variable, or there is none. */
  #nowhere(site: Site): Site {
    const shared = site.kind === "moved" ? this.#sharedBefore(site) : undefined;
    if (shared !== undefined) return withVerdict(site, verdictOfAll(shared), shared);
    return this.#calls.covers(site.function) ? withoutCall(site) : site;
  }

  /** The object of several variables that a variable can lie in: the one of its function that began last before it. */
  #sharedBefore(site: Site): CallGroup | undefined {
    const line = this.#line(site);
    this.#shared ??= [...this.#calls.byLine]
      .sort(([a], [b]) => b - a)
      .flatMap(([, groups]) => groups.filter(isShared));
    return this.#shared.find((group) =>
      group.some((call) => call.line < line && declarationsOf(call.function).includes(site.function)),
    );
  }

  /**
   * The groups of a line that no site has on its own line and that fit this one. A table of thousands of values has as many
   * groups on one line: of those that nothing tells apart, one is asked, and sites with the same answer get one list.
   */
  #unusedOn(line: number, site: Site): readonly CallGroup[] {
    const groups = this.#calls.byLine.get(line) ?? [];
    const unused: UnusedGroups = this.#unused.get(line) ?? {
      alike: alike(groups, this.#used),
      fitting: new Map(),
    };
    this.#unused.set(line, unused);
    const words = [...unused.alike].flatMap(([name, [first]]) =>
      first !== undefined && fits(site, first) ? [name] : [],
    );
    const key = words.join("\n");
    const known = unused.fitting.get(key);
    if (known !== undefined) return known;
    const all = new Set(words.flatMap((name) => unused.alike.get(name) ?? []));
    const found = groups.filter((group) => all.has(group));
    unused.fitting.set(key, found);
    return found;
  }

  #otherLines(site: Site): number[] {
    const { start, end } = site.nodeRange;
    const around = mapLiteralLine(this.#tree, this.#span(site));
    const count = hasBody.has(site.form) ? 0 : end.line - start.line + 1;
    const own = Array.from({ length: count }, (_, index) => start.line + 1 + index);
    return [...new Set(around === undefined ? own : [...own, around])];
  }

  #span({ nodeRange }: Site): TextSpan {
    const { source } = this.#tree;
    return { start: source.offsetOf(nodeRange.start), end: source.offsetOf(nodeRange.end) };
  }

  #use(group: CallGroup | undefined): void {
    if (group !== undefined) this.#used.add(group);
  }
}

/** Of one expression in a generic function there is a message for each instance, and the instances' calls are one. */
function instancesTogether(sites: readonly Site[]): Site[][] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const { start, end } = site.nodeRange;
    const isInstance = site.inlinedFrom === null && site.expression.includes("go.shape.");
    const place = [start.line, start.character, end.line, end.character, site.kind, site.form].join(" ");
    const key = isInstance ? place : `${place} ${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), site]);
  }
  return [...groups.values()];
}

/** A variable, parameter or result of the person's own that moved. */
function isDeclared({ kind, inlinedFrom }: Site): boolean {
  return kind === "moved" && inlinedFrom === null;
}

/** It stands at a function's name: code that the compiler made from the function, whose line may be the function's own. */
function isCopy({ form, inlinedFrom }: Site): boolean {
  return form === "other" && inlinedFrom !== null;
}

/** Forms whose text holds other statements: calls in there are not theirs. */
const hasBody: ReadonlySet<Site["form"]> = new Set([
  "func-literal",
  "go-wrapper",
  "defer-wrapper",
  "range-func-body",
  "other",
]);

function isShared([first]: CallGroup): boolean {
  return first?.isShared === true;
}

/** The groups, with as many places as there are sites in those that stand for several of them. */
function withPlaces(groups: readonly CallGroup[], sites: number): readonly CallGroup[] {
  const more = groups.filter(isShared).flatMap((group) => Array.from({ length: sites - 1 }, () => group));
  return more.length === 0 ? groups : [...groups, ...more];
}

function fits(site: Site, group: CallGroup): boolean {
  const [first] = group;
  return first !== undefined && isCompatible(site, first);
}

/** All of a group that `isCompatible` looks at. */
function wordsOf([first]: CallGroup): string {
  return first === undefined ? "" : `${first.kind} ${first.call} ${first.type ?? "?"} ${first.isShared}`;
}

/** The groups that are not used, equal ones together. */
function alike(groups: readonly CallGroup[], used: ReadonlySet<CallGroup>): Map<string, CallGroup[]> {
  const found = new Map<string, CallGroup[]>();
  for (const group of groups) {
    if (used.has(group)) continue;
    const equal = found.get(wordsOf(group));
    if (equal === undefined) found.set(wordsOf(group), [group]);
    else equal.push(group);
  }
  return found;
}

function withMatch(site: Site, match: Match, groups: readonly CallGroup[]): Site {
  if (match.kind !== "matched") return site;
  const matched = match.calls.map((index) => groups[index] ?? []);
  // Of an instance's site those that are of the instance, where their types tell.
  const fitting = matched.filter((group) => fits(site, group));
  const own = new Set(fitting.length > 0 ? fitting : matched);
  const calls = [...own].flat();
  const isOwn = own.size === 1 || match.isPrivate;
  return withVerdict(site, isOwn ? verdictOfAll(calls) : verdictOfOne(calls), calls);
}

function withVerdict(site: Site, verdict: EvidenceVerdict, calls: CallGroup): Site {
  const isCold = calls.every((call) => call.isCold) && ordinary.has(site.context);
  const context = isCold ? "panic" : site.context;
  // There is a call of code that never runs.
  if (site.when === "reserved") return { ...site, context };
  // That a capacity was reserved is plain in the source, and remains the better word.
  const isReserved = site.when === "len > cap" && verdict.allocates !== "no";
  return isReserved ? { ...site, evidence: verdict.evidence, context } : { ...site, ...verdict, context };
}

const ordinary: ReadonlySet<Site["context"]> = new Set(["loop", "body", "error-return"]);

function withoutCall(site: Site): Site {
  return { ...site, allocates: "no", when: "no call", evidence: [] };
}
