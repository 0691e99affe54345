/** Calls of a function whose signature changes: that a use is one, and which variable takes its result. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, withParentheses } from "../syntax/nodes.js";
import type { ResultPosition } from "./functionResults.js";
import { refuse } from "./refusal.js";
import { useKind } from "./variableUses.js";

const { t } = l10n;

/** The call whose callee the use is. Refuses function values, which have the old signature. */
export function calledBy(use: SyntaxNode): SyntaxNode {
  const callee = withParentheses(use);
  const call = callee.parent;
  if (call?.type !== "call_expression" || !isSame(call.childForFieldName("function"), callee))
    return refuse(t("`{0}` is used as a function value.", use.text));
  return call;
}

/** The new variable that takes the result; "none" for `_`, undefined where the call is no variable's only value. */
export function resultVariable(
  call: SyntaxNode,
  { index, count }: ResultPosition,
): SyntaxNode | "none" | undefined {
  const list = withParentheses(call).parent;
  const statement = list?.parent;
  if (list?.type !== "expression_list" || statement === null || statement === undefined) return undefined;
  if (operands(list).length !== 1 || useKind(call) === "returned") return undefined;
  const names =
    statement.type === "var_spec"
      ? operands(statement).filter(({ type }) => type === "identifier")
      : operands(statement.childForFieldName("left") ?? statement);
  const name = names.length === count ? names[index] : undefined;
  if (name?.text === "_") return "none";
  const isDeclaration = ["short_var_declaration", "var_spec"].includes(statement.type);
  if (name === undefined || !isDeclaration || statement.childForFieldName("type") !== null) return undefined;
  return name;
}
