/** Functions around a place, and how the compiler names them. */
import { asCall } from "./calls.js";
import type { SyntaxNode } from "./goSyntax.js";
import { ancestor, isSame, operands, withParentheses, withoutParentheses } from "./nodes.js";

const definitions: ReadonlySet<string> = new Set([
  "function_declaration",
  "method_declaration",
  "func_literal",
]);
const declarations: ReadonlySet<string> = new Set(["function_declaration", "method_declaration"]);

/** The innermost function, method or func literal around the node; undefined at package level. */
export function innermostFunction(node: SyntaxNode): SyntaxNode | undefined {
  return ancestor(node, definitions);
}

/** The function or method declaration around the node; undefined at package level. */
export function functionDeclaration(node: SyntaxNode): SyntaxNode | undefined {
  return declarations.has(node.type) ? node : ancestor(node, declarations);
}

/**
 * Name of the declaration around the node as the compiler writes it (ir.FuncName): `F`, `T.M`, `(*T).M`, without type
 * arguments; `init` for package-level initializers and all functions of that name.
 */
export function functionName(node: SyntaxNode): string {
  const declaration = functionDeclaration(node);
  const name = declaration?.childForFieldName("name")?.text;
  if (declaration === undefined || name === undefined) return "init";
  const receiver = receiverType(declaration);
  if (receiver === undefined) return name;
  return receiver.isPointer ? `(*${receiver.name}).${name}` : `${receiver.name}.${name}`;
}

function receiverType(declaration: SyntaxNode): { name: string; isPointer: boolean } | undefined {
  const list = declaration.childForFieldName("receiver");
  const parameter = list === null ? undefined : operands(list)[0];
  let type = parameter?.childForFieldName("type") ?? undefined;
  if (type === undefined) return undefined;
  type = withoutParentheses(type);
  const isPointer = type.type === "pointer_type";
  if (isPointer) type = withoutParentheses(operands(type)[0] ?? type);
  const name = type.type === "generic_type" ? type.childForFieldName("type") : type;
  return { name: name?.text ?? type.text, isPointer };
}

/** Whether the func literal is called where it stands, as in `func() { … }()`, also behind `go` and `defer`. */
export function isCalledOnTheSpot(literal: SyntaxNode): boolean {
  const outer = withParentheses(literal);
  const call = outer.parent === null ? undefined : asCall(outer.parent);
  return call !== undefined && isSame(call.callee, outer);
}
