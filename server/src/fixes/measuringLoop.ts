/**
 * A loop that adds up what another loop is going to append or write, where the lengths differ from turn to turn:
 * `for _, p := range pages { size += len(p.items) }`.
 */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, operands, present, rangeClause, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { type Added, appendCount, type CountedLoop } from "./appendCount.js";
import { constantValue, type Count, isReadable, renderAlone, sum, zero } from "./count.js";
import { isPath, pathRoot } from "./quantities.js";
import { refuse } from "./refusal.js";
import { freeName } from "./sourceFile.js";
import { isStable } from "./stability.js";
import { tripCount } from "./tripCount.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export interface MeasuringLoop {
  /** Name of the variable that holds the sum. */
  readonly size: string;
  /** The statements that count, in gofmt's form. */
  readonly lines: readonly string[];
}

export interface MeasuredCalls {
  /** The statements of one list that hold the calls; one of them must be the loop. */
  readonly statements: readonly SyntaxNode[];
  readonly calls: readonly SyntaxNode[];
  /** Refuses what has no length. */
  readonly added: (call: SyntaxNode) => Added;
  /** Offset at which the loop is to be written. */
  readonly from: number;
  /** The function or literal around. */
  readonly definition: SyntaxNode;
}

/**
 * Refuses where no plain range over a slice decides the lengths: nested loops, loops that end early, and lengths that may
 * not be read before: of variables that change, and through elements that the loop leaves out, which may be nil.
 */
export function measuringLoop(measured: MeasuredCalls): MeasuringLoop {
  const { statements, calls, added, from, definition } = measured;
  const [loop, ...others] = statements.filter(({ type }) => type === "for_statement");
  const unknown = t("How often the loop runs is not known when it begins.");
  if (loop === undefined || others.length > 0) return refuse(unknown);
  const clause = rangeClause(loop);
  const element = clause === undefined ? undefined : operands(clause.childForFieldName("left") ?? clause)[1];
  const ranged = clause?.childForFieldName("right");
  const body = loop.childForFieldName("body");
  if (element?.type !== "identifier" || !ranged || !isPath(ranged) || body === null) return refuse(unknown);
  const trips = tripCount(loop);
  if (!isStable({ loop, trips }, from, definition) || leaves(body)) return refuse(unknown);
  const outside = statements.filter((each) => !isSame(each, loop));
  const before = outside.flatMap((each) => (within(calls, each).length > 0 ? [countOf(each, measured)] : []));
  for (const call of calls)
    for (const path of added(call).paths)
      refuseUnreadable(path, call, { element, loop, body, from, definition });
  const turn = countOf(body, measured);
  if (constantValue(turn) !== undefined || !isReadable(turn)) return refuse(unknown);
  const size = freeName("size", definition);
  return {
    size,
    lines: [
      `${size} := ${renderAlone(before.reduce(sum, zero))}`,
      `for _, ${element.text} := range ${ranged.text} {`,
      `\t${size} += ${renderAlone(turn)}`,
      "}",
    ],
  };
}

function within(calls: readonly SyntaxNode[], statement: SyntaxNode): SyntaxNode[] {
  return calls.filter((call) => isWithin(call, statement));
}

/** What the statement adds at most while it runs once. */
function countOf(statement: SyntaxNode, { calls, added }: MeasuredCalls): Count {
  const { count, loops } = appendCount(statement, calls, (call) => added(call).count);
  if (loops.some(({ loop }) => loop.type === "for_statement"))
    refuse(t("How often the loop runs is not known when it begins."));
  return count;
}

/** A loop that ends early would be measured to its end. */
function leaves(body: SyntaxNode): boolean {
  return (
    present(body.descendantsOfType(["break_statement", "return_statement", "goto_statement"])).length > 0
  );
}

interface Reading {
  /** The variable that holds the element of a turn. */
  readonly element: SyntaxNode;
  readonly loop: SyntaxNode;
  readonly body: SyntaxNode;
  readonly from: number;
  readonly definition: SyntaxNode;
}

/** The length must be that of the turn's element or of a part of it, or of what does not change at all. */
function refuseUnreadable(path: SyntaxNode, call: SyntaxNode, reading: Reading): void {
  const { element, loop, body, from, definition } = reading;
  const differs = t("How long `{0}` is differs from turn to turn.", path.text);
  if (!isPath(path)) refuse(differs);
  const declaration = declarationOf(pathRoot(path));
  if (declaration === undefined) return refuse(differs);
  if (!isSame(declaration.name, element)) {
    const trips = { count: zero, operands: [path], isReadEachTurn: true, needsMax: false, isExact: true };
    const read: CountedLoop = { loop: isWithin(call, loop) ? loop : call, trips };
    if (!isStable(read, from, definition)) refuse(differs);
    return;
  }
  if (usesOf(declaration, body).some((use) => ["assigned", "address"].includes(useKind(use))))
    refuse(differs);
  // Elements that are left out may be nil pointers.
  const isPart = withoutParentheses(path).type !== "identifier";
  if (isPart && !isUnconditional(call, body)) refuse(differs);
}

/** Whether each turn comes to the call: it stands in the body's own list, and nothing before it goes to the next turn. */
function isUnconditional(call: SyntaxNode, body: SyntaxNode): boolean {
  let node = call;
  while (node.parent !== null && node.parent.type !== "statement_list") node = node.parent;
  const list = node.parent;
  return isSame(list?.parent, body) && present(body.descendantsOfType("continue_statement")).length === 0;
}
