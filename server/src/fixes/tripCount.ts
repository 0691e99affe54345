/** How often the body of a loop runs at most, as a count that can be written down before the loop. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { onlyOperand, operands, present, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { conjuncts } from "./conditions.js";
import { constantCount, type Count, sum, symbolicCount } from "./count.js";
import { isPath, measuredPath, type Quantity, quantityOf } from "./quantities.js";
import { refuse } from "./refusal.js";
import { categoryOf } from "./syntacticTypes.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export interface Trips {
  readonly count: Count;
  /** Expressions that the count reads: they must mean the same where the count is written. */
  readonly operands: readonly SyntaxNode[];
  /** Whether the operands are read again in each turn, and not only when the loop begins. */
  readonly isReadEachTurn: boolean;
  /** Whether `max` is needed, which Go has since 1.21. */
  readonly needsMax: boolean;
  /** False where fewer turns are usual: a string has fewer characters than bytes. */
  readonly isExact: boolean;
}

/** Reads a for statement's header. Refuses loops whose number of turns is not known when they begin. */
export function tripCount(loop: SyntaxNode): Trips {
  const header = operands(loop).find(({ type }) => type === "range_clause" || type === "for_clause");
  if (header?.type === "range_clause") return rangeTrips(loop, header);
  if (header?.type === "for_clause") return countedTrips(loop, header);
  return refuse(t("How often the loop runs is not known when it begins."));
}

function rangeTrips(loop: SyntaxNode, clause: SyntaxNode): Trips {
  const right = clause.childForFieldName("right");
  if (right === null) return refuse(t("The syntax around it is broken."));
  const operand = withoutParentheses(right);
  const value = integerConstant(operand);
  if (value !== undefined && operand.type !== "identifier") return plain(constantCount(Math.max(0, value)));
  if (operand.type === "composite_literal") return plain(constantCount(elementCount(operand)));
  if (measuredPath(operand) !== undefined) return fromQuantity(quantityOf(operand), false);
  if (!isPath(operand))
    return refuse(t("What is ranged over, `{0}`, is not a plain variable or field.", operand.text));
  return pathTrips(loop, clause, operand);
}

function pathTrips(loop: SyntaxNode, clause: SyntaxNode, operand: SyntaxNode): Trips {
  const category = categoryOf(operand);
  switch (category) {
    case "channel":
      return refuse(t("`{0}` is a channel: how much will come is not known.", operand.text));
    case "function":
      return refuse(t("`{0}` is an iterator: how much will come is not known.", operand.text));
    case "signed":
    case "unsigned":
      return fromQuantity(quantityOf(operand), false);
    case "unknown":
      if (hasTwoVariables(clause) || isIndexed(loop, operand)) break;
      return refuse(t("`{0}` may be a channel or a number: its type is declared elsewhere.", operand.text));
    case "other":
      return refuse(t("The type of `{0}` has no length.", operand.text));
    default:
  }
  if (category === "map" && isIndexAssigned(loop, operand))
    return refuse(t("The loop changes `{0}` while it runs.", operand.text));
  return {
    ...plain(symbolicCount(`len(${operand.text})`)),
    operands: [operand],
    isExact: category !== "string",
  };
}

/** Neither a channel nor a number has two. */
function hasTwoVariables(clause: SyntaxNode): boolean {
  const left = clause.childForFieldName("left");
  return left !== null && operands(left).length === 2;
}

function isIndexed(loop: SyntaxNode, operand: SyntaxNode): boolean {
  return indexings(loop, operand).length > 0;
}

function isIndexAssigned(loop: SyntaxNode, operand: SyntaxNode): boolean {
  return indexings(loop, operand).some((node) => useKind(node) === "assigned");
}

function indexings(loop: SyntaxNode, operand: SyntaxNode): SyntaxNode[] {
  return present(loop.descendantsOfType("index_expression")).filter(
    (node) => node.childForFieldName("operand")?.text === operand.text,
  );
}

function elementCount(literal: SyntaxNode): number {
  const type = literal.childForFieldName("type")?.type;
  const body = literal.childForFieldName("body");
  const elements = body === null ? [] : operands(body);
  const isKeyed = elements.some((element) => element.type === "keyed_element");
  if (isKeyed || (type !== "slice_type" && type !== "implicit_length_array_type"))
    return refuse(t("The number of elements in `{0}` is not plain to see.", literal.text));
  return elements.length;
}

interface Step {
  readonly isUpwards: boolean;
  readonly size: number;
}

