/**
 * Appends in loops that grow a slice which begins without capacity: allocations that the compiler does not report
 * (runtime.growslice), found by syntax alone.
 */
import { asCall, calledIdentifier, type CallSyntax } from "./calls.js";
import { type Declaration, initialValue } from "./declarations.js";
import { enclosing, type Enclosing } from "./enclosing.js";
import { innermostFunction } from "./functions.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { leavesLoop } from "./loopExits.js";
import {
  ancestor,
  emptyLiteralType,
  isSame,
  isWithin,
  onlyOperand,
  operands,
  present,
  spanOf,
  withoutParentheses,
  type TextSpan,
} from "./nodes.js";
import { isEnough } from "./reservedCapacity.js";
import { declarationOf, isPackageLevel } from "./scopes.js";

export interface AppendLoop {
  /** The whole call. */
  readonly call: TextSpan;
  readonly enclosing: Enclosing;
}

/**
 * The calls of `s = append(s, …)` that stand in a loop of the function that declares `s` before that loop, empty and
 * without capacity, and that changes it in no other way: another value may bring its own capacity.
 */
export function appendLoops(tree: GoTree, skipped?: ReadonlySet<number>): AppendLoop[] {
  return appendCalls(tree, skipped)
    .filter((call) => growsInLoop(call))
    .map(({ node }) => ({ call: spanOf(node), enclosing: enclosing(node) }));
}

/** An append to a slice that was made with a capacity. */
export interface ReservedAppend extends TextSpan {
  /** Syntax shows that the capacity is enough: the append never grows the slice. */
  readonly isEnough: boolean;
}

/**
 * The calls of `s = append(s, …)` in the function that declares `s` by a make with a capacity of its own, and that changes
 * it in no other way. `skipped`: as for `appendLoops`.
 */
export function reservedAppends(tree: GoTree, skipped?: ReadonlySet<number>): ReservedAppend[] {
  const byDeclaration = new Map<
    number,
    { readonly declaration: Declaration; readonly calls: CallSyntax[] }
  >();
  for (const call of appendCalls(tree, skipped)) {
    const declaration = changedByAppend(call, hasCapacity);
    if (declaration === undefined) continue;
    if (!isSame(innermostFunction(declaration.name), innermostFunction(call.node))) continue;
    const { startIndex } = declaration.name;
    const reserved = byDeclaration.get(startIndex) ?? { declaration, calls: [] };
    byDeclaration.set(startIndex, reserved);
    reserved.calls.push(call);
  }
  return [...byDeclaration.values()].flatMap(({ declaration, calls }) => {
    const enough = isEnough(declaration, calls);
    return calls.map(({ node }) => ({ ...spanOf(node), isEnough: enough }));
  });
}

function appendCalls({ root }: GoTree, skipped: ReadonlySet<number> = new Set()): CallSyntax[] {
  return operands(root)
    .filter(({ startIndex, text }) => !skipped.has(startIndex) && text.includes("append"))
    .flatMap((each) => present(each.descendantsOfType("call_expression")))
    .flatMap((node) => {
      const call = asCall(node);
      return call !== undefined && calledIdentifier(call) === "append" ? [call] : [];
    });
}

function growsInLoop(call: CallSyntax): boolean {
  const declaration = changedByAppend(call, startsEmpty);
  return declaration !== undefined && hasLoopBetween(call.node, declaration);
}

