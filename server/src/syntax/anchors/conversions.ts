/**
 * Explicit conversions have the position of their operand (cmd/compile/internal/noder/writer.go, convertExpr), so that
 * only the message's text tells `string(b)` from a boxed `b`.
 */
import { asCall, callAround, calleeName, type CallSyntax } from "../calls.js";
import type { SyntaxNode } from "../goSyntax.js";
import { baseName, isInlinedResult, parseApplication, sameExpression, sameType } from "../rendering.js";
import type { Finding } from "./anchor.js";

/** The conversion of the expression that the message's text is about; undefined when it is about something else. */
export function conversionAround(expression: SyntaxNode, text: string): Finding | undefined {
  const application = parseApplication(text);
  const around = callAround(expression);
  if (application === undefined || around?.arguments.length !== 1) return undefined;
  const isTarget = sameType(application.head, around.callee.text) || isNamed(around, application.head);
  if (isTarget) return isRenderedBy(expression, text) ? undefined : finding(around);
  // The name differs where the type is an alias; the operand then tells.
  const inner = asCall(expression);
  if (inner !== undefined && isNamed(inner, application.head)) return undefined;
  const isResult = inner !== undefined && isInlinedResult(application.operands);
  return isResult || sameExpression(application.operands, expression.text) ? finding(around) : undefined;
}

function finding(around: CallSyntax): Finding {
  return { quality: "exact", nodeForm: "conversion", node: around.node };
}

function isNamed(call: CallSyntax, head: string): boolean {
  return calleeName(call.callee)?.text === baseName(head);
}

/** Whether the text renders the expression itself: `T(T(x))` has one rendering for each of its two conversions. */
function isRenderedBy(expression: SyntaxNode, text: string): boolean {
  return asCall(expression) !== undefined && sameExpression(text, expression.text);
}
