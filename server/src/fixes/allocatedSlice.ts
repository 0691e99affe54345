/** Calls of make for slices, and the statements that they stand in. */
import * as l10n from "@vscode/l10n";
import { asCall, type CallSyntax } from "../syntax/calls.js";
import { innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, withParentheses } from "../syntax/nodes.js";
import { startsLine } from "./edits.js";
import { refuse } from "./refusal.js";
import { isBuiltin } from "./sourceFile.js";

const { t } = l10n;

/** `make([]T, length)` or `make([]T, length, capacity)`. */
export interface MakeSlice {
  readonly call: CallSyntax;
  readonly element: SyntaxNode;
  readonly length: SyntaxNode;
  readonly capacity: SyntaxNode | undefined;
}

/** Reads a call of make; undefined for maps, channels, named slice types and anything else. */
export function makeSlice(node: SyntaxNode): MakeSlice | undefined {
  const call = asCall(node);
  if (call === undefined || !isBuiltin(call.callee, "make")) return undefined;
  const [type, length, capacity] = call.arguments;
  const element = type?.type === "slice_type" ? type.childForFieldName("element") : null;
  if (length === undefined || element === null) return undefined;
  return { call, element, length, capacity };
}

const simpleStatements: ReadonlySet<string> = new Set([
  "short_var_declaration",
  "assignment_statement",
  "var_declaration",
  "expression_statement",
  "return_statement",
]);

/**
 * The statement with the expression, before which a declaration can be written. Refuses headers, go and defer, labels
 * and function literals on one line.
 */
export function statementOf(tree: GoTree, expression: SyntaxNode): SyntaxNode {
  const definition = innermostFunction(expression);
  let node: SyntaxNode | null = expression;
  while (node !== null && node.parent?.type !== "statement_list") node = node.parent;
  if (node === null || definition === undefined || !isSame(innermostFunction(node), definition))
    return refuse(t("There is no place for a declaration before it."));
  if (!simpleStatements.has(node.type) || !startsLine(tree, node))
    return refuse(t("There is no place for a declaration before it."));
  return node;
}

/** The one variable that a statement sets to the expression: `v := expression`, `var v = expression`, `v = expression`. */
export interface Assigned {
  readonly name: SyntaxNode;
  readonly isDeclaration: boolean;
  readonly statement: SyntaxNode;
}

/** Undefined where the expression is set to nothing, to a field or element, or together with others. */
export function assignedVariable(expression: SyntaxNode): Assigned | undefined {
  const list = withParentheses(expression).parent;
  const node = list?.parent;
  if (list?.type !== "expression_list" || node === null || node === undefined) return undefined;
  if (operands(list).length !== 1) return undefined;
  if (node.type === "var_spec") {
    const names = node.childrenForFieldName("name").filter((name) => name?.isNamed === true);
    const [name] = names;
    const statement = node.parent;
    if (names.length !== 1 || name === null || name === undefined || statement === null) return undefined;
    return { name, isDeclaration: true, statement };
  }
  const left = node.childForFieldName("left");
  const [name, ...others] = left === null ? [] : operands(left);
  if (name?.type !== "identifier" || others.length > 0 || isSame(left, list)) return undefined;
  if (node.type === "short_var_declaration") return { name, isDeclaration: true, statement: node };
  const isPlain = node.type === "assignment_statement" && node.childForFieldName("operator")?.text === "=";
  return isPlain ? { name, isDeclaration: false, statement: node } : undefined;
}
