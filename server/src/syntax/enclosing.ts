/** What stands around a place: the function, the loops, and whether the code runs in the ordinary course at all. */
import { asCall, calleeName } from "./calls.js";
import { isErrorOperand } from "./errorReturns.js";
import { functionDeclaration, functionName, isCalledOnTheSpot } from "./functions.js";
import type { SyntaxNode } from "./goSyntax.js";
import { isSame, withoutParentheses } from "./nodes.js";

/** Where code runs. That a file is a test is known from its name only, not from its syntax. */
export type SyntaxContext = "loop" | "body" | "error-return" | "panic" | "init";

export interface Enclosing {
  /** As the compiler names declarations; func literals count as the declaration that they stand in. */
  readonly function: string;
  /** Loops around the place within its function or func literal; literals called on the spot are looked through. */
  readonly loopDepth: number;
  readonly context: SyntaxContext;
}

/**
 * Describes the surroundings of a node. The first that applies is the context: init (package-level initializers and
 * func init), panic (before one, or after it was recovered), error-return, loop, body. A loop's initializer and range
 * operand are evaluated once and do not count as within it.
 */
export function enclosing(node: SyntaxNode): Enclosing {
  const loopDepth = loopsAround(node);
  return { function: functionName(node), loopDepth, context: contextOf(node, loopDepth) };
}

function contextOf(node: SyntaxNode, loopDepth: number): SyntaxContext {
  if (runsAtStart(node)) return "init";
  if (isPanicOperand(node) || isRecovery(node)) return "panic";
  if (isErrorOperand(node)) return "error-return";
  return loopDepth > 0 ? "loop" : "body";
}

/** The statements and functions around the node, outwards, up to the function whose run it belongs to. */
function* surroundings(node: SyntaxNode): Generator<{ inner: SyntaxNode; outer: SyntaxNode }> {
  let inner = node;
  for (let outer = node.parent; outer !== null; inner = outer, outer = outer.parent) {
    if (outer.type === "function_declaration" || outer.type === "method_declaration") return;
    if (outer.type === "func_literal" && !isCalledOnTheSpot(outer)) return;
    yield { inner, outer };
  }
}

function loopsAround(node: SyntaxNode): number {
  let depth = 0;
  for (const { inner, outer } of surroundings(node)) {
    if (outer.type === "for_statement" && inner.type !== "range_clause") depth++;
    if (outer.type === "for_clause" && isSame(outer.childForFieldName("initializer"), inner)) depth--;
  }
  return depth;
}

function runsAtStart(node: SyntaxNode): boolean {
  const declaration = functionDeclaration(node);
  const literal = [...surroundings(node)].at(-1)?.outer ?? node;
  const isInFunctionItself = literal.parent !== null && isSame(literal.parent, declaration);
  if (declaration === undefined) return literal.type === "source_file";
  return isInFunctionItself && functionName(declaration) === "init";
}

/** Whether the node is, or is handed to, a call that does not return: panic, log.Fatal and their like. */
function isPanicOperand(node: SyntaxNode): boolean {
  if (isPanic(node)) return true;
  for (const { outer } of surroundings(node)) {
    if (isPanic(outer)) return true;
    if (outer.type === "block") return false;
  }
  return false;
}

/** Whether it runs only when a panic was recovered: `if r := recover(); r != nil { … }`. */
function isRecovery(node: SyntaxNode): boolean {
  for (const { inner, outer } of surroundings(node)) {
    if (outer.type !== "if_statement" || !isSame(outer.childForFieldName("consequence"), inner)) continue;
    const condition = outer.childForFieldName("condition")?.text ?? "";
    const header = `${outer.childForFieldName("initializer")?.text ?? ""};${condition}`;
    if (/\brecover\(\)/.test(header) && / != nil$/.test(condition)) return true;
  }
  return false;
}

const panickingMethods = /^(?:Fatal|Panic)(?:f|ln|w|Context|Depth|Depthf)?$/;

function isPanic(node: SyntaxNode): boolean {
  const call = asCall(node);
  if (call === undefined) return false;
  const callee = withoutParentheses(call.callee);
  if (callee.type === "identifier") return callee.text === "panic";
  return callee.type === "selector_expression" && panickingMethods.test(calleeName(callee)?.text ?? "");
}