function countedTrips(loop: SyntaxNode, clause: SyntaxNode): Trips {
  const initializer = clause.childForFieldName("initializer");
  const conditions = conjuncts(clause.childForFieldName("condition"));
  const update = clause.childForFieldName("update");
  const unknown = t("How often the loop runs is not known when it begins.");
  if (initializer?.type !== "short_var_declaration") return refuse(unknown);
  const variable = onlyOperand(initializer.childForFieldName("left"));
  const condition = conditions.find((each) => each.childForFieldName("left")?.text === variable?.text);
  if (condition?.type !== "binary_expression") return refuse(unknown);
  const start = onlyOperand(initializer.childForFieldName("right"));
  const limit = condition.childForFieldName("right");
  const step = update === null ? undefined : stepOf(update, variable?.text);
  if (variable === undefined || start === undefined || limit === null || step === undefined)
    return refuse(unknown);
  refuseIfWritten(loop, variable);
  const operator = condition.childForFieldName("operator")?.text ?? "";
  if (operator.startsWith("<") !== step.isUpwards || !/^[<>]=?$/.test(operator)) return refuse(unknown);
  const [from, to] = step.isUpwards ? [start, limit] : [limit, start];
  const span = difference(quantityOf(to), quantityOf(from), operator.endsWith("=") ? 1 : 0);
  const trips = fromQuantity(span === undefined ? undefined : divided(span, step.size), true);
  return { ...trips, isExact: trips.isExact && conditions.length === 1 };
}

function stepOf(update: SyntaxNode, variable: string | undefined): Step | undefined {
  if (update.type === "inc_statement" || update.type === "dec_statement") {
    const operand = operands(update)[0];
    return operand?.text === variable ? { isUpwards: update.type === "inc_statement", size: 1 } : undefined;
  }
  if (update.type !== "assignment_statement") return undefined;
  const operator = update.childForFieldName("operator")?.text;
  const right = onlyOperand(update.childForFieldName("right"));
  const size = right === undefined ? undefined : integerConstant(right);
  if (onlyOperand(update.childForFieldName("left"))?.text !== variable) return undefined;
  if (size === undefined || size < 1 || (operator !== "+=" && operator !== "-=")) return undefined;
  return { isUpwards: operator === "+=", size };
}

function refuseIfWritten(loop: SyntaxNode, variable: SyntaxNode): void {
  const declaration = declarationOf(variable);
  const body = loop.childForFieldName("body");
  if (declaration === undefined || body === null) return;
  const isWritten = usesOf(declaration, body).some((use) => ["assigned", "address"].includes(useKind(use)));
  if (isWritten) refuse(t("The loop's body sets `{0}` itself.", variable.text));
}

/** `to - from + extra`; undefined where both are variable and different. */
function difference(
  to: Quantity | undefined,
  from: Quantity | undefined,
  extra: number,
): Quantity | undefined {
  if (to === undefined || from === undefined) return undefined;
  const offset = to.offset - from.offset + extra;
  if (from.symbol === null) return { ...to, offset };
  if (to.symbol === null) return undefined;
  return {
    symbol: `${to.symbol}-${from.symbol}`,
    offset,
    isNonNegative: false,
    operands: [...to.operands, ...from.operands],
  };
}

/** Rounded up, as the last turn may step over the limit. */
function divided(span: Quantity, size: number): Quantity | undefined {
  if (size === 1) return span;
  if (span.symbol === null) return { ...span, offset: Math.ceil(span.offset / size) };
  const offset = span.offset + size - 1;
  if (offset < 0) return undefined;
  const dividend = offset === 0 ? span.symbol : `(${span.symbol}+${offset})`;
  return { ...span, symbol: `${dividend}/${size}`, offset: 0 };
}

function fromQuantity(quantity: Quantity | undefined, isReadEachTurn: boolean): Trips {
  if (quantity === undefined) return refuse(t("How often the loop runs is not known when it begins."));
  const { symbol, offset } = quantity;
  if (symbol === null) return plain(constantCount(Math.max(0, offset)));
  if (quantity.isNonNegative && offset >= 0) {
    const count = sum(symbolicCount(symbol), constantCount(offset));
    return { ...plain(count), operands: quantity.operands, isReadEachTurn };
  }
  const shown = offset === 0 ? symbol : `${symbol}${offset > 0 ? "+" : ""}${offset}`;
  // A negative capacity panics, while the loop just does not run.
  const count = symbolicCount(`max(0, ${shown})`);
  return { ...plain(count), operands: quantity.operands, isReadEachTurn, needsMax: true };
}

function plain(count: Count): Trips {
  return { count, operands: [], isReadEachTurn: false, needsMax: false, isExact: true };
}
