/** As what a file declares the types that its expressions name. */
import { asCall } from "./calls.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { type TextSpan, withoutParentheses } from "./nodes.js";
import { declarationOf } from "./scopes.js";

/**
 * What the type is declared as that the expression at the place converts to (source text: `string`, `[]byte`, another
 * name); undefined where the file does not declare one, and for calls, which look the same.
 */
export function typeOfConversion(tree: GoTree, place: TextSpan): string | undefined {
  const node = expressionAt(tree, place);
  return declared(node && asCall(node)?.callee);
}

/** What the type is declared as of which the expression at the place is a literal, `T{}` or `&T{}`, as above. */
export function typeOfLiteral(tree: GoTree, place: TextSpan): string | undefined {
  const node = expressionAt(tree, place);
  const operand = node?.type === "unary_expression" ? node.childForFieldName("operand") : node;
  const literal = operand && withoutParentheses(operand);
  return declared(literal?.type === "composite_literal" ? literal.childForFieldName("type") : undefined);
}

function expressionAt({ root }: GoTree, { start, end }: TextSpan): SyntaxNode | undefined {
  const node = root.namedDescendantForIndex(start, end);
  return node === null ? undefined : withoutParentheses(node);
}

function declared(type: SyntaxNode | null | undefined): string | undefined {
  const declaration = type && declarationOf(withoutParentheses(type));
  return declaration?.kind === "type" ? declaration.node.childForFieldName("type")?.text : undefined;
}
