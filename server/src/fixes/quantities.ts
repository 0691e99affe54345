/** Integer expressions that a capacity can be made of: free of side effects, and known to be negative or not. */
import { asCall, calledIdentifier } from "../syntax/calls.js";
import { initialValue } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { isSame, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { categoryOf } from "./syntacticTypes.js";
import { functionOf, useKind, usesOf } from "./variableUses.js";

/** `symbol + offset`, where the symbol is a Go expression and the offset a number. */
export interface Quantity {
  /** Null where the quantity is a plain number. */
  readonly symbol: string | null;
  readonly offset: number;
  /** Whether the symbol alone is never negative. */
  readonly isNonNegative: boolean;
  /** What the symbol reads. */
  readonly operands: readonly SyntaxNode[];
}

/** An identifier, or a chain of fields that begins with one: evaluated again it gives the same, and does nothing. */
export function isPath(expression: SyntaxNode): boolean {
  const node = withoutParentheses(expression);
  if (node.type === "identifier") return true;
  const operand = node.type === "selector_expression" ? node.childForFieldName("operand") : null;
  return operand !== null && isPath(operand);
}

/** The identifier that a path begins with. */
export function pathRoot(path: SyntaxNode): SyntaxNode {
  let node = withoutParentheses(path);
  for (;;) {
    const operand = node.type === "selector_expression" ? node.childForFieldName("operand") : null;
    if (operand === null) return node;
    node = withoutParentheses(operand);
  }
}

/** Reads an integer expression; undefined where it has side effects, or is more than a sum with a constant. */
export function quantityOf(expression: SyntaxNode): Quantity | undefined {
  const node = withoutParentheses(expression);
  const value = integerConstant(node);
  if (value !== undefined && node.type !== "identifier")
    return { symbol: null, offset: value, isNonNegative: true, operands: [] };
  if (node.type === "binary_expression") return sumWithConstant(node) ?? quotient(node);
  if (isPath(node)) {
    return { symbol: node.text, offset: 0, isNonNegative: isNeverNegative(node), operands: [node] };
  }
  const measured = measuredPath(node);
  return measured === undefined
    ? undefined
    : { symbol: node.text, offset: 0, isNonNegative: true, operands: [measured] };
}

/** The path in `len(path)` and `cap(path)`. */
export function measuredPath(node: SyntaxNode): SyntaxNode | undefined {
  const call = asCall(node);
  const [only] = call?.arguments ?? [];
  if (call === undefined || only === undefined || call.arguments.length !== 1) return undefined;
  const name = calledIdentifier(call);
  if ((name !== "len" && name !== "cap") || !isPath(only)) return undefined;
  return declarationOf(withoutParentheses(call.callee)) === undefined ? only : undefined;
}

function sumWithConstant(node: SyntaxNode): Quantity | undefined {
  const operator = node.childForFieldName("operator")?.text;
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  if (left === null || right === null || (operator !== "+" && operator !== "-")) return undefined;
  const [first, second] = [quantityOf(left), quantityOf(right)];
  if (first === undefined || second === undefined) return undefined;
  if (second.symbol === null) {
    return { ...first, offset: first.offset + (operator === "+" ? second.offset : -second.offset) };
  }
  return first.symbol === null && operator === "+"
    ? { ...second, offset: first.offset + second.offset }
    : undefined;
}

/** `n/2`, where both sides are simple. */
function quotient(node: SyntaxNode): Quantity | undefined {
  const left = node.childForFieldName("left");
  const divisor = node.childForFieldName("right");
  if (node.childForFieldName("operator")?.text !== "/" || left === null || divisor === null) return undefined;
  const dividend = quantityOf(left);
  const value = integerConstant(divisor);
  if (dividend?.offset !== 0 || dividend.symbol === null || value === undefined || value <= 0)
    return undefined;
  return { ...dividend, symbol: `${dividend.symbol}/${divisor.text}` };
}

/** A constant, a value of unsigned type, or a variable that is set once to something that is never negative. */
function isNeverNegative(path: SyntaxNode): boolean {
  const constant = integerConstant(path);
  if (constant !== undefined) return constant >= 0;
  if (categoryOf(path) === "unsigned") return true;
  const declaration = path.type === "identifier" ? declarationOf(path) : undefined;
  if (declaration?.kind !== "variable" || isPackageLevel(declaration)) return false;
  const value = initialValue(declaration);
  const scope = functionOf(declaration);
  if (value === undefined || scope === undefined || isSame(value, path)) return false;
  const isSetOnce = usesOf(declaration, scope).every(
    (use) => !["assigned", "address"].includes(useKind(use)),
  );
  return isSetOnce && (measuredPath(value) !== undefined || (integerConstant(value) ?? -1) >= 0);
}
