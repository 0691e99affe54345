/** How much of a node is underlined: never more than its head where it runs over several lines. */
import { asCall, calleeName } from "./calls.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { spanOf, token, withoutParentheses, type TextSpan } from "./nodes.js";

/**
 * The stretch that stands for the node: all of it on a single line; else literals and calls up to their opening
 * bracket, and anything else up to the end of its first line. A func literal is always its keyword and signature.
 */
export function underline(tree: GoTree, node: SyntaxNode): TextSpan {
  if (node.type === "func_literal") return signature(tree, node);
  if (isSingleLine(tree, node)) return spanOf(node);
  const end = openingEnd(node);
  const head = end === undefined ? spanOf(node) : { start: node.startIndex, end };
  return firstLine(tree, head);
}

/** Cuts a stretch at the end of the line that it starts on, blanks and comments before that end left out. */
export function firstLine(tree: GoTree, { start, end }: TextSpan): TextSpan {
  const { text } = tree.source;
  const lineEnd = text.indexOf("\n", start);
  let last = trimmedEnd(text, start, lineEnd < 0 ? end : Math.min(end, lineEnd));
  for (let comment = commentAt(tree, last - 1); comment !== undefined; comment = commentAt(tree, last - 1)) {
    if (comment.startIndex <= start) break;
    last = trimmedEnd(text, start, comment.startIndex);
  }
  return { start, end: last };
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function commentAt(tree: GoTree, offset: number): SyntaxNode | undefined {
  const node = tree.root.descendantForIndex(offset, offset);
  return node?.type === "comment" ? node : undefined;
}

/** The called name, for what happens inside an inlined callee; what is called where it has no name. */
export function calleeUnderline(tree: GoTree, callee: SyntaxNode): TextSpan {
  const name = calleeName(callee);
  return name === undefined ? underline(tree, withoutParentheses(callee)) : spanOf(name);
}

/** A statement's words up to its body. */
export function statementHead(tree: GoTree, statement: SyntaxNode): TextSpan {
  const body = statement.childForFieldName("body") ?? token(statement, "{") ?? null;
  const text = tree.source.text.slice(statement.startIndex, body?.startIndex ?? statement.endIndex);
  return firstLine(tree, { start: statement.startIndex, end: statement.startIndex + text.trimEnd().length });
}

function signature(tree: GoTree, literal: SyntaxNode): TextSpan {
  return statementHead(tree, literal);
}

function isSingleLine(tree: GoTree, node: SyntaxNode): boolean {
  return !tree.source.text.slice(node.startIndex, node.endIndex).includes("\n");
}

/** End of the bracket that opens the node's list; undefined where it has none. */
function openingEnd(node: SyntaxNode): number | undefined {
  switch (node.type) {
    case "composite_literal": {
      const body = node.childForFieldName("body");
      return body === null ? undefined : openingEnd(body);
    }
    case "literal_value":
      return node.startIndex + 1;
    case "unary_expression": {
      const operand = node.childForFieldName("operand");
      return operand === null ? undefined : openingEnd(operand);
    }
    case "call_expression":
    case "type_conversion_expression":
      return asCall(node)?.open.endIndex;
    default:
      return undefined;
  }
}
