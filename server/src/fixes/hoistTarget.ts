/** Declares the variables that Scan, Unmarshal or errors.As fill before the loop, and resets them in each turn. */
import * as l10n from "@vscode/l10n";
import type { CallSyntax } from "../syntax/calls.js";
import type { Declaration } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, isWithin, operands, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { FileEdits, startsLine } from "./edits.js";
import { declared, fillingCall, isKnown, mayBeFilled, refuseKept } from "./filledVariable.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { type PackageTypes, packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { functionOf, isCaptured, usesOf } from "./variableUses.js";
import { zeroValue } from "./valueTypes.js";

const { t } = l10n;

export const hoistTarget: Fix = {
  id: "hoist-target",
  appliesTo: mayBeFilled,
  propose: (input) =>
    proposals("hoist-target", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** Nothing for variables that no such call fills. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const call = fillingCall(node);
  if (call === undefined) return [];
  const loop = ancestor(call.node, new Set(["for_statement", "func_literal"]));
  if (loop?.type !== "for_statement") return refuse(t("`{0}` is not called in a loop.", call.callee.text));
  const types = packageTypes(input.snapshot);
  const own = target(node, loop, tree, types);
  const targets = filledBy(call, loop, tree, types, own);
  const outer = loop.parent?.type === "labeled_statement" ? loop.parent : loop;
  if (outer.parent?.type !== "statement_list" || !startsLine(tree, outer))
    return refuse(t("No line can stand before the loop."));
  for (const { name } of targets) refuseConflict(name, outer, loop);
  const edits = new FileEdits(tree);
  const lines = targets.map(({ name, type }) => `var ${name.text} ${type}`);
  // gofmt puts a label one tab before its statement.
  if (isSame(outer, loop)) edits.insertLineBefore(outer, lines.join("\n"));
  else edits.insertLineBefore(outer, `\t${lines.join("\n\t")}`);
  for (const { name, type, statement } of targets)
    edits.replace(statement, `${name.text} = ${zeroValue(type, types)}`);
  const names = targets.map(({ name }) => `\`${name.text}\``).join(", ");
  return [
    {
      fix: "hoist-target",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "fewer",
      title: t("Declare {0} before the loop, and reset in each turn", names),
      behaviour: isKnown(call, tree)
        ? null
        : t("`{0}` must not keep the pointer: the next turn writes to the same variable.", call.callee.text),
      isPreferred: true,
      choice: null,
    },
  ];
}

interface Target {
  readonly name: SyntaxNode;
  readonly type: string;
  /** The declaring statement in the loop's body. */
  readonly statement: SyntaxNode;
}

/** A variable that can be declared before the loop. */
function target(name: SyntaxNode, loop: SyntaxNode, tree: GoTree, types: PackageTypes): Target {
  const declaration = declarationOf(name);
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined)
    return refuse(t("The syntax around it is broken."));
  const { type, statement } = declared(declaration, tree);
  const body = loop.childForFieldName("body");
  const list = body === null ? undefined : operands(body)[0];
  if (!isSame(statement.parent, list))
    return refuse(t("`{0}` is not declared in the loop's own body.", name.text));
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isCaptured(use, declaration)))
    refuse(t("A function literal uses `{0}`.", name.text));
  for (const use of uses) refuseKept(use, type, types);
  return { name: declaration.name, type, statement };
}

/** All variables whose addresses the call gets and that can be moved, the site's own first in the source's order. */
function filledBy(
  call: CallSyntax,
  loop: SyntaxNode,
  tree: GoTree,
  types: PackageTypes,
  own: Target,
): Target[] {
  const found = new Map<number, Target>([[own.name.id, own]]);
  for (const argument of call.arguments) {
    const operand = argument.type === "unary_expression" ? argument.childForFieldName("operand") : null;
    if (operand?.type !== "identifier" || fillingCall(operand)?.node.id !== call.node.id) continue;
    const other = tryTarget(operand, loop, tree, types);
    if (other !== undefined) found.set(other.name.id, other);
  }
  return [...found.values()].sort((a, b) => a.name.startIndex - b.name.startIndex);
}

/** Others of the same call come along where they can, and stay where they cannot. */
function tryTarget(
  name: SyntaxNode,
  loop: SyntaxNode,
  tree: GoTree,
  types: PackageTypes,
): Target | undefined {
  let found: Target | undefined;
  const refusals = proposals("hoist-target", () => {
    found = target(name, loop, tree, types);
    return [];
  });
  return refusals.length === 0 ? found : undefined;
}

/** The name must mean nothing else from the loop on, in the scope that the loop stands in. */
function refuseConflict(name: SyntaxNode, outer: SyntaxNode, loop: SyntaxNode): void {
  const list = outer.parent;
  const body = loop.childForFieldName("body");
  if (list === null || body === null) return;
  const definition = ancestor(loop, new Set(["function_declaration", "method_declaration", "func_literal"]));
  for (const each of present((definition ?? list).descendantsOfType("identifier"))) {
    if (each.text !== name.text) continue;
    const declaration = declarationOf(each);
    if (isSame(declaration?.name, name)) continue;
    const isOuter =
      declaration === undefined || !isWithin(declaration.name, list) || isSame(scopeList(declaration), list);
    const isKey = each.parent?.type === "literal_element" && each.parent.parent?.type === "keyed_element";
    if (isOuter && !isKey && (each.startIndex >= outer.startIndex || isSame(declaration?.name, each)))
      refuse(t("`{0}` also means something else around the loop.", name.text));
  }
}

function scopeList(declaration: Declaration): SyntaxNode | undefined {
  return ancestor(declaration.name, new Set(["statement_list"]));
}
