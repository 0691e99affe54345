/** Composite literals, with and without `&`, and func literals. */
import type { SyntaxNode } from "../goSyntax.js";
import { withoutParentheses } from "../nodes.js";
import { declarationOf } from "../scopes.js";
import type { Finding, Target, TypeForm } from "./anchor.js";

/** The literal that the expression is, judged by the message; undefined for other expressions and messages. */
export function literalAt({ message }: Target, expression: SyntaxNode): Finding | undefined {
  const text = message.text;
  switch (expression.type) {
    case "func_literal":
      return text === "func literal"
        ? { quality: "exact", nodeForm: "func-literal", node: expression }
        : undefined;
    case "unary_expression":
      return addressOfLiteral(expression, text);
    case "composite_literal":
      return isLiteralText(text)
        ? {
            quality: "exact",
            nodeForm: "composite-literal",
            node: expression,
            typeForm: literalType(expression, text),
          }
        : undefined;
    case "literal_value":
      return elidedLiteral(expression, text);
    default:
      return undefined;
  }
}

function addressOfLiteral(expression: SyntaxNode, text: string): Finding | undefined {
  const operand = expression.childForFieldName("operand");
  const literal = operand === null ? undefined : withoutParentheses(operand);
  if (literal?.type !== "composite_literal" || !text.startsWith("&")) return undefined;
  const typeForm = literalType(literal, text.slice(1));
  return { quality: "exact", nodeForm: "address-of-literal", node: expression, typeForm };
}

/** `{…}` within another literal, which stands for `T{…}` or `&T{…}` (go.dev/ref/spec#Composite_literals). */
function elidedLiteral(body: SyntaxNode, text: string): Finding | undefined {
  if (!isLiteralText(text)) return undefined;
  const isAddress = text.startsWith("&");
  const typeForm = renderedType(isAddress ? text.slice(1) : text);
  const nodeForm = isAddress ? "elided-address-of-literal" : "composite-literal";
  return { quality: "exact", nodeForm, node: body, typeForm };
}

/** Literals are printed as `T{...}`, or `T{}` when empty (cmd/compile/internal/ir/fmt.go). */
function isLiteralText(text: string): boolean {
  return /\{(?:\.\.\.)?\}$/.test(text);
}

/** Kind of a literal's type, from its syntax, a declaration in this file, or the compiler's rendering. */
function literalType(literal: SyntaxNode, text: string): TypeForm | undefined {
  const type = literal.childForFieldName("type");
  return (type === null ? undefined : typeFormOf(type)) ?? renderedType(text);
}

/** Kind of a type as far as this file tells. */
export function typeFormOf(type: SyntaxNode): TypeForm | undefined {
  switch (type.type) {
    case "slice_type":
      return "slice";
    case "map_type":
      return "map";
    case "array_type":
    case "implicit_length_array_type":
      return "array";
    case "struct_type":
      return "struct";
    case "channel_type":
      return "chan";
    case "generic_type":
      return underlying(type.childForFieldName("type"));
    case "type_identifier":
      return underlying(type);
    default:
      return undefined;
  }
}

function underlying(name: SyntaxNode | null): TypeForm | undefined {
  if (name?.type !== "type_identifier") return undefined;
  const declaration = declarationOf(name);
  const type = declaration?.kind === "type" ? declaration.node.childForFieldName("type") : null;
  // A named type of a named type is not followed: it may lead round in a circle while code is being written.
  return type === null || type.type === "type_identifier" || type.type === "generic_type"
    ? undefined
    : typeFormOf(type);
}

/** Kind of the type that a rendering begins with. */
export function renderedType(text: string): TypeForm | undefined {
  const bare = text.replace(/^go\.shape\./, "");
  if (bare.startsWith("[]")) return "slice";
  if (bare.startsWith("map[")) return "map";
  if (/^\[(?:\d+|\.\.\.)\]/.test(bare)) return "array";
  if (/^struct\s*\{/.test(bare)) return "struct";
  return /^(?:<-)?chan\b/.test(bare) ? "chan" : undefined;
}
