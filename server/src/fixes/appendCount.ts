/** How many elements the appends to one slice add, at most, from the statements around them. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isWithin, operands, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import {
  constantCount,
  constantValue,
  type Count,
  isEqual,
  product,
  render,
  sum,
  symbolicCount,
  upperBound,
  zero,
} from "./count.js";
import { type LengthLimit, lengthLimit, limitedCount } from "./lengthLimit.js";
import { isPath, pathRoot } from "./quantities.js";
import { refuse, unlessRefused } from "./refusal.js";
import { type Trips, tripCount } from "./tripCount.js";

const { t } = l10n;

/** A loop around appends, with what its header says; or an append of a whole slice, with that slice. */
export interface CountedLoop {
  readonly loop: SyntaxNode;
  readonly trips: Trips;
}

export interface AppendCount {
  readonly count: Count;
  /** False where it may well be less: appends under a condition, loops that are left early. */
  readonly isExact: boolean;
  readonly loops: readonly CountedLoop[];
}

const nothing: AppendCount = { count: zero, isExact: true, loops: [] };

/**
 * Counts what the given calls of append add while the statement runs once. Refuses where that cannot be known before it
 * begins: loops of unknown length, `append(s, other...)`, function literals. `addedBy` says what one of the calls adds, where
 * they are none of append; `limits` whether a loop that asks for the slice's length is counted by that, which may need min.
 */
export function appendCount(
  statement: SyntaxNode,
  appends: readonly SyntaxNode[],
  addedBy: (append: SyntaxNode) => Count = elementsAppended,
  limits = false,
): AppendCount {
  const within = appends.filter((append) => isWithin(append, statement));
  if (within.length === 0) return nothing;
  if (within.some((append) => append.id === statement.id))
    return { count: addedBy(statement), isExact: true, loops: spreads(statement) };
  const count = (child: SyntaxNode) => appendCount(child, within, addedBy, limits);
  switch (statement.type) {
    case "func_literal":
    case "go_statement":
    case "defer_statement":
      return refuse(t("A function literal appends to it."));
    case "for_statement":
      return inLoop(statement, count(bodyOf(statement)), limits ? within : []);
    case "if_statement":
      return branches(
        ["consequence", "alternative"].map((field) => statement.childForFieldName(field)),
        count,
      );
    case "expression_switch_statement":
    case "type_switch_statement":
    case "select_statement":
      return cases(statement, count);
    default:
      return operands(statement).map(count).reduce(inSequence);
  }
}

function elementsAppended(append: SyntaxNode): Count {
  const added = asCall(append)?.arguments.slice(1) ?? [];
  const spread = spreadOf(append);
  if (spread === undefined) return constantCount(added.length);
  if (!isPath(spread)) return refuse(t("It appends a whole slice, whose length is not known before."));
  return symbolicCount(`len(${spread.text})`);
}

/** What one call adds, and the paths whose lengths that is read from. */
export interface Added {
  readonly count: Count;
  readonly paths: readonly SyntaxNode[];
}

/** What one call of append adds, and the slice whose length that is read from. */
export function elementsAdded(append: SyntaxNode): Added {
  const spread = spreadOf(append);
  return { count: elementsAppended(append), paths: spread === undefined ? [] : [spread] };
}

/** `y` in `append(x, y...)` */
function spreadOf(append: SyntaxNode): SyntaxNode | undefined {
  const last = asCall(append)?.arguments.at(-1);
  return last?.type === "variadic_argument" ? operands(last)[0] : undefined;
}

/** The length of a whole slice that is appended must be known beforehand as a loop's number of turns must. */
function spreads(append: SyntaxNode): CountedLoop[] {
  const spread = spreadOf(append);
  if (spread === undefined) return [];
  const count = elementsAppended(append);
  const trips = { count, operands: [spread], isReadEachTurn: true, needsMax: false, isExact: true };
  return [{ loop: append, trips }];
}

function bodyOf(loop: SyntaxNode): SyntaxNode {
  return loop.childForFieldName("body") ?? refuse(t("The syntax around it is broken."));
}

