import type { SyntaxNode } from "../goSyntax.js";
import { isSame } from "../nodes.js";

const literalTokens: ReadonlySet<string> = new Set(["interpreted_string_literal", "raw_string_literal"]);
const simple: ReadonlySet<string> = new Set([
  "identifier",
  "type_identifier",
  "package_identifier",
  "int_literal",
  "float_literal",
  "imaginary_literal",
  "rune_literal",
  "nil",
  "true",
  "false",
  "iota",
]);

/**
 * The expression whose position is this token, by the compiler's rules (cmd/compile/internal/syntax/parser.go): `(` of a
 * call, `{` of a literal, `.` of a selector, `[` of an index or slice expression, the operator of an operation, else the
 * first token. Undefined for tokens that no expression has its position at.
 */
export function expressionAt(token: SyntaxNode): SyntaxNode | undefined {
  const parent = token.parent;
  if (simple.has(token.type)) return token;
  if (parent === null) return undefined;
  if (literalTokens.has(parent.type)) return parent;
  switch (token.type) {
    case "(":
      return openedBy(parent);
    case "{":
      return parent.type === "literal_value" ? literalOf(parent) : undefined;
    case ".":
      return ofType(parent, ["selector_expression", "type_assertion_expression", "qualified_type"]);
    case "[":
      return parent.type === "type_arguments"
        ? (parent.parent ?? undefined)
        : ofType(parent, ["index_expression", "slice_expression", "type_instantiation_expression"]);
    case "func":
      return ofType(parent, ["func_literal"]);
    default:
      return operationAt(token, parent);
  }
}

function openedBy(parent: SyntaxNode): SyntaxNode | undefined {
  if (parent.type === "argument_list") return parent.parent ?? undefined;
  return ofType(parent, ["type_conversion_expression", "parenthesized_expression"]);
}

/** The composite literal of a body in braces; the body itself where its type is left out. */
function literalOf(body: SyntaxNode): SyntaxNode {
  return body.parent?.type === "composite_literal" ? body.parent : body;
}

function operationAt(token: SyntaxNode, parent: SyntaxNode): SyntaxNode | undefined {
  const isOperator = isSame(parent.childForFieldName("operator"), token);
  return isOperator ? ofType(parent, ["binary_expression", "unary_expression"]) : undefined;
}

function ofType(node: SyntaxNode, types: readonly string[]): SyntaxNode | undefined {
  return types.includes(node.type) ? node : undefined;
}
