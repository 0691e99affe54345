/** The results of a function whose signature changes: their types, and what the return statements return. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present, withoutParentheses } from "../syntax/nodes.js";
import { isInLiteral } from "./arrayUses.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** Which of a function's results is meant, from 0, and how many there are. */
export interface ResultPosition {
  readonly index: number;
  readonly count: number;
}

/** The type nodes of the unnamed results, in order. Refuses named results, and functions without any. */
export function resultTypes(definition: SyntaxNode): SyntaxNode[] {
  const result = definition.childForFieldName("result");
  if (result === null) return refuse(t("The function returns nothing."));
  if (result.type !== "parameter_list") return [result];
  return operands(result).map((parameter) => {
    if (parameter.childForFieldName("name") !== null) return refuse(t("The function's results have names."));
    return parameter.childForFieldName("type") ?? parameter;
  });
}

/** What each return statement of the function itself gives for the result. Refuses `return f()` of several results. */
export function returnedValues(definition: SyntaxNode, { index, count }: ResultPosition): SyntaxNode[] {
  const statements = present(definition.descendantsOfType("return_statement")).filter(
    (statement) => !isInLiteral(statement),
  );
  return statements.map((statement) => {
    const list = operands(statement)[0];
    const values = list === undefined ? [] : operands(list);
    const value = values[index];
    if (value === undefined || values.length !== count)
      return refuse(t("A return statement hands on another function's results."));
    return withoutParentheses(value);
  });
}
