/**
 * Calls and conversions under one view. Without types `f(x)` and `T(x)` look alike, and tree-sitter-go parses a call of
 * an instance, `f[int](x)`, as call_expression or as type_conversion_expression, depending on the type argument.
 */
import type { SyntaxNode } from "./goSyntax.js";
import { isSame, isWithin, operands, token, withParentheses, withoutParentheses } from "./nodes.js";

/** A call or a conversion. */
export interface CallSyntax {
  readonly node: SyntaxNode;
  /** What is called, type arguments and parentheses included. */
  readonly callee: SyntaxNode;
  /** The `(` of the argument list: the compiler's position of a call. */
  readonly open: SyntaxNode;
  readonly arguments: readonly SyntaxNode[];
}

/** A place within the arguments of a call. */
export interface EnclosingCall {
  /** Source text of the callee. */
  readonly callee: string;
  /** From 0. */
  readonly argumentIndex: number;
  readonly argumentCount: number;
}

/** The node as a call or conversion; undefined when it is neither, or broken by a syntax error. */
export function asCall(node: SyntaxNode): CallSyntax | undefined {
  if (node.type === "call_expression") {
    const callee = node.childForFieldName("function");
    const list = node.childForFieldName("arguments");
    const open = list === null ? undefined : token(list, "(");
    if (callee === null || list === null || open === undefined) return undefined;
    return { node, callee, open, arguments: operands(list) };
  }
  if (node.type !== "type_conversion_expression") return undefined;
  const callee = node.childForFieldName("type");
  const operand = node.childForFieldName("operand");
  const open = token(node, "(");
  if (callee === null || operand === null || open === undefined) return undefined;
  return { node, callee, open, arguments: [operand] };
}

/** The call that has the node, or the parentheses around it, as one of its arguments. */
export function callAround(node: SyntaxNode): CallSyntax | undefined {
  const outer = withParentheses(node);
  const parent = outer.parent;
  if (parent === null) return undefined;
  const isArgument = parent.type === "argument_list" || parent.type === "variadic_argument";
  const list = parent.type === "variadic_argument" ? parent.parent : parent;
  const call = asCall((isArgument ? list?.parent : parent) ?? parent);
  return call?.arguments.some((argument) => isWithin(outer, argument)) === true ? call : undefined;
}

/** The node's place among the arguments of the call directly around it. */
export function enclosingCall(node: SyntaxNode): EnclosingCall | undefined {
  const call = callAround(node);
  if (call === undefined) return undefined;
  const argumentIndex = call.arguments.findIndex((argument) => isWithin(node, argument));
  return { callee: call.callee.text, argumentIndex, argumentCount: call.arguments.length };
}

/**
 * The node that names what is called: `F` in `pkg.F(x)`, `f[int](x)` and `(f)(x)`. Undefined where a value without a
 * name is called, such as a func literal or a call's result.
 */
export function calleeName(callee: SyntaxNode): SyntaxNode | undefined {
  const node = withoutParentheses(callee);
  switch (node.type) {
    case "identifier":
    case "type_identifier":
      return node;
    case "selector_expression":
      return node.childForFieldName("field") ?? undefined;
    case "qualified_type":
      return node.childForFieldName("name") ?? undefined;
    case "index_expression":
      return nameWithin(node, "operand");
    case "generic_type":
    case "type_instantiation_expression":
      return nameWithin(node, "type");
    default:
      return undefined;
  }
}

function nameWithin(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const inner = node.childForFieldName(field);
  return inner === null ? undefined : calleeName(inner);
}

/** Name of the builtin-looking identifier that is called (`make`, `append`, `panic`, …); undefined for any other callee. */
export function calledIdentifier(call: CallSyntax): string | undefined {
  const callee = withoutParentheses(call.callee);
  return callee.type === "identifier" ? callee.text : undefined;
}

/** Whether the node is what a call calls, not one of its arguments. */
export function isCallee(node: SyntaxNode): boolean {
  const outer = withParentheses(node);
  return (
    outer.parent?.type === "call_expression" && isSame(outer.parent.childForFieldName("function"), outer)
  );
}
