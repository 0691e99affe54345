/** A loop's variable whose address, or boxed copy, is kept in a variable that is declared before the loop. */
import * as l10n from "@vscode/l10n";
import { type Declaration, declaringStatement, initialValue, writtenType } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, onlyOperand, operands, present, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { boxOnce, type BoxedInLoop } from "./boxOnce.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { operandQuestion } from "./operandQuestion.js";
import { typeOfValue } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, withSiteFile } from "./sourceFile.js";
import { functionOf, isCaptured, isWrittenThrough, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export const outlivesLoop: Fix = {
  id: "outlives-loop",
  appliesTo: (site) =>
    site.loopDepth > 0 &&
    site.inlinedFrom === null &&
    ((site.kind === "moved" && ["outlives-loop", "outlives-scope"].includes(site.reason)) ||
      (site.form === "boxed" && site.reason === "boxed-store")),
  question: (input) =>
    input.site.form === "boxed"
      ? operandQuestion(input, (_tree, node) => ({ call: node, operands: [node] }))
      : undefined,
  propose: (input, types) =>
    proposals("outlives-loop", () => [
      withSiteFile(input, (tree, node) => proposal(input, tree, node, types?.[0])),
    ]),
};

/** `keeper = &v` or `keeper = v` in a loop. */
interface Kept {
  /** The declaration before the loop of what keeps the value. */
  readonly keeper: Declaration;
  readonly definition: SyntaxNode;
  readonly uses: readonly SyntaxNode[];
  readonly loop: SyntaxNode;
  readonly assignment: SyntaxNode;
}

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode, valueType: string | undefined): Proposal {
  const kept = keptBy(input.site.kind === "moved" ? onlyAddress(node) : node);
  const edits = new FileEdits(tree);
  const isLocalToLoop = isUsedInLoopOnly(kept);
  const isBoxedOnce = !isLocalToLoop && input.site.kind !== "moved";
  let title = t("Box `{0}` once, after the loop", node.text);
  if (isLocalToLoop) title = moveInside(kept, tree, edits);
  else if (isBoxedOnce) boxOnce(boxedInLoop(node, valueType, kept, tree), tree, edits);
  else title = keepCopy(node, kept, tree, edits);
  return {
    fix: "outlives-loop",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    // A copy that is returned goes to the heap itself, once and not in each turn.
    proof: isLocalToLoop ? "gone" : "fewer",
    title,
    behaviour: null,
    // Boxing once takes a second variable and a condition.
    isPreferred: !isBoxedOnce,
    choice: null,
  };
}

function boxedInLoop(
  value: SyntaxNode,
  valueType: string | undefined,
  kept: Kept,
  tree: GoTree,
): BoxedInLoop {
  const { keeper } = kept;
  const declaration = ownDeclaration(keeper, tree);
  const interfaceType = writtenType(keeper)?.text;
  if (interfaceType === undefined)
    return refuse(t("The type of `{0}` is not written where it is declared.", keeper.name.text));
  if (valueType === undefined) return refuse(t("The compiler does not say what types the operands have."));
  if (isLocalType(valueType, kept.definition))
    return refuse(t("The type `{0}` is the function's own.", valueType));
  return { ...kept, declaration, interfaceType, value, valueType };
}

/** Whether the function itself declares the type, perhaps behind the place where the copy is declared. */
function isLocalType(type: string, definition: SyntaxNode): boolean {
  const names = present(definition.descendantsOfType("type_spec")).map(
    (spec) => spec.childForFieldName("name")?.text ?? "",
  );
  return names.some((name) => new RegExp(`\\b${name}\\b`).test(type));
}

/** The one place where the variable's address is taken. */
function onlyAddress(name: SyntaxNode): SyntaxNode {
  const declaration = name.type === "identifier" ? declarationOf(name) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined)
    return refuse(t("The syntax around it is broken."));
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isCaptured(use, declaration)))
    return refuse(t("A function literal uses `{0}`.", name.text));
  const addresses = uses.filter((use) => useKind(use) === "address");
  const [address] = addresses;
  const taken = address === undefined ? undefined : withParentheses(address).parent;
  if (taken === undefined || taken === null || addresses.length > 1)
    return refuse(t("The address of `{0}` is taken elsewhere too.", name.text));
  return taken;
}

/** The assignment of the value to a local variable, as its only value. */
function keptBy(value: SyntaxNode): Kept {
  const list = withParentheses(value).parent;
  const assignment = list?.type === "expression_list" ? list.parent : null;
  const isPlain =
    assignment?.type === "assignment_statement" && assignment.childForFieldName("operator")?.text === "=";
  const target = isPlain ? onlyOperand(assignment.childForFieldName("left")) : undefined;
  const keeper = target?.type === "identifier" ? declarationOf(target) : undefined;
  const definition = keeper === undefined ? undefined : functionOf(keeper);
  if (assignment === null || keeper === undefined || definition === undefined || isPackageLevel(keeper))
    return refuse(t("It is not assigned to a local variable alone."));
  const loop = loopBetween(assignment, keeper);
  if (loop === undefined) return refuse(t("`{0}` is declared in the same loop.", keeper.name.text));
  const uses = usesOf(keeper, definition);
  if (uses.some((use) => isCaptured(use, keeper) || useKind(use) === "address"))
    return refuse(t("`{0}` is used by a function literal, or its address is taken.", keeper.name.text));
  return { keeper, definition, uses, loop, assignment };
}

