/** A value that each turn of a loop puts into the same interface variable, and that is read as such after the loop only. */
import * as l10n from "@vscode/l10n";
import type { Declaration } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, present } from "../syntax/nodes.js";
import { type FileEdits, startsLine } from "./edits.js";
import { withLabel } from "./labeledLoop.js";
import { refuse } from "./refusal.js";
import { freeName } from "./sourceFile.js";
import { useKind } from "./variableUses.js";

const { t } = l10n;

/** `keeper = value` in a loop. */
export interface BoxedInLoop {
  readonly keeper: Declaration;
  /** The keeper's own declaring statement, and the type that it writes. */
  readonly declaration: SyntaxNode;
  readonly interfaceType: string;
  readonly definition: SyntaxNode;
  readonly uses: readonly SyntaxNode[];
  readonly loop: SyntaxNode;
  readonly assignment: SyntaxNode;
  readonly value: SyntaxNode;
  /** Source text of the value's own type. */
  readonly valueType: string;
}

/**
 * The turns keep the value as it is, and the interface is made of it behind the loop, at most once. What the rest of the
 * turn reads is a variable of the turn. Refuses where another turn's value is read in the loop.
 */
export function boxOnce(boxed: BoxedInLoop, tree: GoTree, edits: FileEdits): void {
  const { keeper, declaration, definition, uses, loop, assignment, value, valueType } = boxed;
  const name = keeper.name.text;
  if (present(definition.descendantsOfType("goto_statement")).length > 0)
    refuse(t("The function uses goto."));
  const outer = withLabel(loop);
  if (outer.parent?.type !== "statement_list" || !startsLine(tree, assignment) || !startsLine(tree, outer))
    refuse(t("No line can stand behind the loop."));
  const inLoop = uses.filter((use) => isWithin(use, loop) && !isWithin(use, assignment));
  for (const use of inLoop) refuseOtherTurn(use, assignment, name);
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const kept = freeName(`kept${capital}`, definition);
  const isKept = freeName(`has${capital}`, definition);
  edits.insertLineAfter(declaration, `var ${kept} ${valueType}\nvar ${isKept} bool`);
  const own = inLoop.length > 0 ? `\nvar ${name} ${boxed.interfaceType} = ${value.text}` : "";
  edits.replace(assignment, `${kept}, ${isKept} = ${value.text}, true${own}`);
  edits.insertLineAfter(outer, `if ${isKept} {\n\t${name} = ${kept}\n}`);
}

/** A use in the loop must come behind the assignment, in its list or below. */
function refuseOtherTurn(use: SyntaxNode, assignment: SyntaxNode, name: string): void {
  const list = assignment.parent;
  const isBehind = list !== null && isWithin(use, list) && use.startIndex > assignment.endIndex;
  if (!isBehind || useKind(use) === "assigned" || isSame(use, assignment))
    refuse(t("The loop reads what an earlier turn left in `{0}`.", name));
}
