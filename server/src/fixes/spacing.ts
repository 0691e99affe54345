/**
 * The blanks that gofmt puts around binary operators, which depend on how deep an expression stands in others (go/printer,
 * binaryExpr, cutoff and diffPrec): `f(a + b)`, but `f(a+b, c)`.
 */
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, present } from "../syntax/nodes.js";

const precedences: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "+": 4,
  "-": 4,
  "|": 4,
  "^": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  "<<": 5,
  ">>": 5,
  "&": 5,
  "&^": 5,
};

/** The printer's depth of an expression, from the syntax around it; 1 for what stands alone in a statement. */
export function depthOf(expression: SyntaxNode): number {
  const { parent } = expression;
  switch (parent?.type) {
    case "argument_list": {
      const depth = parent.parent === null ? 1 : depthOf(parent.parent);
      return operands(parent).length > 1 ? depth + 1 : depth;
    }
    case "parenthesized_expression":
      return Math.max(1, depthOf(parent) - 1);
    case "binary_expression":
      return depthOf(parent) + 1;
    case "index_expression":
      return isSame(parent.childForFieldName("operand"), expression) ? 1 : depthOf(parent) + 1;
    case "unary_expression":
    case "selector_expression":
      return depthOf(parent);
    case "expression_list": {
      const statement = parent.parent;
      const sides = ["left", "right"].map((field) => statement?.childForFieldName(field) ?? null);
      return sides.every((side) => side !== null && operands(side).length > 1) ? 2 : 1;
    }
    default:
      return 1;
  }
}

/** The depth of the chain of `+` that an expression becomes part of where it is written without parentheses. */
export function chainDepthOf(expression: SyntaxNode): number {
  let node = expression;
  while (node.parent?.type === "binary_expression" && node.parent.childForFieldName("operator")?.text === "+")
    node = node.parent;
  return depthOf(node);
}

/** Operands joined by `+`, as gofmt writes a chain of that depth. */
export function joined(parts: readonly string[], depth: number): string {
  return parts.join(depth === 1 ? " + " : "+");
}

/** The text of an expression as gofmt writes it at the given depth. Code with comments or line ends is left as it is. */
export function spaced(node: SyntaxNode, depth: number): string {
  if (/\n|\/\/|\/\*/.test(node.text)) return node.text;
  switch (node.type) {
    case "binary_expression":
      return binary(node, depth);
    case "parenthesized_expression": {
      const [inner] = operands(node);
      return inner === undefined ? node.text : `(${spaced(inner, Math.max(1, depth - 1))})`;
    }
    case "unary_expression": {
      const operand = node.childForFieldName("operand");
      return operand === null
        ? node.text
        : node.text.slice(0, operand.startIndex - node.startIndex) + spaced(operand, depth);
    }
    default:
      return call(node, depth);
  }
}

function call(node: SyntaxNode, depth: number): string {
  const found = asCall(node);
  if (found === undefined || node.type !== "call_expression") return node.text;
  if (node.text.endsWith(",)") || node.text.endsWith("...)")) return node.text;
  const inner = found.arguments.length > 1 ? depth + 1 : depth;
  const list = found.arguments.map((argument) => spaced(argument, inner)).join(", ");
  return `${found.callee.text}(${list})`;
}

function binary(node: SyntaxNode, depth: number): string {
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  const operator = node.childForFieldName("operator")?.text ?? "";
  if (left === null || right === null) return node.text;
  const precedence = precedenceOf(node) ?? 3;
  const blank = precedence < cutoff(node, depth) ? " " : "";
  const isChain = precedenceOf(left) === precedence;
  return `${spaced(left, isChain ? depth : depth + 1)}${blank}${operator}${blank}${spaced(right, depth + 1)}`;
}

function cutoff(node: SyntaxNode, depth: number): number {
  const found = new Set(operatorsWithin(node));
  if (found.has(4) && found.has(5)) return depth === 1 ? 5 : 4;
  return depth === 1 ? 6 : 4;
}

/** Precedences of the operators that are not in parentheses or calls. */
function operatorsWithin(node: SyntaxNode): number[] {
  const precedence = precedenceOf(node);
  if (precedence === undefined) return [];
  const sides = present([node.childForFieldName("left"), node.childForFieldName("right")]);
  return [precedence, ...sides.flatMap(operatorsWithin)];
}

/** Undefined for what is no binary expression; comparisons have 3 (go/token, Precedence). */
function precedenceOf(node: SyntaxNode): number | undefined {
  if (node.type !== "binary_expression") return undefined;
  return precedences[node.childForFieldName("operator")?.text ?? ""] ?? 3;
}
