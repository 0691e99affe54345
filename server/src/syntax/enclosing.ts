/** What stands around a place: the function, the loops, and whether the code runs in the ordinary course at all. */
import { asCall, calleeName } from "./calls.js";
import { isErrorOperand } from "./errorReturns.js";
import { functionDeclaration, functionName, isCalledOnTheSpot } from "./functions.js";
import type { SyntaxNode } from "./goSyntax.js";
import { leavesLoop } from "./loopExits.js";
import { isSame, token, withoutParentheses } from "./nodes.js";

/** Where code runs. That a file is a test is known from its name only, not from its syntax. */
export type SyntaxContext = "loop" | "body" | "error-return" | "panic" | "init";

export interface Enclosing {
  /** As the compiler names declarations; func literals count as the declaration that they stand in. */
  readonly function: string;
  /**
   * Loops whose turns come by the place, within its function or func literal; literals called on the spot are looked
   * through. One that is always left behind the place is none: `for … { if found { return &x } }`.
   */
  readonly loopDepth: number;
  /** Whether a loop stands around it at all: the compiler does not look at where loops are left. */
  readonly isInLoop: boolean;
  readonly context: SyntaxContext;
  /** Whether it is declared by the head of a loop (`for i := …`): since Go 1.22 each turn has a variable of its own. */
  readonly isLoopVariable: boolean;
}

/**
 * Describes the surroundings of a node. The first that applies is the context: init (package-level initializers and
 * func init), panic (before one, or after it was recovered), error-return, loop, body. A loop's initializer and range
 * operand are evaluated once and do not count as within it.
 */
export function enclosing(node: SyntaxNode): Enclosing {
  const path = surroundings(node);
  const name = functionName(node);
  const loops = loopsAround(path);
  const loopDepth = loops.filter((loop) => !leavesLoop(node, loop)).length;
  const context = contextOf(node, path, name, loopDepth);
  return {
    function: name,
    loopDepth,
    isInLoop: loops.length > 0,
    context,
    isLoopVariable: isLoopVariable(node),
  };
}

/** The same with the turns of the loop whose head declares the place's variable, where each turn has its own. */
export function withOwnLoop(around: Enclosing): Enclosing {
  if (!around.isLoopVariable) return around;
  const context = around.context === "body" ? "loop" : around.context;
  return { ...around, loopDepth: around.loopDepth + 1, isInLoop: true, context };
}

/** `v` of `for _, v := range …` and `i` of `for i := 0; …`. */
function isLoopVariable(node: SyntaxNode): boolean {
  const list = node.type === "identifier" ? node.parent : null;
  const head = list?.parent;
  if (head === null || head === undefined || !isSame(head.childForFieldName("left"), list)) return false;
  if (head.type === "range_clause") return token(head, ":=") !== undefined;
  const clause = head.type === "short_var_declaration" ? head.parent : null;
  return clause?.type === "for_clause" && isSame(clause.childForFieldName("initializer"), head);
}

function contextOf(
  node: SyntaxNode,
  path: readonly SyntaxNode[],
  name: string,
  loopDepth: number,
): SyntaxContext {
  if (runsAtStart(node, path, name)) return "init";
  if (isPanicOperand(path) || isRecovery(path)) return "panic";
  if (isErrorOperand(node)) return "error-return";
  return loopDepth > 0 ? "loop" : "body";
}

/** The node and the statements and functions around it, outwards, up to the function whose run it belongs to. */
function surroundings(node: SyntaxNode): SyntaxNode[] {
  const path = [node];
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    const { type } = outer;
    if (type === "function_declaration" || type === "method_declaration") break;
    if (type === "func_literal" && !isCalledOnTheSpot(outer)) break;
    path.push(outer);
  }
  return path;
}

/** The loops whose bodies, conditions or updates hold the node, outwards. */
function loopsAround(path: readonly SyntaxNode[]): SyntaxNode[] {
  return path.filter((outer, index) => {
    const inner = path[index - 1];
    if (inner === undefined || outer.type !== "for_statement" || inner.type === "range_clause") return false;
    const isInitializer =
      inner.type === "for_clause" && isSame(inner.childForFieldName("initializer"), path[index - 2]);
    return !isInitializer;
  });
}

/** `name`: of the declaration around the node. */
function runsAtStart(node: SyntaxNode, path: readonly SyntaxNode[], name: string): boolean {
  const declaration = functionDeclaration(node);
  const literal = path.at(-1) ?? node;
  const isInFunctionItself = literal.parent !== null && isSame(literal.parent, declaration);
  if (declaration === undefined) return literal.type === "source_file";
  return isInFunctionItself && name === "init";
}

/** Whether the node is, or is handed to, a call that does not return: panic, log.Fatal and their like. */
function isPanicOperand(path: readonly SyntaxNode[]): boolean {
  for (const [index, node] of path.entries()) {
    if (isPanic(node)) return true;
    if (index > 0 && node.type === "block") return false;
  }
  return false;
}

/** Whether it runs only when a panic was recovered: `if r := recover(); r != nil { … }`. */
function isRecovery(path: readonly SyntaxNode[]): boolean {
  return path.some((outer, index) => {
    if (outer.type !== "if_statement" || index === 0) return false;
    if (!isSame(outer.childForFieldName("consequence"), path[index - 1])) return false;
    const condition = outer.childForFieldName("condition")?.text ?? "";
    const header = `${outer.childForFieldName("initializer")?.text ?? ""};${condition}`;
    return /\brecover\(\)/.test(header) && / != nil$/.test(condition);
  });
}

const panickingMethods = /^(?:Fatal|Panic)(?:f|ln|w|Context|Depth|Depthf)?$/;

function isPanic(node: SyntaxNode): boolean {
  const call = asCall(node);
  if (call === undefined) return false;
  const callee = withoutParentheses(call.callee);
  if (callee.type === "identifier") return callee.text === "panic";
  return callee.type === "selector_expression" && panickingMethods.test(calleeName(callee)?.text ?? "");
}
