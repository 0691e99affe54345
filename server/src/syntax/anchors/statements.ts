/** What stands at a keyword, at an assignment's operator, or at a function's own name. */
import { asCall } from "../calls.js";
import type { GoTree, SyntaxNode } from "../goSyntax.js";
import { isSame, operands, rangeClause, spanOf, withoutParentheses } from "../nodes.js";
import { isTemporary } from "../rendering.js";
import { statementHead, underline } from "../underline.js";
import type { Finding, NodeForm, Target } from "./anchor.js";
import { inlinedCall } from "./calls.js";

/** The finding at a token that belongs to a statement or declaration; undefined at all others. */
export function statementFinding(target: Target): Finding | undefined {
  const { token } = target;
  const parent = token.parent;
  if (parent === null) return undefined;
  switch (token.type) {
    case "go":
      return startedCall(target, parent, "go-wrapper");
    case "defer":
      return startedCall(target, parent, "defer-wrapper");
    case "for":
      return parent.type === "for_statement" ? rangeFunction(target, parent) : undefined;
    case "range":
      return boxed(target, parent.childForFieldName("right"));
    case "return":
      return boxed(target, operands(parent)[0] ?? null);
    default:
      return assigned(target, parent);
  }
}

/** The wrapper of `go f(x)`; anything else at the keyword is in the call that the wrapper holds. */
function startedCall({ tree, message }: Target, statement: SyntaxNode, nodeForm: NodeForm): Finding {
  const operand = operands(statement)[0];
  const call = operand === undefined ? undefined : asCall(withoutParentheses(operand));
  if (message.text !== "func literal" && call !== undefined) return inlinedCall(tree, call);
  return { quality: "exact", nodeForm, node: statement, range: startRange(tree, statement, operand) };
}

/** The statement; of one with a longer call the keyword and what is called. */
function startRange(
  tree: GoTree,
  statement: SyntaxNode,
  operand: SyntaxNode | undefined,
): Finding["range"] & object {
  if (operand === undefined) return spanOf(statement);
  return { start: statement.startIndex, end: Math.max(underline(tree, operand).end, operand.startIndex) };
}

/** A loop over a function: its body is a closure; what the function or that body does may be inlined at `for`. */
function rangeFunction({ tree, message }: Target, loop: SyntaxNode): Finding | undefined {
  const clause = rangeClause(loop);
  // Other loops have no function, and nothing of theirs is reported at the keyword.
  if (clause === undefined) return undefined;
  const right = clause.childForFieldName("right") ?? undefined;
  const call = right === undefined ? undefined : asCall(withoutParentheses(right));
  if (message.text === "func literal" || right === undefined) {
    return { quality: "exact", nodeForm: "range-func-body", node: loop, range: statementHead(tree, loop) };
  }
  if (call !== undefined) return { ...inlinedCall(tree, call), node: loop };
  const range = underline(tree, right);
  return { quality: "inlined-call", nodeForm: "inlined-call", node: loop, range, calleeName: right.text };
}

/** Results of a call with several, boxed as they are assigned or returned, have the statement's position. */
function assigned(target: Target, statement: SyntaxNode): Finding | undefined {
  const operator = target.token.type;
  if (!/=$/.test(operator)) return undefined;
  // `s += x` makes the new string at the operator.
  if (operator === "+=" && !isVariable(target))
    return { quality: "exact", nodeForm: "concatenation", node: statement };
  return boxed(target, statement.childForFieldName("right") ?? statement.childForFieldName("value"));
}

/** A variable of the source that moves is no value: its message is of another text. */
function isVariable({ message }: Target): boolean {
  return message.form === "moved" && !isTemporary(message.text);
}

/** The operand, or all of them. */
function boxed(target: Target, list: SyntaxNode | null): Finding | undefined {
  if (list === null || isVariable(target)) return undefined;
  const values = list.type === "expression_list" ? operands(list) : [list];
  const node = values.length === 1 ? values[0] : list;
  return node === undefined ? undefined : { quality: "exact", nodeForm: "boxed", node };
}

/**
 * A function's name or a method's receiver: the position of what was inlined into a copy of the function that the
 * compiler made, such as the wrapper of a generic function's instance or of a method.
 */
export function declarationFinding({ tree, token }: Target): Finding | undefined {
  const parent = token.parent;
  const declaration = token.type === "(" ? parent?.parent : parent;
  if (declaration?.type !== "function_declaration" && declaration?.type !== "method_declaration")
    return undefined;
  const name = declaration.childForFieldName("name");
  const isReceiver = token.type === "(" && isSame(declaration.childForFieldName("receiver"), parent);
  if (name === null || (!isReceiver && !isSame(name, token))) return undefined;
  return { quality: "declaration", nodeForm: "declaration", node: declaration, range: underline(tree, name) };
}
