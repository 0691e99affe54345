import type { SyntaxNode } from "../syntax/goSyntax.js";
import { present } from "../syntax/nodes.js";

/** Operators of Go's precedence 5; the other arithmetic ones have 4 (Go spec, Operator precedence). */
const multiplying: ReadonlySet<string> = new Set(["*", "/", "%", "<<", ">>", "&", "&^"]);

/**
 * The source of a constant as gofmt writes it between an array's brackets: with blanks around operators, but for the
 * tighter ones where both kinds stand together, as in `[64<<10 + 1]byte` (go/printer, binaryExpr at depth 1). In a list of
 * arguments the same expression has none.
 */
export function arrayLengthText(length: SyntaxNode): string {
  const operators = [length, ...present(length.descendantsOfType("binary_expression"))].flatMap(
    (node) => node.childForFieldName("operator")?.text ?? [],
  );
  const isMixed =
    operators.some((each) => multiplying.has(each)) && !operators.every((each) => multiplying.has(each));
  return written(length, isMixed);
}

function written(node: SyntaxNode, isMixed: boolean): string {
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  const operator = node.childForFieldName("operator");
  if (node.type !== "binary_expression" || left === null || right === null || operator === null)
    return node.text;
  const blank = isMixed && multiplying.has(operator.text) ? "" : " ";
  return `${written(left, isMixed)}${blank}${operator.text}${blank}${written(right, isMixed)}`;
}
