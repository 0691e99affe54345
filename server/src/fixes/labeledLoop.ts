/** Loops and the labels before them. */
import * as l10n from "@vscode/l10n";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands } from "../syntax/nodes.js";
import { type FileEdits, startsLine } from "./edits.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** The for statement that a statement is, its label left out; undefined for all others. */
export function loopOf(statement: SyntaxNode | undefined): SyntaxNode | undefined {
  if (statement?.type === "labeled_statement") return loopOf(operands(statement).at(-1));
  return statement?.type === "for_statement" ? statement : undefined;
}

/** The whole statement that the loop is, its label included. */
export function withLabel(loop: SyntaxNode): SyntaxNode {
  return loop.parent?.type === "labeled_statement" ? loop.parent : loop;
}

/** Puts lines before a loop and its label. Refuses where none can stand there. */
export function insertBeforeLoop(
  edits: FileEdits,
  tree: GoTree,
  loop: SyntaxNode,
  lines: readonly string[],
): void {
  const outer = withLabel(loop);
  if (outer.parent?.type !== "statement_list" || !startsLine(tree, outer))
    refuse(t("No line can stand before the loop."));
  // gofmt puts a label one tab before its statement.
  const tab = isSame(outer, loop) ? "" : "\t";
  edits.insertLineBefore(outer, lines.map((line) => `${tab}${line}`).join("\n"));
}
