/**
 * `new(x)` of a value (Go 1.26, go.dev/ref/spec#Allocation). The grammar of tree-sitter-go 0.25 takes only a type there,
 * and its recovery tears the statement apart; called by any other name, the same text is a call like all others.
 */
import type { SyntaxNode } from "./goSyntax.js";
import type { TextSpan } from "./nodes.js";

/** The words `new` whose calls the parser could not read, in the order of the text. */
export function unreadNews(root: SyntaxNode, text: string): TextSpan[] {
  if (!root.hasError) return [];
  const found: TextSpan[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{N}_.])new(?=\()/gu)) {
    const start = match.index;
    const end = closingParenthesis(text, start + match[0].length);
    if (end !== undefined && !isCall(root, start, end)) found.push({ start, end: start + match[0].length });
  }
  return found;
}

/** The text with a name of the same length in place of each of these words. */
export function disguise(text: string, news: readonly TextSpan[]): string {
  let result = "";
  let from = 0;
  for (const { start, end } of news) {
    result += text.slice(from, start) + "nEw";
    from = end;
  }
  return result + text.slice(from);
}

function isCall(root: SyntaxNode, start: number, end: number): boolean {
  let node = root.descendantForIndex(start, end - 1);
  // The smallest node over the call may be one that ends where the call does, such as its list.
  while (node !== null && node.type !== "call_expression" && node.startIndex >= start) node = node.parent;
  return (
    node?.type === "call_expression" && node.startIndex === start && node.endIndex === end && !node.hasError
  );
}

const skipped = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[^]*?\*\/|[()]/y;

/** Offset behind the parenthesis that closes the one at `open`; undefined when none does. */
function closingParenthesis(text: string, open: number): number | undefined {
  let depth = 0;
  for (let index = open; index < text.length;) {
    skipped.lastIndex = index;
    const piece = skipped.exec(text)?.[0];
    index += piece?.length ?? 1;
    if (piece === "(") depth++;
    if (piece === ")" && --depth === 0) return index;
  }
  return undefined;
}
