/** A local string that grows by `+=` in a loop: its declaration, what is added, and whether nothing else looks at it. */
import * as l10n from "@vscode/l10n";
import { type Declaration, initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import {
  ancestor,
  isSame,
  isWithin,
  onlyOperand,
  operands,
  present,
  withoutParentheses,
} from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { outermostLoop } from "./growingSlice.js";
import { withLabel } from "./labeledLoop.js";
import { refuse } from "./refusal.js";
import { functionOf, isCaptured, usesOf } from "./variableUses.js";

const { t } = l10n;

export interface GrowingString {
  readonly declaration: Declaration;
  /** The function or literal that declares it. */
  readonly definition: SyntaxNode;
  readonly loop: SyntaxNode;
  /** The loop with its label. */
  readonly statement: SyntaxNode;
  /** The declaration where it stands in the loop's own list and nothing lies between that uses the string. */
  readonly declaringStatement: SyntaxNode | undefined;
  /** What it is at first; undefined for the empty string. */
  readonly value: SyntaxNode | undefined;
  /** Whether it is known to be empty when the loop begins. */
  readonly isEmpty: boolean;
  readonly appends: readonly StringAppend[];
}

/** `s += added` or `s = s + added + …`. */
export interface StringAppend {
  readonly statement: SyntaxNode;
  readonly added: readonly SyntaxNode[];
}

/** Reads the string that the statement around the node adds to. Refuses what is not local, captured, or read in the loop. */
export function growingString(node: SyntaxNode): GrowingString {
  const append = stringAppend(assignmentAround(node));
  const name = append === undefined ? undefined : onlyOperand(append.statement.childForFieldName("left"));
  const declaration = name === undefined ? undefined : declarationOf(name);
  if (append === undefined || declaration === undefined || isPackageLevel(declaration))
    return refuse(t("The string is not built up in a local variable."));
  const definition = functionOf(declaration);
  const loop = outermostLoop(append.statement, declaration);
  if (definition === undefined || loop === undefined) return refuse(t("It is not in a loop."));
  refuseUnlessString(declaration);
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isCaptured(use, declaration)))
    refuse(t("A function literal uses `{0}`.", declaration.name.text));
  if (uses.some(isAddress)) refuse(t("The address of `{0}` is taken.", declaration.name.text));
  const statement = withLabel(loop);
  refuseJumps(definition, statement, declaration);
  const appends = appendsIn(loop, uses, declaration.name.text);
  return { declaration, definition, loop, statement, appends, ...startOf(declaration, statement, uses) };
}

function assignmentAround(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === "assignment_statement" ? node : ancestor(node, new Set(["assignment_statement"]));
}

function stringAppend(statement: SyntaxNode | undefined): StringAppend | undefined {
  const left = onlyOperand(statement?.childForFieldName("left") ?? null);
  const right = onlyOperand(statement?.childForFieldName("right") ?? null);
  const operator = statement?.childForFieldName("operator")?.text;
  if (statement === undefined || left?.type !== "identifier" || right === undefined) return undefined;
  if (statement.parent?.type !== "statement_list") return undefined;
  if (operator === "+=") return { statement, added: [right] };
  const added = operator === "=" ? addedTo(left.text, right) : undefined;
  return added === undefined || added.length === 0 ? undefined : { statement, added };
}

/** What follows the string in `s + a + b`; undefined where it is not the first. */
function addedTo(name: string, node: SyntaxNode): SyntaxNode[] | undefined {
  if (node.type === "identifier") return node.text === name ? [] : undefined;
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  if (node.type !== "binary_expression" || node.childForFieldName("operator")?.text !== "+") return undefined;
  const before = left === null ? undefined : addedTo(name, withoutParentheses(left));
  return before === undefined || right === null ? undefined : [...before, right];
}

/** Each use in the loop must be one of those that add to it. */
function appendsIn(loop: SyntaxNode, uses: readonly SyntaxNode[], name: string): StringAppend[] {
  const appends = new Map<number, StringAppend>();
  for (const use of uses) {
    if (!isWithin(use, loop)) continue;
    const append = stringAppend(assignmentAround(use));
    if (append === undefined || !isOwnUse(use, append)) return refuse(t("The loop reads `{0}`.", name));
    appends.set(append.statement.id, append);
  }
  return [...appends.values()];
}

