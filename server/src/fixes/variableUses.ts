/** Where a variable is used within its function, and what each use does with it. */
import { asCall } from "../syntax/calls.js";
import type { Declaration } from "../syntax/declarations.js";
import { innermostFunction } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, present, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { isBuiltin } from "./sourceFile.js";

/**
 * index: `s[i]`; slice: `s[a:b]`; range: `range s`; length, capacity: `len(s)`, `cap(s)`; appendee: first operand of append;
 * spread: `append(x, s...)`; copied: operand of copy; assigned: left of an assignment; address: `&s`; compared: beside `==`
 * or `!=`; returned: operand of return; field: left of a dot; other: everything else, as a whole value.
 */
export type UseKind =
  | "index"
  | "slice"
  | "range"
  | "length"
  | "capacity"
  | "appendee"
  | "spread"
  | "copied"
  | "assigned"
  | "address"
  | "compared"
  | "returned"
  | "field"
  | "other";

/** All identifiers below `scope` that mean the declared variable, in source order; the declaring one is left out. */
export function usesOf(declaration: Declaration, scope: SyntaxNode): SyntaxNode[] {
  return present(scope.descendantsOfType("identifier")).filter((name) => {
    if (name.text !== declaration.name.text || isSame(name, declaration.name)) return false;
    return isSame(declarationOf(name)?.name, declaration.name);
  });
}

/** What is done with the value of an expression, seen from the expression outwards. */
export function useKind(expression: SyntaxNode): UseKind {
  const node = withParentheses(expression);
  const parent = node.parent;
  if (parent === null) return "other";
  const isOperand = isSame(parent.childForFieldName("operand"), node);
  switch (parent.type) {
    case "index_expression":
      return isOperand ? "index" : "other";
    case "slice_expression":
      return isOperand ? "slice" : "other";
    case "selector_expression":
      return "field";
    case "range_clause":
      return isSame(parent.childForFieldName("right"), node) ? "range" : "assigned";
    case "unary_expression":
      return parent.childForFieldName("operator")?.text === "&" ? "address" : "other";
    case "binary_expression":
      return /^[!=]=$/.test(parent.childForFieldName("operator")?.text ?? "") ? "compared" : "other";
    case "inc_statement":
    case "dec_statement":
      return "assigned";
    case "expression_list":
      return useInList(parent);
    case "argument_list":
      return argumentUse(parent, node);
    case "variadic_argument":
      return builtinOf(parent.parent) === "append" ? "spread" : "other";
    default:
      return "other";
  }
}

/** Whether the element or part that a use picks is written: `s[i] = x`, `s[i].f++`. */
export function isWrittenThrough(expression: SyntaxNode): boolean {
  let node = withParentheses(expression);
  while (
    node.parent !== null &&
    ["index_expression", "selector_expression", "parenthesized_expression"].includes(node.parent.type) &&
    !isSame(node.parent.childForFieldName("index"), node)
  ) {
    node = node.parent;
  }
  const kind = useKind(node);
  return kind === "assigned" || kind === "address" || kind === "slice";
}

/** Whether a use stands in another function literal than the declaration. */
export function isCaptured(use: SyntaxNode, declaration: Declaration): boolean {
  return !isSame(innermostFunction(use), functionOf(declaration));
}

/** The function or literal that a local declaration belongs to. */
export function functionOf(declaration: Declaration): SyntaxNode | undefined {
  return innermostFunction(declaration.name);
}

function useInList(list: SyntaxNode): UseKind {
  const statement = list.parent;
  if (statement === null) return "other";
  if (statement.type === "return_statement") return "returned";
  return isSame(statement.childForFieldName("left"), list) ? "assigned" : "other";
}

function argumentUse(list: SyntaxNode, node: SyntaxNode): UseKind {
  switch (builtinOf(list)) {
    case "len":
      return "length";
    case "cap":
      return "capacity";
    case "copy":
      return "copied";
    case "append":
      return isSame(list.firstNamedChild, node) ? "appendee" : "other";
    default:
      return "other";
  }
}

/** Name of Go's own function that an argument list belongs to. */
function builtinOf(list: SyntaxNode | null): string | undefined {
  const call = list?.parent === null || list === null ? undefined : asCall(list.parent);
  return call !== undefined && isBuiltin(call.callee, call.callee.text) ? call.callee.text : undefined;
}
