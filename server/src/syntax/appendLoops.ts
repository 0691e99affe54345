/**
 * Appends in loops that grow a slice which begins without capacity: allocations that the compiler does not report
 * (runtime.growslice), found by syntax alone.
 */
import { asCall, calledIdentifier, type CallSyntax } from "./calls.js";
import type { Declaration } from "./declarations.js";
import { enclosing, type Enclosing } from "./enclosing.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import {
  ancestor,
  isSame,
  isWithin,
  operands,
  present,
  spanOf,
  withoutParentheses,
  type TextSpan,
} from "./nodes.js";
import { declarationOf, isPackageLevel } from "./scopes.js";

export interface AppendLoop {
  /** The whole call. */
  readonly call: TextSpan;
  readonly enclosing: Enclosing;
}

/**
 * The calls of `s = append(s, …)` that stand in a loop of the function that declares `s` before that loop, empty and
 * without capacity, and that assigns nothing else to it: another value may bring its own capacity.
 */
export function appendLoops(tree: GoTree): AppendLoop[] {
  const calls = present(tree.root.descendantsOfType("call_expression"));
  return calls.flatMap((node) => {
    const call = asCall(node);
    if (call === undefined || calledIdentifier(call) !== "append" || !growsInLoop(call)) return [];
    return [{ call: spanOf(node), enclosing: enclosing(node) }];
  });
}

function growsInLoop(call: CallSyntax): boolean {
  const [slice, ...values] = call.arguments;
  if (slice?.type !== "identifier" || values.length === 0 || !isAssignedBack(call.node, slice.text))
    return false;
  const declaration = declarationOf(slice);
  if (declaration === undefined || isPackageLevel(declaration) || !startsEmpty(declaration)) return false;
  return hasLoopBetween(call.node, declaration) && isOnlyAppendedTo(slice, declaration);
}

/** `s = append(s, …)`, alone on both sides. */
function isAssignedBack(call: SyntaxNode, name: string): boolean {
  const statement = call.parent?.parent;
  if (statement?.type !== "assignment_statement" || statement.childForFieldName("operator")?.text !== "=")
    return false;
  return (
    onlyOperand(statement.childForFieldName("left"))?.text === name && onlyOperand(call.parent) !== undefined
  );
}

/** Whether a loop stands around the call and not around the declaration, and both are of one function. */
function hasLoopBetween(call: SyntaxNode, declaration: Declaration): boolean {
  const loop = ancestor(call, new Set(["for_statement", "func_literal"]));
  if (loop?.type !== "for_statement") return false;
  return isWithin(declaration.name, loop)
    ? false
    : isSame(functionAround(declaration.name), functionAround(call));
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  return ancestor(node, new Set(["function_declaration", "method_declaration", "func_literal"]));
}

/** `var s []T`, `s := []T{}`, `s := make([]T, 0)`, `s := []T(nil)`, and named results of slice types. */
function startsEmpty({ kind, node, name }: Declaration): boolean {
  if (kind === "result") return node.childForFieldName("type")?.type === "slice_type";
  if (kind !== "variable") return false;
  const names = node.childForFieldName("left");
  const values = node.childForFieldName("right") ?? node.childForFieldName("value");
  if (values === null) return node.childForFieldName("type")?.type === "slice_type";
  const index = names === null ? 0 : operands(names).findIndex((other) => isSame(other, name));
  const value = operands(values)[index];
  return value !== undefined && isEmptySlice(withoutParentheses(value));
}

function isEmptySlice(value: SyntaxNode): boolean {
  if (value.type === "composite_literal") {
    const body = value.childForFieldName("body");
    return (
      value.childForFieldName("type")?.type === "slice_type" && body !== null && operands(body).length === 0
    );
  }
  const call = asCall(value);
  if (call === undefined) return false;
  const [first, length, capacity] = call.arguments;
  if (calledIdentifier(call) !== "make") return call.callee.type === "slice_type" && first?.type === "nil";
  return first?.type === "slice_type" && length?.text === "0" && capacity === undefined;
}

/** Whether each assignment to the variable is an append to it. */
function isOnlyAppendedTo(slice: SyntaxNode, declaration: Declaration): boolean {
  const scope = functionAround(slice);
  const assignments = scope === undefined ? [] : present(scope.descendantsOfType("assignment_statement"));
  return assignments.every((assignment) => {
    const left = assignment.childForFieldName("left");
    const targets = left === null ? [] : operands(left);
    const isTarget = targets.some(
      (target) => target.text === slice.text && isSame(declarationOf(target)?.name, declaration.name),
    );
    if (!isTarget) return true;
    const value = onlyOperand(assignment.childForFieldName("right"));
    const call = value === undefined ? undefined : asCall(value);
    return (
      call !== undefined && calledIdentifier(call) === "append" && call.arguments[0]?.text === slice.text
    );
  });
}

function onlyOperand(list: SyntaxNode | null): SyntaxNode | undefined {
  const found = list === null ? [] : operands(list);
  return found.length === 1 ? found[0] : undefined;
}
