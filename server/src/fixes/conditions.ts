/** Conditions in Go's syntax, taken apart. */
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { withoutParentheses } from "../syntax/nodes.js";

/** The operands of `a && b && c`. */
export function conjuncts(condition: SyntaxNode | null): SyntaxNode[] {
  if (condition === null) return [];
  const node = withoutParentheses(condition);
  const isAnd = node.type === "binary_expression" && node.childForFieldName("operator")?.text === "&&";
  return isAnd
    ? [...conjuncts(node.childForFieldName("left")), ...conjuncts(node.childForFieldName("right"))]
    : [node];
}
