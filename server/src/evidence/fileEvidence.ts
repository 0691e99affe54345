/** One file's sites and calls become verdicts; what is left of the calls is what the compiler hid. */
import { convertedTo } from "../analysis/allocates.js";
import type { Site } from "../analysis/site.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import type { TextSpan } from "../syntax/nodes.js";
import { mapLiteralLine, positionLine } from "../syntax/positionLine.js";
import { DeclaredTypes } from "../syntax/declaredTypes.js";
import { valueShapeAt } from "../syntax/valueShape.js";
import type { CallGroup } from "./callIndex.js";
import { canBox, isCompatible } from "./compatibility.js";
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

class FileMatcher {
  readonly #calls: FileCalls;
  readonly #tree: GoTree;
  readonly #types: DeclaredTypes;
  readonly #used = new Set<CallGroup>();

  constructor(calls: FileCalls, tree: GoTree, others: SyntaxNode | undefined) {
    this.#calls = calls;
    this.#tree = tree;
    this.#types = new DeclaredTypes(others);
  }

  match(sites: readonly Site[]): ReadonlyMap<Site, Site> {
    const results = new Map<Site, Site>();
    const lost: Site[] = [];
    for (const [line, here] of this.#byLine(sites, results)) {
      const groups = this.#calls.byLine.get(line) ?? [];
      const edges = here.map((site) => this.#fitting(site, groups, here.length > 1));
      matchSites(edges).forEach((match, index) => {
        const site = here[index];
        if (site === undefined) return;
        if (match.kind === "none") lost.push(site);
        else results.set(site, withMatch(site, match, groups));
      });
      for (const index of edges.flat()) this.#use(groups[index]);
    }
    // Not before all sites have found what stands on their own lines.
    for (const site of lost) results.set(site, this.#elsewhere(site));
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
      if (site.allocates === "no" || isCopy(site)) continue;
      if (this.#isConstant(site)) {
        results.set(site, { ...site, allocates: "no", when: "constant" });
        continue;
      }
      const line = positionLine(this.#tree, this.#span(site), site.form === "conversion");
      const here = lines.get(line);
      if (here === undefined) lines.set(line, [site]);
      else here.push(site);
    }
    return lines;
  }

  /** `ID(3)`, where all files of the package together tell that ID is a type. */
  #isConstant({ kind, form, expression }: Site): boolean {
    if (kind !== "escapes" || (form !== "boxed" && form !== "inlined-call")) return false;
    const name = convertedTo(expression);
    return name !== undefined && this.#types.declaresType(this.#tree.root, name);
  }

  /** Where a line has several sites, what declarations tell of a boxed value's type tells their calls apart. */
  #fitting(site: Site, groups: readonly CallGroup[], isOneOfMany: boolean): number[] {
    const fitting = groups.flatMap((group, index) => (fits(site, group) ? [index] : []));
    if (!isOneOfMany || site.form !== "boxed" || fitting.length === 0) return fitting;
    const shape = valueShapeAt(this.#tree, this.#span(site), this.#types);
    if (shape === undefined) return fitting;
    return fitting.filter((index) => groups[index]?.some((call) => canBox(shape, call)));
  }

  /** Code of an expression can stand on another of its lines, and that of a map's elements at the whole map's. */
  #elsewhere(site: Site): Site {
    const groups = this.#otherLines(site)
      .flatMap((line) => this.#calls.byLine.get(line) ?? [])
      .filter((group) => !this.#used.has(group) && fits(site, group));
    if (groups.length === 0) return this.#calls.covers(site.function) ? withoutCall(site) : site;
    for (const group of groups) this.#use(group);
    return withVerdict(site, verdictOfOne(groups.flat()), groups.flat());
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

function fits(site: Site, group: CallGroup): boolean {
  const [first] = group;
  return first !== undefined && isCompatible(site, first);
}

function withMatch(site: Site, match: Match, groups: readonly CallGroup[]): Site {
  if (match.kind !== "matched") return site;
  const calls = match.calls.flatMap((index) => groups[index] ?? []);
  const isOwn = match.calls.length === 1 || match.isPrivate;
  return withVerdict(site, isOwn ? verdictOfAll(calls) : verdictOfOne(calls), calls);
}

function withVerdict(site: Site, verdict: EvidenceVerdict, calls: CallGroup): Site {
  const isCold = calls.every((call) => call.isCold) && ordinary.has(site.context);
  const context = isCold ? "panic" : site.context;
  // That a capacity was reserved is plain in the source, and remains the better word.
  const isReserved = site.when === "len > cap" && verdict.allocates !== "no";
  return isReserved ? { ...site, evidence: verdict.evidence, context } : { ...site, ...verdict, context };
}

const ordinary: ReadonlySet<Site["context"]> = new Set(["loop", "body", "error-return"]);

function withoutCall(site: Site): Site {
  return { ...site, allocates: "no", when: "no call", evidence: [] };
}
