/** Expressions other than calls and literals: boxed values, concatenations, method values. */
import { callAround } from "../calls.js";
import { fileNames } from "../fileNames.js";
import type { GoTree, SyntaxNode } from "../goSyntax.js";
import { isSame, operands, withoutParentheses, withParentheses } from "../nodes.js";
import { sameExpression } from "../rendering.js";
import { declarationOf } from "../scopes.js";
import { underline } from "../underline.js";
import type { Finding, NodeForm, Target } from "./anchor.js";

/** What the message says of the expression; undefined when the expression cannot be the one that it speaks of. */
export function operandFinding({ tree, message }: Target, expression: SyntaxNode): Finding | undefined {
  if (message.inlinedCalls.length > 0 && !sameExpression(message.text, expression.text)) {
    return inlinedValue(tree, expression);
  }
  if (expression.type === "identifier" && isOtherName(message.text, expression.text)) return undefined;
  return { quality: "exact", nodeForm: operandForm(tree, expression), node: expression };
}

/** A function value or method value whose body was inlined into a wrapper that the compiler made of it. */
function inlinedValue(tree: GoTree, expression: SyntaxNode): Finding {
  const field = expression.type === "selector_expression" ? expression.childForFieldName("field") : null;
  const range = underline(tree, field ?? expression);
  return {
    quality: "inlined-call",
    nodeForm: "inlined-call",
    node: expression,
    range,
    calleeName: expression.text,
  };
}

/** Whether the rendering is a variable of another name; a constant may be rendered as its value. */
function isOtherName(rendered: string, name: string): boolean {
  const isName = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?$/u.test(rendered);
  if (!isName || ["true", "false", "nil"].includes(rendered)) return false;
  return rendered !== name && !rendered.endsWith(`.${name}`);
}

function operandForm(tree: GoTree, expression: SyntaxNode): NodeForm {
  if (expression.type === "selector_expression") return selectorForm(tree, expression);
  return expression.type === "binary_expression" ? operationForm(expression) : "boxed";
}

function selectorForm(tree: GoTree, selector: SyntaxNode): NodeForm {
  const operand = selector.childForFieldName("operand");
  const field = selector.childForFieldName("field");
  if (operand === null || field === null) return "boxed";
  // Functions of packages are no closures: what escapes is a variable or constant in an interface.
  if (operand.type === "identifier" && isPackageName(tree, operand)) return "boxed";
  // A declaration without a type takes the value as it is, so that only a method value can escape there.
  if (isWholeValue(selector)) return "method-value";
  const { fields, methods } = fileNames(tree);
  if (fields.has(field.text)) return methods.has(field.text) ? "selector" : "boxed";
  return methods.has(field.text) ? "method-value" : "selector";
}

/** `x` of `v := x` and of `var v = x`. */
function isWholeValue(expression: SyntaxNode): boolean {
  const value = withParentheses(expression);
  const list = value.parent?.type === "expression_list" ? value.parent : value;
  const statement = list.parent;
  if (statement?.type === "short_var_declaration") return isSame(statement.childForFieldName("right"), list);
  return statement?.type === "var_spec" && statement.childForFieldName("type") === null;
}

function isPackageName(tree: GoTree, identifier: SyntaxNode): boolean {
  return fileNames(tree).imports.has(identifier.text) && declarationOf(identifier) === undefined;
}

const strings: ReadonlySet<string> = new Set(["interpreted_string_literal", "raw_string_literal"]);
const numbers: ReadonlySet<string> = new Set([
  "int_literal",
  "float_literal",
  "imaginary_literal",
  "rune_literal",
]);

/** `+` joins strings or adds numbers, and only a string's sum allocates where nothing is boxed. */
function operationForm(operation: SyntaxNode): NodeForm {
  if (operation.childForFieldName("operator")?.type !== "+") return "boxed";
  const terms = termsOf(operation);
  if (terms.some((term) => strings.has(term.type) || isStringConversion(term))) return "concatenation";
  if (terms.some((term) => numbers.has(term.type))) return "boxed";
  return callAround(operation) === undefined ? "concatenation" : "addition";
}

function termsOf(node: SyntaxNode): SyntaxNode[] {
  const term = withoutParentheses(node);
  if (term.type !== "binary_expression" || term.childForFieldName("operator")?.type !== "+") return [term];
  return operands(term).flatMap((operand) => termsOf(operand));
}

function isStringConversion(node: SyntaxNode): boolean {
  return node.type === "call_expression" && node.childForFieldName("function")?.text === "string";
}