/** The outermost loop around the assignment that does not hold the declaration. */
function loopBetween(assignment: SyntaxNode, keeper: Declaration): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let node = assignment.parent; node !== null && !isWithin(keeper.name, node); node = node.parent)
    if (node.type === "for_statement") found = node;
  return found;
}

/** Whether each turn gives it a value before all other uses, and nothing reads it behind the loop. */
function isUsedInLoopOnly({ uses, loop, assignment }: Kept): boolean {
  const body = loop.childForFieldName("body");
  const list = body === null ? undefined : operands(body)[0];
  return (
    isSame(assignment.parent, list) &&
    uses.every((use) => isWithin(use, loop) && use.startIndex >= assignment.startIndex)
  );
}

/** `var x T` moves to the place of the first assignment. */
function moveInside({ keeper, assignment }: Kept, tree: GoTree, edits: FileEdits): string {
  const name = keeper.name.text;
  const declaration = ownDeclaration(keeper, tree);
  const type = writtenType(keeper);
  const value = assignment.childForFieldName("right");
  if (type === undefined || value === null || keeper.node.childForFieldName("value") !== null)
    return refuse(t("`{0}` has a value before the loop.", name));
  edits.deleteLine(declaration);
  const left = assignment.childForFieldName("left");
  if (left !== null) edits.replace(left, `var ${name} ${type.text}`);
  return t("Declare `{0}` in the loop", name);
}

/**
 * `best = &v` becomes `bestValue = v; best = &bestValue`, with one variable before the loop. Nothing else may hold the
 * pointer meanwhile, nor may the loop's variable change behind the assignment: the copy would not.
 */
function keepCopy(node: SyntaxNode, kept: Kept, tree: GoTree, edits: FileEdits): string {
  const { keeper, definition, uses, assignment, loop } = kept;
  const name = keeper.name.text;
  for (const use of uses) {
    const kind = useKind(use);
    const pointee =
      use.parent?.type === "unary_expression" && use.parent.text.startsWith("*") ? use.parent : null;
    const isDereferenced = pointee !== null;
    if ((kind === "field" && isWrittenThrough(use)) || (pointee !== null && isWrittenThrough(pointee)))
      refuse(t("The code writes through `{0}`.", name));
    if (kind === "field" && isMethodCall(use))
      refuse(t("A method called on `{0}` may keep the pointer.", name));
    if (!["field", "compared", "assigned"].includes(kind) && !isDereferenced && !isReturn(use, loop))
      refuse(t("Other code gets the pointer `{0}`.", name));
  }
  const variable = declarationOf(node);
  const type = variable === undefined ? undefined : typeOf(variable);
  if (variable === undefined || type === undefined)
    return refuse(t("The type of `{0}` is not written where it is declared.", node.text));
  const isChanged = usesOf(variable, definition).some(
    (use) =>
      (use.startIndex > assignment.endIndex || isRepeated(use, assignment, variable)) &&
      (useKind(use) === "assigned" || isWrittenThrough(use)),
  );
  if (isChanged) refuse(t("`{0}` may change after its address is kept.", node.text));
  const declaration = ownDeclaration(keeper, tree);
  const copy = freeName(`${name}Value`, definition);
  if (!startsLine(tree, assignment)) refuse(t("No line can stand before the assignment."));
  edits.insertLineAfter(declaration, `var ${copy} ${type}`);
  edits.replace(assignment, `${copy} = ${node.text}\n${name} = &${copy}`);
  return t("Keep a copy of `{0}` in one variable before the loop", node.text);
}

/** Whether a loop within the variable's scope runs both, so that what stands before the assignment comes behind it, too. */
function isRepeated(use: SyntaxNode, assignment: SyntaxNode, variable: Declaration): boolean {
  const loop = loopBetween(assignment, variable);
  return loop !== undefined && isWithin(use, loop);
}

function isReturn(use: SyntaxNode, loop: SyntaxNode): boolean {
  return useKind(use) === "returned" && use.startIndex > loop.endIndex;
}

function isMethodCall(use: SyntaxNode): boolean {
  const selector = use.parent;
  return isSame(selector?.parent?.childForFieldName("function"), selector);
}

function typeOf(variable: Declaration): string | undefined {
  if (variable.kind !== "variable") return undefined;
  const value = initialValue(variable);
  return writtenType(variable)?.text ?? (value === undefined ? undefined : typeOfValue(value));
}

/** The statement that declares the variable alone, on a line of its own. */
function ownDeclaration(declaration: Declaration, tree: GoTree): SyntaxNode {
  const { node, name, kind } = declaration;
  const statement = declaringStatement(declaration);
  const names = operands(node.type === "var_spec" ? node : (node.childForFieldName("left") ?? node)).filter(
    ({ type }) => type === "identifier",
  );
  const isAlone =
    kind === "variable" &&
    statement !== undefined &&
    names.length === 1 &&
    statement.parent?.type === "statement_list" &&
    startsLine(tree, statement) &&
    !/^var\s*\(/.test(statement.text);
  return isAlone ? statement : refuse(t("`{0}` is not declared on its own.", name.text));
}
