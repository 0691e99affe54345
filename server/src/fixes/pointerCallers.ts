/** Calls of a function whose pointer result becomes a value. */
import * as l10n from "@vscode/l10n";
import { innermostFunction } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { calledBy, resultVariable } from "./callResult.js";
import type { FileEdits } from "./edits.js";
import type { PointerResult } from "./pointerResult.js";
import { refuse } from "./refusal.js";
import { statementLine } from "./statementLine.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/**
 * Keeps one use of the function working. What is not assigned to a new variable may only be read: a field, or all of it
 * by `*`. A variable holds the value itself then, and where its pointer is wanted as an argument, its address is taken;
 * it is the only one that points there, as the function makes a new value each time.
 */
export function adaptPointerCaller(use: SyntaxNode, result: PointerResult, edits: FileEdits): void {
  const call = calledBy(use);
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
  if (!isRead) refuse(t("A caller hands the pointer on: `{0}`.", statementLine(call)));
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
  if (kind === "compared") refuse(t("A caller compares the pointer: `{0}`.", statementLine(node)));
  if (kind === "other" && parent?.type === "argument_list" && !isDeferred(parent)) {
    edits.replace(use, `&${use.text}`);
    return;
  }
  refuse(t("A caller uses the pointer as a whole: `{0}`.", statementLine(node)));
}

/** Arguments of go and defer outlive the statement, and a value's address would see what is written meanwhile. */
function isDeferred(list: SyntaxNode): boolean {
  return /^(?:go|defer)_statement$/.test(list.parent?.parent?.type ?? "");
}

function isDereference(node: SyntaxNode): boolean {
  return node.type === "unary_expression" && node.childForFieldName("operator")?.text === "*";
}