/** The variable itself on the left, or first on the right. */
function isOwnUse(use: SyntaxNode, { statement, added }: StringAppend): boolean {
  const left = onlyOperand(statement.childForFieldName("left"));
  return left?.text === use.text && !added.some((node) => isWithin(use, node));
}

/** Only `string` itself: a type of its own would need conversions, and has methods perhaps. */
function refuseUnlessString(declaration: Declaration): void {
  const type = writtenType(declaration);
  const value = initialValue(declaration);
  const isLiteral = value !== undefined && /^(?:interpreted|raw)_string_literal$/.test(value.type);
  const isString =
    type === undefined
      ? declaration.kind === "variable" && isLiteral
      : type.text === "string" && declarationOf(type) === undefined;
  const isVariadic = declaration.node.type === "variadic_parameter_declaration";
  if (!isString || isVariadic || !["variable", "parameter", "result"].includes(declaration.kind))
    refuse(t("`{0}` is not plainly of type `string`.", declaration.name.text));
}

/** Ways out of the loop on which the string would be missing what the builder has. */
function refuseJumps(definition: SyntaxNode, statement: SyntaxNode, { kind, name }: Declaration): void {
  if (present(definition.descendantsOfType("goto_statement")).length > 0)
    refuse(t("The function uses goto."));
  const jumps = present(statement.descendantsOfType(["break_statement", "continue_statement"]));
  for (const jump of jumps) {
    const label = operands(jump)[0]?.text;
    if (label === undefined) continue;
    const labels = [statement, ...present(statement.descendantsOfType("labeled_statement"))];
    const isInside = labels.some((each) => each.type === "labeled_statement" && labelOf(each) === label);
    if (!isInside) refuse(t("A statement in the loop jumps to a label outside of it."));
  }
  if (kind !== "result") return;
  const leaves = present(statement.descendantsOfType("return_statement")).length > 0;
  const defers = present(definition.descendantsOfType("defer_statement")).length > 0;
  if (leaves || defers) refuse(t("`{0}` is a result, which is seen when the loop is left early.", name.text));
}

function labelOf(statement: SyntaxNode): string | undefined {
  return statement.childForFieldName("label")?.text;
}

function isAddress(use: SyntaxNode): boolean {
  const { parent } = use;
  return parent?.type === "unary_expression" && parent.childForFieldName("operator")?.text === "&";
}

function startOf(
  declaration: Declaration,
  statement: SyntaxNode,
  uses: readonly SyntaxNode[],
): Pick<GrowingString, "declaringStatement" | "value" | "isEmpty"> {
  const before = uses.some((use) => use.startIndex < statement.startIndex);
  const isLocal = declaration.kind === "variable";
  const initial = isLocal ? initialValue(declaration) : undefined;
  const isBlank =
    declaration.kind !== "parameter" && (initial === undefined || /^(?:""|``)$/.test(initial.text));
  const isEmpty = isBlank && !before && !isInLoopWithout(declaration, statement);
  const value = isBlank ? undefined : initial;
  if (!isLocal || before) return { declaringStatement: undefined, value: undefined, isEmpty };
  let node = declaration.node;
  while (node.parent?.type.startsWith("var_") === true) node = node.parent;
  const isAlone = operandsOfDeclaration(declaration) === 1 && !node.text.includes("(\n");
  const isBeside = isSame(node.parent, statement.parent) && isAlone && !/\/[/*]/.test(node.text);
  return { declaringStatement: isBeside ? node : undefined, value, isEmpty };
}

/** Whether a loop stands around the statement that the declaration is outside of, so that it may run again. */
function isInLoopWithout(declaration: Declaration, statement: SyntaxNode): boolean {
  const loop = ancestor(statement, new Set(["for_statement", "func_literal"]));
  return loop?.type === "for_statement" && !isWithin(declaration.name, loop);
}

/** How many names, or specs of a group, the declaring statement has. */
function operandsOfDeclaration({ node }: Declaration): number {
  if (node.type === "short_var_declaration") return operands(node.childForFieldName("left") ?? node).length;
  const names = present(node.childrenForFieldName("name")).filter((name) => name.isNamed).length;
  const isGrouped = node.parent?.type === "var_spec_list" || /^var\s*\(/.test(node.parent?.text ?? "");
  return isGrouped ? 2 : names;
}
