/**
 * One deferred call for all turns of a loop, where the deferred function literal looks at the function's results: these
 * have their values only when the function returns, so the calls cannot run at the end of their turns.
 */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import { innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, operands, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { FileEdits, startsLine } from "./edits.js";
import { withLabel } from "./labeledLoop.js";
import { refuse } from "./refusal.js";
import { freeName } from "./sourceFile.js";

const { t } = l10n;

/**
 * `defer func() { … }()` in the loop's own body becomes a count, which a function literal that is deferred before the loop
 * runs down. Undefined where the literal reads no result; refuses where it reads what belongs to a turn.
 */
export function deferOnce(
  tree: GoTree,
  statement: SyntaxNode,
  loop: SyntaxNode,
  body: SyntaxNode,
): FileEdits | undefined {
  const call = asCall(operands(statement)[0] ?? statement);
  const literal = call?.callee.type === "func_literal" ? call.callee : undefined;
  const definition = innermostFunction(loop);
  if (literal === undefined || definition === undefined || !readsResult(literal)) return undefined;
  if (call?.arguments.length !== 0) return refuse(t("The deferred function literal has parameters."));
  refuseUnlessSame(literal, loop);
  if (present(body.descendantsOfType("defer_statement")).length > 1)
    refuse(t("The loop defers several calls, whose order would change."));
  const outer = withLabel(loop);
  if (!isSame(outer.parent?.parent, definition.childForFieldName("body")))
    refuse(t("The loop is not in the function's own body."));
  if (!isSame(outer, loop) || !startsLine(tree, loop)) refuse(t("No line can stand before the loop."));
  const count = freeName("deferred", definition);
  const edits = new FileEdits(tree);
  const block = literal.childForFieldName("body");
  if (block === null || !block.text.includes("\n"))
    return refuse(t("The deferred function literal is on one line."));
  edits.replace(statement, `${count}++`);
  edits.insertLineBefore(loop, onceText(count, indentedBody(tree, statement, block)));
  return edits;
}

function onceText(count: string, body: string): string {
  return `${count} := 0\ndefer func() {\n\tfor ; ${count} > 0; ${count}-- {\n${body}\n\t}\n}()`;
}

/** The literal's lines, indented for their new place relative to the line of the loop. */
function indentedBody({ source }: GoTree, statement: SyntaxNode, block: SyntaxNode): string {
  if (
    present(block.descendantsOfType(["raw_string_literal", "comment"])).some(({ text }) =>
      text.includes("\n"),
    )
  )
    return refuse(t("A comment or a string in the function literal has several lines."));
  const start = source.lineStart(source.lineOf(statement.startIndex)) ?? statement.startIndex;
  const indentation = source.text.slice(start, statement.startIndex);
  const lines = block.text.replaceAll("\r", "").split("\n").slice(1, -1);
  return lines
    .map((line) =>
      line.startsWith(`${indentation}\t`) ? `\t\t${line.slice(indentation.length + 1)}` : line.trim(),
    )
    .join("\n");
}

function readsResult(literal: SyntaxNode): boolean {
  return present(literal.descendantsOfType("identifier")).some((name) => {
    const declaration = declarationOf(name);
    return declaration?.kind === "result" && !isWithin(declaration.name, literal);
  });
}

/** All that the literal uses must be declared before the loop, and it must neither return early nor recover. */
function refuseUnlessSame(literal: SyntaxNode, loop: SyntaxNode): void {
  if (present(literal.descendantsOfType(["return_statement", "defer_statement"])).length > 0)
    refuse(t("The deferred function literal has a `{0}`.", "return"));
  for (const name of present(literal.descendantsOfType("identifier"))) {
    const declaration = declarationOf(name);
    if (name.text === "recover" && declaration === undefined)
      refuse(t("The deferred call recovers from panics."));
    const isOfTurn =
      declaration !== undefined && isWithin(declaration.name, loop) && !isWithin(declaration.name, literal);
    if (isOfTurn) refuse(t("The deferred call uses `{0}`, which each turn has for its own.", name.text));
  }
}
