/** Messages whose position does not lead to their node, which only their text can then tell. */
import { asCall, calledIdentifier, isCallee } from "../calls.js";
import type { GoTree, SyntaxNode } from "../goSyntax.js";
import { spanOf, tokenAt, type TextSpan } from "../nodes.js";
import { sameExpression } from "../rendering.js";
import { expressionAt } from "./expressions.js";
import type { Finding, PlacedMessage, Target } from "./anchor.js";

/** First column that the compiler cannot name: it keeps eight bits of it (cmd/internal/src/pos.go). */
const lostColumn = 255;

/**
 * The tokens of the line that a message without a column may be about, best ones only: those behind the last column that
 * the compiler can name, or all of the line where there are none (a `//line` directive takes all columns away).
 */
export function candidatesOnLine(tree: GoTree, message: PlacedMessage): Target[] {
  const start = tree.source.lineStart(message.line);
  const end = tree.source.lineEnd(message.line);
  if (start === undefined || end === undefined) return [];
  const fitting = candidatesWithin(tree, message, { start, end });
  const lost = fitting.filter(({ token }) => tree.source.columnOf(token.startIndex) >= lostColumn);
  return lost.length > 0 ? lost : fitting;
}

/** The tokens of a stretch that the message may be about, judged by its text alone. */
export function candidatesWithin(tree: GoTree, message: PlacedMessage, { start, end }: TextSpan): Target[] {
  const targets: Target[] = [];
  for (let offset = start; offset < end;) {
    const token = tokenAt(tree, offset);
    const target = token === undefined ? undefined : { tree, message, token };
    if (target !== undefined && isLikely(target)) targets.push(target);
    offset = Math.max(token?.endIndex ?? 0, offset + 1);
  }
  return targets;
}

/** Whether the message can be about the token without the help of a column: its text must be what stands there. */
function isLikely({ message, token }: Target): boolean {
  const { text, form } = message;
  if (form === "wrapper") return token.type === "go" || token.type === "defer";
  if (form === "moved") return token.type === "identifier" && text.split(".").at(-1) === token.text;
  const expression = expressionAt(token);
  if (expression === undefined || isCallee(expression)) return false;
  return (
    matchesForm(expression, text) || sameExpression(text, expression.text) || isConverted(expression, text)
  );
}

function matchesForm(expression: SyntaxNode, text: string): boolean {
  switch (expression.type) {
    case "func_literal":
      return text === "func literal";
    case "composite_literal":
    case "literal_value":
    case "unary_expression":
      return (
        /\{(?:\.\.\.)?\}$/.test(text) && expression.text.startsWith(text.slice(0, text.lastIndexOf("{")))
      );
    case "call_expression":
      return matchesCall(expression, text);
    default:
      return false;
  }
}

function matchesCall(expression: SyntaxNode, text: string): boolean {
  const call = asCall(expression);
  if (call === undefined) return false;
  const name = calledIdentifier(call);
  if (text === "... argument") return call.arguments.length > 0 && name !== "append";
  return name === "append"
    ? text.startsWith("append")
    : text.startsWith(`${name ?? "("}(`) && name !== undefined;
}

/** `string(b)` stands at `b`. */
function isConverted(expression: SyntaxNode, text: string): boolean {
  return (
    text.endsWith(`(${expression.text})`) &&
    expression.parent !== null &&
    asCall(expression.parent) !== undefined
  );
}

/** The line as a whole, where nothing on it can be told apart. */
export function lineFinding(tree: GoTree, line: number): Finding | undefined {
  const start = tree.source.lineStart(line);
  const end = tree.source.lineEnd(line);
  if (start === undefined || end === undefined) return undefined;
  const text = tree.source.text.slice(start, end);
  const first = start + (text.length - text.trimStart().length);
  const last = start + text.trimEnd().length;
  const node = tree.root.descendantForIndex(first, Math.max(first, last - 1));
  if (node === null || first >= last) return undefined;
  return { quality: "line", nodeForm: "line", node, range: { ...spanOf(node), start: first, end: last } };
}
