/** Messages without a column: the compiler keeps eight bits of it, so that 255 and above are lost (cmd/internal/src/pos.go). */
import { asCall, calledIdentifier } from "../calls.js";
import type { GoTree, SyntaxNode } from "../goSyntax.js";
import { spanOf, tokenAt } from "../nodes.js";
import { sameExpression } from "../rendering.js";
import { expressionAt } from "./expressions.js";
import type { Finding, PlacedMessage, Target } from "./anchor.js";

/** First column that the compiler cannot name. */
const lostColumn = 255;

/**
 * The tokens of the line that the message may be about, best ones only: those behind the last column that the compiler
 * can name, or all of the line where there are none (a `//line` directive takes all columns away).
 */
export function candidateTargets(tree: GoTree, message: PlacedMessage): Target[] {
  const all = tokensOfLine(tree, message.line).map((token): Target => ({ tree, message, token }));
  const fitting = all.filter((target) => isLikely(target));
  const lost = fitting.filter(({ token }) => tree.source.columnOf(token.startIndex) >= lostColumn);
  return lost.length > 0 ? lost : fitting;
}

function tokensOfLine(tree: GoTree, line: number): SyntaxNode[] {
  const start = tree.source.lineStart(line);
  const end = tree.source.lineEnd(line);
  const tokens: SyntaxNode[] = [];
  if (start === undefined || end === undefined) return tokens;
  for (let offset = start; offset < end;) {
    const token = tokenAt(tree, offset);
    if (token !== undefined) tokens.push(token);
    offset = token === undefined ? offset + 1 : Math.max(token.endIndex, offset + 1);
  }
  return tokens;
}

/** Whether the message can be about the token without the help of a column: its text must be what stands there. */
function isLikely({ message, token }: Target): boolean {
  const { text, form } = message;
  if (form === "wrapper") return token.type === "go" || token.type === "defer";
  if (form === "moved") return token.type === "identifier" && text.split(".").at(-1) === token.text;
  const expression = expressionAt(token);
  if (expression === undefined) return false;
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
