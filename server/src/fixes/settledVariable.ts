/** Whether a variable keeps its value from the moment that a function literal is made, so that a copy is as good. */
import * as l10n from "@vscode/l10n";
import type { Declaration } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, isWithin, present, withParentheses } from "../syntax/nodes.js";
import { functionOf, isWrittenThrough, useKind } from "./variableUses.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { categoryOf } from "./syntacticTypes.js";

const { t } = l10n;

export interface CapturedVariable {
  readonly declaration: Declaration;
  /** The one function literal that uses it. */
  readonly literal: SyntaxNode;
  /** Its uses in the literal, and all others. */
  readonly within: readonly SyntaxNode[];
  readonly without: readonly SyntaxNode[];
  readonly types: PackageTypes;
}

/**
 * How the variable changes beside its declaration. never: only its size makes the compiler capture it by reference
 * (128 bytes, cmd/compile/internal/escape, flowClosure); before: only before the literal is made; each-turn: in a loop
 * around the literal that all turns share it in, or by the header of its own loop.
 */
export type Change = "never" | "before" | "each-turn";

/**
 * Refuses where the literal writes the variable, or where it changes for good after the literal is made: by an assignment
 * behind it, or a pointer to it. In a loop around both, an assignment behind a goroutine counts as the next turn's.
 */
export function refuseUnlessSettled(captured: CapturedVariable): Change {
  const { declaration, literal, within, without } = captured;
  const name = declaration.name.text;
  for (const use of within) {
    if (writes(use)) refuse(t("The function literal changes `{0}`.", name));
    if (useKind(use) === "address") refuse(t("The address of `{0}` is taken.", name));
  }
  const definition = functionOf(declaration);
  if (definition !== undefined && present(definition.descendantsOfType("goto_statement")).length > 0)
    refuse(t("The function uses goto."));
  const loop = loopAround(literal, declaration);
  let change: Change = "never";
  for (const use of without) {
    if (useKind(use) === "address") refuse(t("The address of `{0}` is taken.", name));
    if (!changes(use, captured)) continue;
    const isRepeated = isOwnHeader(use, declaration) || (loop !== undefined && isWithin(use, loop));
    const isLater = use.startIndex > literal.startIndex || isAssignedTogether(use, literal);
    if (isLater && !(isRepeated && (isGoroutine(literal) || isOwnHeader(use, declaration))))
      refuse(t("`{0}` may change after the function literal is made.", name));
    if (isRepeated) change = "each-turn";
    else if (change === "never") change = "before";
  }
  return change;
}

/** Whether the literal stands in what is assigned, as a function that calls itself does: `f = func() { f() }`. */
function isAssignedTogether(use: SyntaxNode, literal: SyntaxNode): boolean {
  const statement = ancestor(use, new Set(["assignment_statement"]));
  return statement !== undefined && isWithin(literal, statement);
}

/** Whether a go statement runs the literal, which would race with what the next turn assigns. */
function isGoroutine(literal: SyntaxNode): boolean {
  const call = withParentheses(literal).parent;
  return call?.type === "call_expression" && call.parent?.type === "go_statement";
}

/** The update of the loop that declares it works on the next turn's own variable (Go 1.22). */
function isOwnHeader(use: SyntaxNode, { node }: Declaration): boolean {
  const clause = node.parent;
  return clause?.type === "for_clause" && isWithin(use, clause);
}

/** The outermost loop between the declaration and the literal: it runs both again with the same variable. */
function loopAround(literal: SyntaxNode, declaration: Declaration): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let node = literal.parent; node !== null && !isWithin(declaration.name, node); node = node.parent)
    if (node.type === "for_statement") found = node;
  return found;
}

function changes(use: SyntaxNode, captured: CapturedVariable): boolean {
  return writes(use) || (useKind(use) === "field" && !isReference(use) && mayChangeByMethod(use, captured));
}

function writes(use: SyntaxNode): boolean {
  const kind = useKind(use);
  if (kind === "assigned") return true;
  if (isReference(use)) return false;
  return kind === "slice" || ((kind === "field" || kind === "index") && isWrittenThrough(use));
}

/** What it refers to is shared by a copy as well. */
function isReference(use: SyntaxNode): boolean {
  return ["slice", "map", "pointer", "channel", "string", "function"].includes(categoryOf(use));
}

/** `v.M()` changes v when M has a pointer receiver; within the literal, the compiler finds that a copy would be moved. */
function mayChangeByMethod(use: SyntaxNode, { types }: CapturedVariable): boolean {
  const selector = withParentheses(use).parent;
  if (selector?.type !== "selector_expression") return false;
  const called = selector.parent;
  if (called?.type !== "call_expression" || !isSame(called.childForFieldName("function"), selector))
    return false;
  const method = selector.childForFieldName("field")?.text ?? "";
  if (method === "Error" || method === "String") return false;
  const candidates = [...types.methods].filter(([name]) => name.endsWith(`.${method}`));
  return candidates.length === 0 || candidates.some(([, { isPointer }]) => isPointer);
}
