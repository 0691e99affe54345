/** Runs a loop's deferred calls at the end of each turn, by a function literal around the loop's body. */
import * as l10n from "@vscode/l10n";
import { asCall, calledIdentifier, calleeName } from "../syntax/calls.js";
import { innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { breakTarget } from "../syntax/loopExits.js";
import { ancestor, isSame, isWithin, operands, present, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { deferOnce } from "./deferOnce.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { usesOf } from "./variableUses.js";

const { t } = l10n;

export const deferInLoop: Fix = {
  id: "defer-in-loop",
  appliesTo: (site) => site.reason === "defer-loop" && site.inlinedFrom === null,
  propose: (input) =>
    proposals("defer-in-loop", () => [withSiteFile(input, (tree, node) => proposal(input, tree, node))]),
};

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const statement = node.type === "defer_statement" ? node : ancestor(node, new Set(["defer_statement"]));
  const loop =
    statement === undefined
      ? undefined
      : ancestor(
          statement,
          new Set(["for_statement", "func_literal", "function_declaration", "method_declaration"]),
        );
  const body = loop?.type === "for_statement" ? loop.childForFieldName("body") : null;
  if (statement === undefined || loop === undefined || body === null)
    return refuse(t("The defer statement is in no loop."));
  const once = deferOnce(tree, statement, loop, body);
  if (once !== undefined) return { ...proposed(input, once), ...onceWords() };
  refuseLeaving(body, loop);
  refuseLateReading(statement, loop);
  const deferred = present(body.descendantsOfType("defer_statement"));
  if (hasCodeBehind(loop) && deferred.some((each) => !releases(each) || isForLater(each)))
    refuse(t("The deferred call may be meant for the code behind the loop."));
  const edits = new FileEdits(tree);
  wrap(tree, body, edits);
  for (const each of ownContinues(body, loop)) edits.replace(each, "return");
  return {
    ...proposed(input, edits),
    title: t("Run the loop's body as a function literal, with its deferred calls"),
    behaviour: t("The deferred calls run at the end of each turn, and no longer when the function returns."),
  };
}

function proposed(input: FixInput, edits: FileEdits): Omit<Proposal, "title" | "behaviour"> {
  return {
    fix: "defer-in-loop",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    isPreferred: false,
    choice: null,
  };
}

function onceWords(): Pick<Proposal, "title" | "behaviour"> {
  return {
    title: t("Defer the function literal once, and run it for each turn"),
    behaviour: t("When one of the deferred runs panics, those of the other turns do not run any more."),
  };
}

/** `return`, `goto`, and a break or continue of a loop around would leave the function literal. */
function refuseLeaving(body: SyntaxNode, loop: SyntaxNode): void {
  const statements = [
    "return_statement",
    "goto_statement",
    "break_statement",
    "continue_statement",
    "labeled_statement",
  ];
  for (const statement of present(body.descendantsOfType(statements))) {
    if (isInInnerFunction(statement, loop)) continue;
    const [word = ""] = statement.text.split(/\s/);
    if (statement.type === "return_statement" || statement.type === "goto_statement")
      refuse(t("The loop's body has a `{0}`.", word));
    if (statement.type === "labeled_statement" || operands(statement).length > 0)
      refuse(t("The loop's body has a label."));
    if (statement.type === "break_statement" && isSame(breakTarget(statement), loop))
      refuse(t("The loop's body has a `{0}`.", word));
  }
}

/** Continue statements of this very loop, which end the function literal then. */
function ownContinues(body: SyntaxNode, loop: SyntaxNode): SyntaxNode[] {
  return present(body.descendantsOfType("continue_statement")).filter(
    (statement) =>
      !isInInnerFunction(statement, loop) && isSame(ancestor(statement, new Set(["for_statement"])), loop),
  );
}

function isInInnerFunction(node: SyntaxNode, loop: SyntaxNode): boolean {
  const literal = ancestor(node, new Set(["func_literal"]));
  return literal !== undefined && isWithin(literal, loop);
}

/**
 * What a deferred function literal reads when it runs must be the same at the end of the turn: results get their values
 * later, and recover would end a panic in this turn only.
 */
function refuseLateReading(statement: SyntaxNode, loop: SyntaxNode): void {
  for (const name of present(statement.descendantsOfType("identifier"))) {
    if (name.text === "recover" && declarationOf(name) === undefined)
      refuse(t("The deferred call recovers from panics."));
    const declaration = declarationOf(name);
    if (declaration?.kind === "result" && !isWithin(declaration.name, statement))
      refuse(t("The deferred call uses the result `{0}`.", name.text));
  }
  const definition = innermostFunction(loop);
  if (definition !== undefined && asCall(operands(statement)[0] ?? statement) === undefined)
    refuse(t("The syntax around it is broken."));
}

/** Methods that give back what one turn has taken, and that nothing behind the loop waits for. */
const releasing = /^(?:Close|Unlock|RUnlock|Done|Put|Release|Stop|Rollback|End|cancel)$/;

/** Whether a deferred call, or all of a deferred function literal, only gives something back. */
function releases(statement: SyntaxNode): boolean {
  const call = asCall(operands(statement)[0] ?? statement);
  if (call === undefined) return false;
  if (call.callee.type !== "func_literal") return releasing.test(calleeName(call.callee)?.text ?? "");
  const body = call.callee.childForFieldName("body");
  const statements = body === null ? [] : operands(operands(body)[0] ?? body);
  return statements.every((each) => each.type === "expression_statement" && releases(each));
}

/**
 * Whether the turn itself does nothing with what is given back: the defer statement is its last, or what it gives back is
 * kept: `files = append(files, f)`.
 */
function isForLater(statement: SyntaxNode): boolean {
  const { parent } = statement;
  if (parent?.type !== "statement_list") return false;
  const isLast = operands(parent).every((each) => each.endIndex <= statement.endIndex);
  const callee = asCall(operands(statement)[0] ?? statement)?.callee.childForFieldName("operand");
  const declaration = callee?.type === "identifier" ? declarationOf(callee) : undefined;
  if (declaration === undefined) return isLast;
  return isLast || usesOf(declaration, parent).some(isKept);
}

/** Appended, assigned or put into a literal. */
function isKept(use: SyntaxNode): boolean {
  const { parent } = withParentheses(use);
  if (parent?.type === "literal_element") return true;
  const list = parent?.type === "argument_list" || parent?.type === "expression_list" ? parent : undefined;
  if (list?.parent?.type === "assignment_statement")
    return isSame(list.parent.childForFieldName("right"), list);
  const around = list?.parent ?? undefined;
  const call = around === undefined ? undefined : asCall(around);
  return call !== undefined && calledIdentifier(call) === "append";
}

/** Whether the function goes on when the loop has ended. */
function hasCodeBehind(loop: SyntaxNode): boolean {
  const definition = innermostFunction(loop);
  for (let node: SyntaxNode | null = loop; node !== null && !isSame(node, definition); node = node.parent) {
    if (node.type === "for_statement" && !isSame(node, loop)) return true;
    if (node.parent?.type !== "statement_list") continue;
    const behind = operands(node.parent).filter((each) => each.startIndex > node.endIndex);
    if (behind.some((each) => each.text !== "return")) return true;
  }
  return false;
}

/** Puts `func() {` and `}()` around the statements, and a tab before each of their lines. */
function wrap(tree: GoTree, body: SyntaxNode, edits: FileEdits): void {
  const { source } = tree;
  const first = source.lineOf(body.startIndex);
  const last = source.lineOf(body.endIndex - 1);
  if (first === last) refuse(t("The loop's body is on one line."));
  const raw = present(body.descendantsOfType(["raw_string_literal", "comment"])).filter(({ text }) =>
    text.includes("\n"),
  );
  const open = source.lineEnd(first) ?? body.startIndex + 1;
  if (!/^\{\s*$/.test(source.text.slice(body.startIndex, open)))
    refuse(t("A comment stands behind the loop's brace."));
  const close = source.lineStart(last) ?? body.endIndex - 1;
  if (!/^\s*\}$/.test(source.text.slice(close, body.endIndex))) refuse(t("The loop's body is on one line."));
  edits.replaceSpan(open, open, "\n\tfunc() {");
  for (let line = first + 1; line < last; line++) {
    const start = source.lineStart(line) ?? 0;
    const isBlank = source.lineEnd(line) === start;
    const isWithinText = raw.some(({ startIndex, endIndex }) => startIndex < start && start < endIndex);
    if (!isBlank && !isWithinText) edits.replaceSpan(start, start, "\t");
  }
  const indentation = /^[ \t]*/.exec(source.text.slice(close))?.[0] ?? "";
  edits.replaceSpan(close + indentation.length, close + indentation.length, "\t}()\n");
}
