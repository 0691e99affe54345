/** How a place is shown in the reason why code is left alone. */
import type { SyntaxNode } from "../syntax/goSyntax.js";

/** First line of the statement around the node. */
export function statementLine(node: SyntaxNode): string {
  let current = node;
  while (current.parent !== null && !/statement_list|^block$|_case$|^source_file$/.test(current.parent.type))
    current = current.parent;
  return (current.text.split("\n")[0] ?? "").trimEnd();
}
