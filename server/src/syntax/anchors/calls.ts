/** What stands at the `(` of a call: builtins, variadic slices, boxed results, and all that was inlined there. */
import { callAround, calledIdentifier, isCallee, type CallSyntax } from "../calls.js";
import type { GoTree, SyntaxNode } from "../goSyntax.js";
import { withParentheses, type TextSpan } from "../nodes.js";
import { isInlinedResult, isTemporary, parseApplication, sameExpression } from "../rendering.js";
import { calleeUnderline, firstLine } from "../underline.js";
import { fixedParameters } from "../variadics.js";
import type { Finding, NodeForm, Target } from "./anchor.js";
import { conversionAround } from "./conversions.js";
import { renderedType, typeFormOf } from "./literals.js";

/**
 * The call's own allocation, or the inlined callee. Builtins are never inlined. Of a call that was inlined, only what
 * cannot come from its body counts as its own; the rest is the callee's.
 */
export function callFinding(target: Target, call: CallSyntax): Finding | undefined {
  if (target.message.form === "moved") return movedAtCall(target, call);
  const builtin = builtinFinding(target, call);
  if (builtin !== undefined) return builtin;
  const { text, inlinedCalls } = target.message;
  if (text === "... argument") return variadicFinding(target, call);
  const results = isTemporary(text) ? severalResults(call) : undefined;
  if (results !== undefined) return own("boxed", results);
  if (inlinedCalls.length > 0) return ownOfInlined(target, call) ?? inlinedCall(target.tree, call);
  const conversion = conversionAround(call.node, text);
  return conversion ?? { quality: "exact", nodeForm: "boxed", node: call.node };
}

/** `new(x)` moves a variable that the compiler makes for the value (Go 1.26); any other variable is a callee's. */
function movedAtCall({ tree, message }: Target, call: CallSyntax): Finding {
  const isNew = calledIdentifier(call) === "new" && isTemporary(message.text);
  return isNew ? own("new", call.node) : inlinedCall(tree, call);
}

/** The call whose several results are all the arguments: `f(g())`. */
function severalResults(call: CallSyntax): SyntaxNode | undefined {
  const [only, ...others] = call.arguments;
  return only?.type === "call_expression" && others.length === 0 ? only : undefined;
}

/** Something in the body of a callee that was inlined here. */
export function inlinedCall(tree: GoTree, call: CallSyntax): Finding {
  return {
    quality: "inlined-call",
    nodeForm: "inlined-call",
    node: call.node,
    range: calleeUnderline(tree, call.callee),
    calleeName: call.callee.text,
  };
}

function builtinFinding({ message }: Target, call: CallSyntax): Finding | undefined {
  const name = calledIdentifier(call);
  const { text } = message;
  // With its arguments an append is a boxed one (cmd/compile/internal/escape/escape.go, finish, since Go 1.25).
  if (name === "append" && text === "append") return own("append", call.node);
  if (name === "new" && text.startsWith("new(")) return own("new", call.node);
  if (name !== "make" || !text.startsWith("make(")) return undefined;
  const type = call.arguments[0];
  const typeForm =
    (type === undefined ? undefined : typeFormOf(type)) ?? renderedType(text.slice("make(".length));
  return { ...own(makeForm(typeForm), call.node), typeForm };
}

function own(nodeForm: NodeForm, node: SyntaxNode): Finding {
  return { quality: "exact", nodeForm, node };
}

function makeForm(typeForm: string | undefined): NodeForm {
  return typeForm === "slice" || typeForm === "map" || typeForm === "chan" ? `make-${typeForm}` : "make";
}

/** The slice of a variadic call's arguments; with `f(x...)` or without arguments there is none: it is a callee's then. */
function variadicFinding({ tree, message }: Target, call: CallSyntax): Finding {
  const first = firstVariadic(call);
  if (first === undefined) {
    return message.inlinedCalls.length > 0 ? inlinedCall(tree, call) : own("variadic-slice", call.node);
  }
  const range = argumentsSpan(tree, call, first);
  return { ...own("variadic-slice", call.node), range, calleeName: call.callee.text };
}

/** Index of the first variadic argument; undefined when the call cannot have any. */
function firstVariadic(call: CallSyntax): number | undefined {
  const last = call.arguments.at(-1);
  if (last === undefined || last.type === "variadic_argument") return undefined;
  const fixed = fixedParameters(call);
  if (fixed === "none") return undefined;
  // `f(g())` with several results has one argument for all of them.
  return Math.min(fixed, call.arguments.length - 1);
}

function argumentsSpan(tree: GoTree, call: CallSyntax, first: number): TextSpan {
  const start = call.arguments[first]?.startIndex ?? call.open.startIndex;
  const end = call.arguments.at(-1)?.endIndex ?? call.node.endIndex;
  return firstLine(tree, { start, end });
}

/** What an inlined call may have of its own: its result put in an interface, and explicit conversions of it. */
function ownOfInlined({ message }: Target, call: CallSyntax): Finding | undefined {
  const { text } = message;
  if (isInlinedResult(text) || isTemporary(text)) {
    return isValueNeeded(call.node) ? own("boxed", call.node) : undefined;
  }
  const application = parseApplication(text);
  const operand = application?.operands ?? "";
  if (isInlinedResult(operand) || sameExpression(operand, call.node.text)) {
    return conversionAround(call.node, text);
  }
  return undefined;
}

/** Statements whose values are boxed where their targets are interfaces. */
const valueParents: ReadonlySet<string> = new Set([
  "literal_element",
  "send_statement",
  "variadic_argument",
  "index_expression",
  "expression_case",
]);

/** Whether the result of the call may be put in an interface where it stands. */
function isValueNeeded(node: SyntaxNode): boolean {
  const outer = withParentheses(node);
  if (isCallee(outer) || outer.parent === null) return false;
  if (callAround(outer) !== undefined || valueParents.has(outer.parent.type)) return true;
  if (outer.parent.type !== "expression_list") return false;
  const statement = outer.parent.parent;
  return (
    statement?.type === "return_statement" || statement?.type === "assignment_statement" || isTyped(statement)
  );
}

/** `var x any = f()` boxes, `x := f()` cannot. */
function isTyped(statement: SyntaxNode | null | undefined): boolean {
  return statement?.type === "var_spec" && statement.childForFieldName("type") !== null;
}
