/** Small questions about syntax nodes that all readers of trees ask. */
import type { GoTree, SyntaxNode } from "./goSyntax.js";

/** A stretch of the source: UTF-16 offsets into `SourceText.text`, the end exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** The node's place in the source. */
export function spanOf(node: SyntaxNode): TextSpan {
  return { start: node.startIndex, end: node.endIndex };
}

/** The nodes of a list without the gaps that the library's types allow for. */
export function present(nodes: readonly (SyntaxNode | null)[]): SyntaxNode[] {
  return nodes.filter((node) => node !== null);
}

/** Named children that are not comments, which tree-sitter puts anywhere. */
export function operands(node: SyntaxNode): SyntaxNode[] {
  return present(node.namedChildren).filter((child) => child.type !== "comment");
}

/** The only operand of a list; undefined where it has none, or several. */
export function onlyOperand(list: SyntaxNode | null | undefined): SyntaxNode | undefined {
  const found = list ? operands(list) : [];
  return found.length === 1 ? found[0] : undefined;
}

/** Whether two handles mean the same node. */
export function isSame(a: SyntaxNode | null | undefined, b: SyntaxNode | null | undefined): boolean {
  return a !== null && a !== undefined && a.id === b?.id;
}

/** The nearest ancestor of one of the types, the node itself left out. */
export function ancestor(node: SyntaxNode, types: ReadonlySet<string>): SyntaxNode | undefined {
  let current = node.parent;
  while (current !== null && !types.has(current.type)) current = current.parent;
  return current ?? undefined;
}

/** The node, or the outermost parentheses around it. */
export function withParentheses(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.parent?.type === "parenthesized_expression") current = current.parent;
  return current;
}

/** What stands within any parentheses. */
export function withoutParentheses(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.type === "parenthesized_expression" || current.type === "parenthesized_type") {
    const inner = operands(current)[0];
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}

/** The type of a composite literal without elements; undefined for everything else. */
export function emptyLiteralType(node: SyntaxNode): SyntaxNode | undefined {
  const body = node.type === "composite_literal" ? node.childForFieldName("body") : null;
  const isEmpty = body !== null && operands(body).length === 0;
  return isEmpty ? (node.childForFieldName("type") ?? undefined) : undefined;
}

/** The head of a range loop; undefined for all else. */
export function rangeClause(loop: SyntaxNode): SyntaxNode | undefined {
  const parts = loop.type === "for_statement" ? operands(loop) : [];
  return parts.find(({ type }) => type === "range_clause");
}

/** The first child that is this very token. */
export function token(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return present(node.children).find((child) => child.type === type);
}

/** The token that begins at the offset; undefined in white space, comments and the middle of a token. */
export function tokenAt(tree: GoTree, offset: number): SyntaxNode | undefined {
  const leaf = tree.root.descendantForIndex(offset, offset);
  if (leaf === null || leaf.startIndex !== offset || leaf.type === "comment") return undefined;
  return leaf.endIndex > offset ? leaf : undefined;
}

/** Source text with each run of white space made one blank, for comparing and for ids that survive reformatting. */
export function foldWhiteSpace(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Whether the node is part of the tree below (or is) the other one. */
export function isWithin(node: SyntaxNode, outer: SyntaxNode): boolean {
  return outer.startIndex <= node.startIndex && node.endIndex <= outer.endIndex;
}
