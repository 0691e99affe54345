/** Calls of a function whose slice result becomes an array. */
import * as l10n from "@vscode/l10n";
import { innermostFunction } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { adaptUse } from "./arrayUses.js";
import { calledBy, resultVariable } from "./callResult.js";
import type { FileEdits } from "./edits.js";
import type { ResultPosition } from "./functionResults.js";
import { refuse } from "./refusal.js";
import { statementLine } from "./statementLine.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/**
 * Keeps one use of the function working. `position` is that of the array among the results. Refuses function values, and calls
 * whose result is more than indexed, measured, ranged over, or kept in a variable of which the same is true.
 */
export function adaptCaller(use: SyntaxNode, position: ResultPosition, edits: FileEdits): void {
  const call = calledBy(use);
  const variable = resultVariable(call, position);
  if (variable === "none") return;
  if (variable === undefined) {
    if (!isReadInPlace(call)) refuse(t("A caller hands the slice on: `{0}`.", statementLine(call)));
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
