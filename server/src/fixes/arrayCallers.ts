/** Calls of a function whose slice result becomes an array. */
import * as l10n from "@vscode/l10n";
import { innermostFunction } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { adaptUse } from "./arrayUses.js";
import type { FileEdits } from "./edits.js";
import { refuse } from "./refusal.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/**
 * Keeps one use of the function working. `index` of `count` results is the array. Refuses function values, and calls
 * whose result is more than indexed, measured, ranged over, or kept in a variable of which the same is true.
 */
export function adaptCaller(use: SyntaxNode, index: number, count: number, edits: FileEdits): void {
  const call = withParentheses(use).parent;
  if (call?.type !== "call_expression" || !isSame(call.childForFieldName("function"), withParentheses(use)))
    return refuse(t("`{0}` is used as a function value.", use.text));
  const variable = resultVariable(call, index, count);
  if (variable === "none") return;
  if (variable === undefined) {
    if (!isReadInPlace(call)) refuse(t("A caller hands the slice on: `{0}`.", lineOf(call)));
    return;
  }
  const declaration = declarationOf(variable);
  const definition = innermostFunction(variable);
  if (declaration === undefined || definition === undefined || !isSame(declaration.name, variable))
    return refuse(t("A caller keeps the slice in `{0}`, which holds others too.", variable.text));
  const uses = usesOf(declaration, definition);
  for (const each of uses) adaptUse(each, uses, edits);
}

/** An array that a call returns can be indexed, measured and ranged over, but not sliced: it has no address. */
function isReadInPlace(call: SyntaxNode): boolean {
  const kind = useKind(call);
  return (
    ["index", "length", "capacity", "range"].includes(kind) || call.parent?.type === "expression_statement"
  );
}

/** The variable that takes the result; "none" for `_`, undefined where the call is no variable's only value. */
function resultVariable(call: SyntaxNode, index: number, count: number): SyntaxNode | "none" | undefined {
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

function lineOf(call: SyntaxNode): string {
  const statement = call.parent?.type === "expression_list" ? call.parent.parent : call.parent;
  return (statement ?? call).text.split("\n")[0] ?? "";
}
