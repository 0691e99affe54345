/** The line that the compiler gives an expression or statement: the inverse of `anchorOf`, for machine code without columns. */
import { asCall } from "./calls.js";
import { innermostFunction } from "./functions.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { present, token, withoutParentheses, type TextSpan } from "./nodes.js";

/**
 * Line (from 1) of the node's position by the compiler's rules (cmd/compile/internal/syntax/parser.go): of the `(` of a
 * call, the `{` of a literal, the operator of an operation.
 *
 * @param isConversion Whether a call is known to be a conversion, which has the position of its operand.
 */
export function positionLine(tree: GoTree, place: TextSpan, isConversion: boolean): number {
  const node = tree.root.namedDescendantForIndex(place.start, Math.max(place.start, place.end - 1));
  const offset = node?.startIndex === place.start ? positionOf(node, isConversion) : place.start;
  return tree.source.lineOf(offset);
}

/**
 * Line (from 1) of the `func` around a parameter or a result: memory for those that move is asked for there
 * (ssagen/ssa.go, zeroResults, paramsToHeap).
 */
export function functionLine(tree: GoTree, place: TextSpan): number | undefined {
  const node = tree.root.namedDescendantForIndex(place.start, Math.max(place.start, place.end - 1));
  const definition = node === null ? undefined : innermostFunction(node);
  return definition === undefined ? undefined : tree.source.lineOf(definition.startIndex);
}

/** Offset of the token at which the compiler places the node. */
export function positionOf(node: SyntaxNode, isConversion = false): number {
  const call = asCall(node);
  if (call !== undefined) {
    const operand = isConversion ? call.arguments[0] : undefined;
    return operand === undefined ? call.open.startIndex : positionOf(operand);
  }
  switch (node.type) {
    case "parenthesized_expression":
      return positionOf(withoutParentheses(node));
    case "binary_expression":
    case "assignment_statement":
      return node.childForFieldName("operator")?.startIndex ?? node.startIndex;
    case "composite_literal":
      return node.childForFieldName("body")?.startIndex ?? node.startIndex;
    case "selector_expression":
    case "type_assertion_expression":
      return token(node, ".")?.startIndex ?? node.startIndex;
    case "index_expression":
    case "slice_expression":
      return token(node, "[")?.startIndex ?? node.startIndex;
    default:
      return node.startIndex;
  }
}

/** Line of the outermost map literal around the place: its elements' values are made there (walk/complit.go, maplit). */
export function mapLiteralLine(tree: GoTree, place: TextSpan): number | undefined {
  let found: SyntaxNode | undefined;
  const start = tree.root.namedDescendantForIndex(place.start, place.end);
  for (let node = start?.parent ?? null; node !== null; node = node.parent) {
    if (node.type === "func_literal" || node.type === "block") break;
    if (node.type === "composite_literal" && node.childForFieldName("type")?.type === "map_type")
      found = node;
  }
  return found === undefined ? undefined : tree.source.lineOf(positionOf(found));
}

/** All nodes of these types in the order of the text. */
export function nodesOfTypes(tree: GoTree, types: readonly string[]): SyntaxNode[] {
  return present(tree.root.descendantsOfType([...types]));
}