/** The declaration of the local variable that the call appends to, if it begins so and only appends change it. */
function changedByAppend(
  call: CallSyntax,
  begins: (declaration: Declaration) => boolean,
): Declaration | undefined {
  const [slice, ...values] = call.arguments;
  if (slice?.type !== "identifier" || values.length === 0 || !isAssignedBack(call.node, slice.text))
    return undefined;
  const declaration = declarationOf(slice);
  if (declaration === undefined || isPackageLevel(declaration) || !begins(declaration)) return undefined;
  return isOnlyAppendedTo(slice, declaration) ? declaration : undefined;
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

/** Whether a loop whose turns come by the call stands around it and not around the declaration, in one function. */
function hasLoopBetween(call: SyntaxNode, declaration: Declaration): boolean {
  if (!isSame(innermostFunction(declaration.name), innermostFunction(call))) return false;
  const types = new Set(["for_statement", "func_literal"]);
  let loop = ancestor(call, types);
  while (loop?.type === "for_statement" && leavesLoop(call, loop)) loop = ancestor(loop, types);
  return loop?.type === "for_statement" && !isWithin(declaration.name, loop);
}

/** `var s []T`, `s := []T{}`, `s := make([]T, 0)`, `s := []T(nil)`, and named results of slice types. */
function startsEmpty(declaration: Declaration): boolean {
  const { kind, node } = declaration;
  const isSlice = node.childForFieldName("type")?.type === "slice_type";
  if (kind === "result") return isSlice;
  if (kind !== "variable") return false;
  const value = initialValue(declaration);
  return value === undefined ? isSlice && !hasValues(declaration) : isEmptySlice(withoutParentheses(value));
}

/** `s := make([]T, n, capacity)` */
function hasCapacity(declaration: Declaration): boolean {
  const value = declaration.kind === "variable" ? initialValue(declaration) : undefined;
  const call = value === undefined ? undefined : asCall(withoutParentheses(value));
  if (call === undefined || calledIdentifier(call) !== "make") return false;
  const [type, , capacity] = call.arguments;
  return type?.type === "slice_type" && capacity !== undefined && capacity.text !== "0";
}

function hasValues({ node }: Declaration): boolean {
  return (node.childForFieldName("right") ?? node.childForFieldName("value")) !== null;
}

function isEmptySlice(value: SyntaxNode): boolean {
  if (emptyLiteralType(value)?.type === "slice_type") return true;
  const call = asCall(value);
  if (call === undefined) return false;
  const [first, length, capacity] = call.arguments;
  if (calledIdentifier(call) !== "make") return call.callee.type === "slice_type" && first?.type === "nil";
  return first?.type === "slice_type" && length?.text === "0" && capacity === undefined;
}

/** Whether the variable gets its values from appends to it alone, and nothing else can change it. */
function isOnlyAppendedTo(slice: SyntaxNode, declaration: Declaration): boolean {
  const scope = innermostFunction(slice);
  if (scope === undefined) return false;
  const isVariable = (node: SyntaxNode): boolean =>
    node.text === slice.text && isSame(declarationOf(node)?.name, declaration.name);
  return (
    nodesOf(scope, "assignment_statement").every((assignment) => isHarmless(assignment, isVariable)) &&
    nodesOf(scope, "short_var_declaration").every((statement) => isHarmless(statement, isVariable)) &&
    nodesOf(scope, "unary_expression").every((operation) => !isAddressOf(operation, isVariable))
  );
}

/** Whether the statement leaves the variable alone, declares it, or appends to it. */
function isHarmless(statement: SyntaxNode, isVariable: (node: SyntaxNode) => boolean): boolean {
  const left = statement.childForFieldName("left");
  const target = (left === null ? [] : operands(left)).find((node) => isVariable(node));
  if (target === undefined || isSame(declarationOf(target)?.name, target)) return true;
  const value = onlyOperand(statement.childForFieldName("right"));
  const call = value === undefined ? undefined : asCall(value);
  const first = call?.arguments[0];
  return (
    call !== undefined && calledIdentifier(call) === "append" && first !== undefined && isVariable(first)
  );
}

function isAddressOf(operation: SyntaxNode, isVariable: (node: SyntaxNode) => boolean): boolean {
  const operand = operation.childForFieldName("operand");
  return operation.childForFieldName("operator")?.type === "&" && operand !== null && isVariable(operand);
}

function nodesOf(scope: SyntaxNode, type: string): SyntaxNode[] {
  return present(scope.descendantsOfType(type));
}
