/** Calls of a function whose pointer result becomes a value. */
import * as l10n from "@vscode/l10n";
import { innermostFunction } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import type { FileEdits } from "./edits.js";
import type { PointerResult } from "./pointerResult.js";
import { refuse } from "./refusal.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/**
 * Keeps one use of the function working. What is not assigned to a new variable may only be read: a field, or all of it
 * by `*`. A variable holds the value itself then, and where its pointer is wanted as an argument, its address is taken;
 * it is the only one that points there, as the function makes a new value each time.
 */
export function adaptPointerCaller(use: SyntaxNode, result: PointerResult, edits: FileEdits): void {
  const callee = withParentheses(use);
  const call = callee.parent;
  if (call?.type !== "call_expression" || !isSame(call.childForFieldName("function"), callee))
    return refuse(t("`{0}` is used as a function value.", use.text));
  const variable = resultVariable(call, result);
  if (variable === "none") return;
  if (variable === undefined) {
    adaptInPlace(call, edits);
    return;
  }
  const declaration = declarationOf(variable);
  const definition = innermostFunction(variable);
  if (declaration === undefined || definition === undefined || !isSame(declaration.name, variable))
    return refuse(t("A caller keeps the pointer in `{0}`, which holds others too.", variable.text));
  for (const each of usesOf(declaration, definition)) adaptVariableUse(each, edits);
}

function adaptInPlace(call: SyntaxNode, edits: FileEdits): void {
  const node = withParentheses(call);
  const { parent } = node;
  if (parent === null) return;
  if (/^(?:expression|go|defer)_statement$/.test(parent.type)) return;
  if (isDereference(parent)) {
    edits.replaceSpan(parent.startIndex, node.startIndex, "");
    return;
  }
  const isRead = parent.type === "selector_expression" && !isWritten(parent);
  if (!isRead) refuse(t("A caller hands the pointer on: `{0}`.", lineOf(call)));
}

/** Whether the selected field is assigned or its address taken, which needs a variable. */
function isWritten(selector: SyntaxNode): boolean {
  let node = selector;
  while (node.parent !== null && /^(?:selector|index|parenthesized)_expression$/.test(node.parent.type))
    node = node.parent;
  return ["assigned", "address", "slice"].includes(useKind(node));
}

function adaptVariableUse(use: SyntaxNode, edits: FileEdits): void {
  const node = withParentheses(use);
  const { parent } = node;
  const kind = useKind(use);
  if (parent !== null && isDereference(parent)) {
    edits.replaceSpan(parent.startIndex, node.startIndex, "");
    return;
  }
  if (kind === "field") return;
  if (kind === "compared") refuse(t("A caller compares the pointer: `{0}`.", lineOf(node)));
  if (kind === "other" && parent?.type === "argument_list" && !isDeferred(parent)) {
    edits.replace(use, `&${use.text}`);
    return;
  }
  refuse(t("A caller uses the pointer as a whole: `{0}`.", lineOf(node)));
}

/** Arguments of go and defer outlive the statement, and a value's address would see what is written meanwhile. */
function isDeferred(list: SyntaxNode): boolean {
  return /^(?:go|defer)_statement$/.test(list.parent?.parent?.type ?? "");
}

function isDereference(node: SyntaxNode): boolean {
  return node.type === "unary_expression" && node.childForFieldName("operator")?.text === "*";
}

/** The new variable that takes the result; "none" for `_`, undefined where the call is no variable's only value. */
function resultVariable(call: SyntaxNode, { index, count }: PointerResult): SyntaxNode | "none" | undefined {
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

function lineOf(node: SyntaxNode): string {
  let current = node;
  while (current.parent !== null && !/statement_list|^block$|_case$|^source_file$/.test(current.parent.type))
    current = current.parent;
  return (current.text.split("\n")[0] ?? "").trimEnd();
}
