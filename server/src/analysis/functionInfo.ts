/** What the compiler decided about the functions of a file: whether they are inlined, and what their parameters leak. */
import type { InlineFact, LeakFact } from "../compiler/facts.js";
import type { DeclaredFacts } from "../compiler/fileFacts.js";
import { functionsOf, type ListedFunction, type ListedParameter } from "../syntax/functionList.js";
import type { Range, SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";

export interface FunctionInfo {
  /** As the compiler writes it: `F`, `T.M`, `(*T).M`. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly nameRange: Range;
  readonly range: Range;
  /** Also of a method whose receiver has no name. */
  readonly isMethod: boolean;
  /** Null where the inliner said nothing (a function without a body, `-m` without costs). */
  readonly inlining: Inlining | null;
  /** That of a method, where it has a name; its index says nothing. */
  readonly receiver: ParameterInfo | null;
  readonly parameters: readonly ParameterInfo[];
}

export interface Inlining {
  /** Nodes of its body, as the inliner counts (cmd/compile/internal/inline, hairyVisitor); null where it did not say. */
  readonly cost: number | null;
  readonly budget: number;
  /** Why not, in the compiler's words; null where it can be inlined. */
  readonly obstacle: string | null;
}

export interface ParameterInfo {
  readonly name: string;
  /** Source text; `...` belongs to it. */
  readonly type: string;
  readonly isVariadic: boolean;
  readonly range: Range;
  /** Its place among all parameters, from 0. */
  readonly index: number;
  readonly leaks: readonly ParameterLeak[];
}

export interface ParameterLeak {
  /** True where not the pointer itself leaks, but what it points to. */
  readonly content: boolean;
  /** The result that it flows to, or null for the heap. */
  readonly result: string | null;
}

/** The inliner's budget for a function that no profile calls hot (cmd/compile/internal/inline, inlineMaxBudget). */
const usualBudget = 80;

/** The functions of a file in source order. Throws SourceTooLargeError for a file that is not parsed. */
export function functionsOfFile(input: {
  readonly file: string;
  readonly source: SourceText;
  readonly facts: DeclaredFacts;
}): FunctionInfo[] {
  const { file, source, facts } = input;
  const inlining = byOffset(source, facts.inlining);
  const leaks = byOffset(source, facts.leaks);
  return withTree(source, (tree) =>
    functionsOf(tree).map((listed) => ({
      name: listed.name,
      file,
      nameRange: source.range(listed.nameSpan.start, listed.nameSpan.end),
      range: source.range(listed.span.start, listed.span.end),
      isMethod: listed.name.includes("."),
      inlining: inliningOf(listed, inlining),
      receiver: listed.receiver && parameterInfo(listed.receiver, source, leaks),
      parameters: listed.parameters.map((parameter) => parameterInfo(parameter, source, leaks)),
    })),
  );
}

function parameterInfo(
  parameter: ListedParameter,
  source: SourceText,
  leaks: ReadonlyMap<number, readonly LeakFact[]>,
): ParameterInfo {
  return {
    name: parameter.name,
    type: parameter.isVariadic ? `...${parameter.type}` : parameter.type,
    isVariadic: parameter.isVariadic,
    range: source.range(parameter.span.start, parameter.span.end),
    index: parameter.index,
    leaks: leaksOf(parameter, leaks),
  };
}

function byOffset<Fact extends InlineFact | LeakFact>(
  source: SourceText,
  facts: readonly Fact[],
): ReadonlyMap<number, readonly Fact[]> {
  const found = new Map<number, Fact[]>();
  for (const fact of facts) {
    const { line, column } = fact.position;
    const offset = column === undefined ? undefined : source.offsetAt(line, column);
    if (offset !== undefined) found.set(offset, [...(found.get(offset) ?? []), fact]);
  }
  return found;
}

function inliningOf(
  { start, nameSpan }: ListedFunction,
  facts: ReadonlyMap<number, readonly InlineFact[]>,
): Inlining | null {
  const fact = (facts.get(start) ?? facts.get(nameSpan.start))?.[0];
  if (fact === undefined) return null;
  const budget = /exceeds budget (\d+)/.exec(fact.obstacle ?? "")?.[1];
  return {
    cost: fact.cost ?? null,
    budget: budget === undefined ? usualBudget : Number(budget),
    obstacle: fact.obstacle ?? null,
  };
}

function leaksOf(
  { name, span }: ListedParameter,
  facts: ReadonlyMap<number, readonly LeakFact[]>,
): ParameterLeak[] {
  return (facts.get(span.start) ?? []).filter((leak) => leak.name === name).map(parameterLeak);
}

/** What flows on behind a dereference (`level=1`) is what the parameter points to. */
export function parameterLeak({ content, result }: LeakFact): ParameterLeak {
  return { content: content || (result?.level ?? 0) > 0, result: result?.name ?? null };
}

/** The function that the place stands in, func literals within it included. */
export function functionAt(
  functions: readonly FunctionInfo[],
  { line }: Range["start"],
): FunctionInfo | undefined {
  return functions.find(({ range }) => range.start.line <= line && line <= range.end.line);
}
