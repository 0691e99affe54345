/** Uses of a slice that becomes an array: which can stay, which need `[:]`, and which forbid it. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isWithin, operands, withParentheses } from "../syntax/nodes.js";
import type { FileEdits } from "./edits.js";
import { refuse } from "./refusal.js";
import { useKind } from "./variableUses.js";

const { t } = l10n;

/**
 * Keeps one use working when the expression is an addressable array. Indexing, len, cap and slicing are the same for
 * both. Where a whole slice is wanted, `[:]` gives one of the same memory. Refuses what an array does otherwise: it is
 * copied when assigned, and never nil. `others` are all uses of the same array, which a range loop's body may write;
 * "anywhere" where any code may.
 */
export function adaptUse(
  expression: SyntaxNode,
  others: readonly SyntaxNode[] | "anywhere",
  edits: FileEdits,
): void {
  const node = withParentheses(expression);
  switch (useKind(expression)) {
    case "index":
    case "slice":
    case "length":
    case "capacity":
      return;
    case "copied":
    case "spread":
      edits.insertAfter(node, "[:]");
      return;
    case "range":
      if (copiesInRange(node, others)) edits.insertAfter(node, "[:]");
      return;
    case "other":
      if (node.parent?.type !== "argument_list" || isDeferred(node)) break;
      edits.insertAfter(node, "[:]");
      return;
    default:
  }
  refuse(t("`{0}` is used as a whole: `{1}`.", node.text, statementText(node)));
}

/** With two variables, range copies an array first, so that what the body writes would not be seen (Go spec, For range). */
function copiesInRange(operand: SyntaxNode, others: readonly SyntaxNode[] | "anywhere"): boolean {
  const clause = operand.parent;
  const loop = clause?.parent;
  const left = clause?.childForFieldName("left") ?? null;
  if (left === null || operands(left).length < 2 || loop === null || loop === undefined) return false;
  if (others === "anywhere" || others.some(isShared)) return true;
  return others.some((use) => isWithin(use, loop) && use.id !== operand.id);
}

/** Where a slice of the array, or a function literal, lets code write it that does not name it. */
function isShared(use: SyntaxNode): boolean {
  return !["index", "length", "capacity", "range"].includes(useKind(use)) || isInLiteral(use);
}

/** Operands of go and defer are evaluated now and used later, when an array may have other contents. */
function isDeferred(node: SyntaxNode): boolean {
  const statement = node.parent?.parent?.parent;
  return statement?.type === "go_statement" || statement?.type === "defer_statement";
}

function statementText(node: SyntaxNode): string {
  let current = node;
  while (current.parent !== null && !/statement_list|^block$|_case$|^source_file$/.test(current.parent.type))
    current = current.parent;
  const [line = ""] = current.text.split("\n");
  return line.trimEnd();
}

/** Whether the node is in a function literal. */
export function isInLiteral(node: SyntaxNode): boolean {
  return ancestor(node, new Set(["func_literal"])) !== undefined;
}
