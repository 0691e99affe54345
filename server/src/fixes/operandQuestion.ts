/** What the compiler is asked about the operands of a call before a fix proposes anything. */
import type { TypeQuestion } from "../analysis/operandTypes.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { spanOf } from "../syntax/nodes.js";
import type { FixInput } from "./fix.js";
import { unlessRefused } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";

/** The types of the operands at the place of the call; undefined where `read` refuses, which the fix itself then says. */
export function operandQuestion(
  input: FixInput,
  read: (
    tree: GoTree,
    node: SyntaxNode,
  ) => { readonly call: SyntaxNode; readonly operands: readonly SyntaxNode[] },
): TypeQuestion | undefined {
  return unlessRefused(() =>
    withSiteFile(input, (tree, node) => {
      const { call, operands } = read(tree, node);
      return { file: input.site.file, place: spanOf(call), operands: operands.map(spanOf) };
    }),
  );
}
