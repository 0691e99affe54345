/** Loops that end when the slice that they append to is long enough: `for len(s) < n`, `if len(s) == n { break }`. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { breakTarget } from "../syntax/loopExits.js";
import { ancestor, isSame, operands, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { conjuncts } from "./conditions.js";
import { constantCount, constantValue, type Count, render, symbolicCount } from "./count.js";
import { outermostLoop } from "./growingSlice.js";
import { pathRoot, type Quantity, quantityOf } from "./quantities.js";
import { refuse } from "./refusal.js";
import { isBuiltin } from "./sourceFile.js";

const { t } = l10n;

/** A number of elements that a person wrote is reserved up to this many without knowing whether they come. */
const mostUnseen = 4096;

export interface LengthLimit {
  readonly quantity: Quantity;
  /** Whether the loop goes on until then, but for the statements that leave it. */
  readonly isOnlyCondition: boolean;
}

/** The length at which the loop around the appends ends; undefined where it does not ask, or they have several loops around. */
export function lengthLimit(loop: SyntaxNode, appends: readonly SyntaxNode[]): LengthLimit | undefined {
  const names = appends.map(appendee);
  const [name] = names;
  const declaration = name === undefined ? undefined : declarationOf(name);
  if (name === undefined || declaration === undefined) return undefined;
  const isOutermost = appends.every((append) => isSame(outermostLoop(append, declaration), loop));
  if (!isOutermost || names.some((each) => each?.text !== name.text)) return undefined;
  const conditions = conjuncts(conditionOf(loop));
  for (const condition of conditions) {
    const quantity = limitIn(condition, name.text, /^<=?$/);
    if (quantity !== undefined) return { quantity, isOnlyCondition: conditions.length === 1 };
  }
  for (const statement of present(loop.descendantsOfType("if_statement"))) {
    const quantity = leaves(statement, loop)
      ? limitIn(statement.childForFieldName("condition"), name.text, /^(?:>=?|==)$/)
      : undefined;
    if (quantity !== undefined) return { quantity, isOnlyCondition: false };
  }
  return undefined;
}

/**
 * The most that the loop appends: what its turns would, where they are known, and the limit. Refuses where nothing else
 * is known than a limit that may be far from reached: all of that memory would be taken at once.
 */
export function limitedCount({ quantity }: LengthLimit, turns: Count | undefined, isReached: boolean): Count {
  const { symbol, offset, isNonNegative } = quantity;
  const known = turns === undefined ? undefined : constantValue(turns);
  if (symbol === null && (turns === undefined || known !== undefined) && offset <= mostUnseen)
    return constantCount(Math.min(offset, known ?? offset));
  const shown = `${symbol ?? ""}${symbol !== null && offset > 0 ? "+" : ""}${symbol === null || offset !== 0 ? offset : ""}`;
  if (turns === undefined && !isReached && !isFew(quantity))
    return refuse(t("The loop may end long before there are `{0}` elements.", shown));
  const limited = turns === undefined ? shown : `min(${render(turns)}, ${shown})`;
  const isNever = (symbol === null || isNonNegative) && offset >= 0;
  if (isNever) return symbolicCount(limited);
  return symbolicCount(turns === undefined ? `max(0, ${shown})` : `max(0, ${limited})`);
}

/** A named constant that is not large. */
function isFew({ symbol, offset, operands }: Quantity): boolean {
  const [only] = operands;
  const value = only !== undefined && only.text === symbol ? integerConstant(only) : undefined;
  return value !== undefined && value + offset <= mostUnseen;
}

/** The variable in `append(s, …)`. */
function appendee(append: SyntaxNode): SyntaxNode | undefined {
  const call = asCall(append);
  const [first] = call?.arguments ?? [];
  return call !== undefined && isBuiltin(call.callee, "append") && first?.type === "identifier"
    ? first
    : undefined;
}

/** `cond` of `for cond` and `for …; cond; …`. */
function conditionOf(loop: SyntaxNode): SyntaxNode | null {
  const header = operands(loop)[0] ?? null;
  return header?.type === "for_clause" ? header.childForFieldName("condition") : header;
}

/** `n` of `len(s) < n`, where the operator is one of those. */
function limitIn(condition: SyntaxNode | null, slice: string, operator: RegExp): Quantity | undefined {
  if (condition?.type !== "binary_expression") return undefined;
  const written = condition.childForFieldName("operator")?.text ?? "";
  const [left, right] = ["left", "right"].map((field) => condition.childForFieldName(field));
  if (left === null || left === undefined || right === null || right === undefined) return undefined;
  if (left.text !== `len(${slice})` || !operator.test(written)) return undefined;
  const quantity = quantityOf(right);
  // Of such a name the count could not be written.
  const isTaken = quantity?.operands.some((path) => /^(?:min|max)$/.test(pathRoot(path).text));
  if (quantity === undefined || isTaken === true) return undefined;
  const offset = quantity.offset + (written === "<=" || written === ">" ? 1 : 0);
  // What is asked of an empty slice is no limit.
  return quantity.symbol === null && offset < 1 ? undefined : { ...quantity, offset };
}

/** Whether the last statement of the branch ends the loop. */
function leaves(statement: SyntaxNode, loop: SyntaxNode): boolean {
  const body = statement.childForFieldName("consequence");
  const list = body === null ? undefined : operands(body)[0];
  const last = list?.type === "statement_list" ? operands(list).at(-1) : list;
  if (last?.type === "return_statement")
    return isSame(ancestor(statement, new Set(["func_literal", "for_statement"])), loop);
  return last?.type === "break_statement" && operands(last).length === 0 && isSame(breakTarget(last), loop);
}