function inLoop(loop: SyntaxNode, turn: AppendCount, appends: readonly SyntaxNode[]): AppendCount {
  if (turn.loops.some((each) => isOfTurn(each, loop)))
    return refuse(t("It appends a whole slice, whose length differs from turn to turn."));
  // Several in one turn may go beyond the limit.
  const limit = constantValue(turn.count) === 1 ? lengthLimit(loop, appends) : undefined;
  if (limit !== undefined) return untilLength(loop, turn, limit);
  const trips = tripCount(loop);
  return {
    count: product(trips.count, turn.count),
    isExact: trips.isExact && turn.isExact && !endsEarly(loop),
    loops: [{ loop, trips }, ...turn.loops],
  };
}

/** A loop that runs until the slice has a length, or has no more turns. */
function untilLength(loop: SyntaxNode, turn: AppendCount, limit: LengthLimit): AppendCount {
  const known = unlessRefused(() => tripCount(loop));
  const isExact = limit.isOnlyCondition && !isLeft(loop);
  const count = limitedCount(limit, known?.count, isExact);
  const trips: Trips = {
    count,
    operands: [...(known?.operands ?? []), ...limit.quantity.operands],
    isReadEachTurn: true,
    needsMax: /\bm(?:in|ax)\(/.test(render(count)),
    isExact,
  };
  return { count, isExact, loops: [{ loop, trips }, ...turn.loops] };
}

/** Whether a whole slice is appended that each turn of the loop has for its own. */
function isOfTurn({ loop: append, trips }: CountedLoop, loop: SyntaxNode): boolean {
  if (append.type !== "call_expression") return false;
  return trips.operands.some((path) => {
    const declaration = declarationOf(pathRoot(path));
    return declaration !== undefined && isWithin(declaration.name, loop);
  });
}

function cases(statement: SyntaxNode, count: (node: SyntaxNode) => AppendCount): AppendCount {
  const all = operands(statement).filter(({ type }) => /_case$/.test(type));
  const hasDefault = all.some(({ type }) => type === "default_case");
  return branches(hasDefault || statement.type === "select_statement" ? all : [...all, null], count);
}

/** Only one of the branches runs; null stands for one that is not written. */
function branches(
  nodes: readonly (SyntaxNode | null)[],
  count: (node: SyntaxNode) => AppendCount,
): AppendCount {
  const counts = nodes.map((node) => (node === null ? nothing : count(node)));
  const joined = counts.reduce((a, b) => ({
    count: upperBound(a.count, b.count),
    isExact: a.isExact && b.isExact && isEqual(a.count, b.count),
    loops: [...a.loops, ...b.loops],
  }));
  return joined;
}

/** What two statements add that run one after the other. */
export function inSequence(a: AppendCount, b: AppendCount): AppendCount {
  return { count: sum(a.count, b.count), isExact: a.isExact && b.isExact, loops: [...a.loops, ...b.loops] };
}

/** Whether statements end a turn or the loop before its time. Returning an error counts as rare. */
function endsEarly(loop: SyntaxNode): boolean {
  return hasExit(loop, ["break_statement", "continue_statement", "return_statement"]);
}

/** Whether statements end the whole loop before its time, errors left out. */
function isLeft(loop: SyntaxNode): boolean {
  return hasExit(loop, ["break_statement", "return_statement"]);
}

function hasExit(loop: SyntaxNode, types: string[]): boolean {
  return present(loop.descendantsOfType(types)).some((exit) => leaves(exit, loop));
}

function leaves(exit: SyntaxNode, loop: SyntaxNode): boolean {
  for (let outer = exit.parent; outer !== null && outer.id !== loop.id; outer = outer.parent) {
    if (outer.type === "func_literal") return false;
    if (outer.type === "for_statement" && exit.type !== "return_statement" && isBare(exit)) return false;
    if (
      /switch_statement$|^select_statement$/.test(outer.type) &&
      exit.type === "break_statement" &&
      isBare(exit)
    )
      return false;
  }
  return exit.type !== "return_statement" || !returnsError(exit);
}

/** Without a label, so that it is about the innermost statement. */
function isBare(exit: SyntaxNode): boolean {
  return operands(exit).length === 0;
}

/** By the name: `return nil, err`, `return errNotFound`, `return nil, fmt.Errorf(…)`. */
function returnsError(statement: SyntaxNode): boolean {
  const list = operands(statement)[0];
  const last = list === undefined ? undefined : operands(list).at(-1);
  return last !== undefined && /^\w*[eE]rr\w*$|^(?:fmt|errors)\.\w+\(|[eE]rror\w*[({]/.test(last.text);
}
