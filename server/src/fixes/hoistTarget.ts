/** Declares the variables that Scan, Unmarshal or errors.As fill before the loop, and resets them in each turn. */
import * as l10n from "@vscode/l10n";
import type { CallSyntax } from "../syntax/calls.js";
import type { Declaration } from "../syntax/declarations.js";
import { innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, isWithin, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { FileEdits } from "./edits.js";
import { type DeclaredNames, type DeclaredTogether, declaredTogether } from "./declaredTogether.js";
import {
  fillingCall,
  fillsItself,
  isKnown,
  isKnownReceiver,
  mayBeFilled,
  receiverOf,
  refuseKept,
} from "./filledVariable.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { type PackageTypes, packageTypes } from "./packageTypes.js";
import { insertBeforeLoop, withLabel } from "./labeledLoop.js";
import { operandQuestion } from "./operandQuestion.js";
import { proposals, refuse, unlessRefused } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { functionOf, isCaptured, useKind, usesOf } from "./variableUses.js";
import { zeroValue } from "./valueTypes.js";

const { t } = l10n;

export const hoistTarget: Fix = {
  id: "hoist-target",
  appliesTo: mayBeFilled,
  question: (input) =>
    operandQuestion(input, (_tree, node) => {
      const call = fillingCall(node);
      const receiver = call === undefined ? undefined : receiverOf(call);
      if (call === undefined || receiver === undefined) return refuse("");
      // Where this refuses, the answer would be of no use, and it takes a compile.
      loopAround(call);
      return { call: call.node, operands: [receiver] };
    }),
  propose: (input, types) =>
    proposals("hoist-target", () =>
      withSiteFile(input, (tree, node) => propose(input, tree, node, types?.[0])),
    ),
};

/** Nothing for variables that no such call fills. */
function propose(
  input: FixInput,
  tree: GoTree,
  node: SyntaxNode,
  receiverType: string | undefined,
): Proposal[] {
  const call = fillingCall(node);
  if (call === undefined) return [];
  const loop = loopAround(call);
  const types = packageTypes(input.snapshot);
  const own = target(node, loop, tree, types);
  const targets = filledBy(call, loop, tree, types, own);
  const specs = targets.flatMap((each) => each.specs);
  const names = specs.flatMap((spec) => spec.names);
  for (const name of names) refuseConflict(name, loop);
  const isCalleeKnown =
    receiverType === undefined ? isKnown(call, tree) : isKnownReceiver(receiverType, input.snapshot);
  const keepsNone = isCalleeKnown && !specs.some(({ type }) => fillsItself(type, types));
  const edits = new FileEdits(tree);
  const lines = specs.map(({ names, type }) => `var ${listed(names)} ${type}`);
  insertBeforeLoop(edits, tree, loop, lines);
  for (const { statement, specs } of targets)
    edits.replace(statement, specs.map((spec) => reset(spec, types)).join("\n"));
  return [
    {
      fix: "hoist-target",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "fewer",
      title: t(
        "Declare {0} before the loop, and reset in each turn",
        names.map((name) => `\`${name.text}\``).join(", "),
      ),
      behaviour: keepsNone
        ? null
        : t("`{0}` must not keep the pointer: the next turn writes to the same variable.", call.callee.text),
      isPreferred: true,
      choice: null,
    },
  ];
}

/** The loop in whose turns the call runs. Refuses a call that is in none, or that may run behind its turn. */
function loopAround({ node, callee }: CallSyntax): SyntaxNode {
  const loop = ancestor(node, new Set(["for_statement", "func_literal"]));
  if (loop?.type !== "for_statement") return refuse(t("`{0}` is not called in a loop.", callee.text));
  if (/^(?:go|defer)_statement$/.test(node.parent?.type ?? ""))
    refuse(t("`{0}` runs when the next turn may have begun.", callee.text));
  return loop;
}

/** `x, y = 0, 0` */
function reset({ names, type }: DeclaredNames, types: PackageTypes): string {
  return `${listed(names)} = ${names.map(() => zeroValue(type, types)).join(", ")}`;
}

function listed(names: readonly SyntaxNode[]): string {
  return names.map(({ text }) => text).join(", ");
}

/** Checks that all that is declared together with a variable of the loop's body can be declared before the loop. */
function target(name: SyntaxNode, loop: SyntaxNode, tree: GoTree, types: PackageTypes): DeclaredTogether {
  const declaration = declarationOf(name);
  if (declaration === undefined) return refuse(t("The syntax around it is broken."));
  const together = declaredTogether(declaration, tree);
  const { statement, specs } = together;
  if (
    statement.parent?.type !== "statement_list" ||
    !isSame(ancestor(statement, new Set(["for_statement", "func_literal"])), loop)
  )
    return refuse(t("`{0}` is not declared in the loop's own body.", name.text));
  for (const { names, type } of specs) for (const each of names) refuseUnlessFilled(each, type, types);
  return together;
}

/** Nothing may hold on to the variable, as all turns share it then. */
function refuseUnlessFilled(name: SyntaxNode, type: string, types: PackageTypes): void {
  const declaration = declarationOf(name);
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined)
    return refuse(t("The syntax around it is broken."));
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isCaptured(use, declaration)))
    refuse(t("A function literal uses `{0}`.", name.text));
  for (const use of uses) refuseKept(use, type, types);
  if (uses.some((use) => useKind(use) === "address") && fillingCall(name) === undefined)
    refuse(t("The address of `{0}` is taken elsewhere too.", name.text));
}

/** The declarations of all variables whose addresses the call gets and that can be moved, in the source's order. */
function filledBy(
  call: CallSyntax,
  loop: SyntaxNode,
  tree: GoTree,
  types: PackageTypes,
  own: DeclaredTogether,
): DeclaredTogether[] {
  const found = new Map<number, DeclaredTogether>([[own.statement.id, own]]);
  for (const argument of call.arguments) {
    const operand = argument.type === "unary_expression" ? argument.childForFieldName("operand") : null;
    if (operand?.type !== "identifier" || fillingCall(operand)?.node.id !== call.node.id) continue;
    // Others of the same call come along where they can, and stay where they cannot.
    const other = unlessRefused(() => target(operand, loop, tree, types));
    if (other !== undefined) found.set(other.statement.id, other);
  }
  return [...found.values()].sort((a, b) => a.statement.startIndex - b.statement.startIndex);
}

/** The name must mean nothing else from the loop on, in the scope that the loop stands in. */
function refuseConflict(name: SyntaxNode, loop: SyntaxNode): void {
  const outer = withLabel(loop);
  const list = outer.parent;
  const body = loop.childForFieldName("body");
  if (list === null || body === null) return;
  const definition = innermostFunction(loop);
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
