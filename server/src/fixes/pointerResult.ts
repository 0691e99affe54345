/** The definition of a function whose pointer result becomes a value: what it returns, and the edits to its body. */
import * as l10n from "@vscode/l10n";
import { asCall, calledIdentifier } from "../syntax/calls.js";
import { type Declaration, initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { isInLiteral } from "./arrayUses.js";
import type { FileEdits } from "./edits.js";
import { type ResultPosition, resultTypes, returnedValues } from "./functionResults.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { useKind, usesOf } from "./variableUses.js";
import { zeroValue } from "./valueTypes.js";

const { t } = l10n;

/** Plain data: it outlives the tree that it was read from. */
export interface PointerResult extends ResultPosition {
  /** What it points to, as Go source that holds in the whole package. */
  readonly type: string;
}

/** The only pointer among the function's results. Refuses named results, and none or several pointers. */
export function pointerResult(definition: SyntaxNode): PointerResult {
  const types = resultTypes(definition);
  const pointers = types.filter(({ type }) => type === "pointer_type");
  const [pointer] = pointers;
  const type = pointer === undefined ? undefined : operands(pointer)[0]?.text;
  if (pointer === undefined || type === undefined)
    return refuse(t("The function's result is no pointer type."));
  if (pointers.length > 1) refuse(t("The function returns several pointers."));
  return { index: types.findIndex((each) => isSame(each, pointer)), count: types.length, type };
}

/**
 * Edits the signature and what is returned. Refuses what is not new at each return, nil above all, but nil beside an error
 * or `false`, which becomes the zero value. Returns whether there is such a nil.
 */
export function returnValues(
  definition: SyntaxNode,
  result: PointerResult,
  types: PackageTypes,
  edits: FileEdits,
): boolean {
  const resultNodes = resultTypes(definition);
  const type = resultNodes[result.index];
  if (type === undefined) refuse(t("The syntax around it is broken."));
  else edits.replace(type, result.type);
  const done = new Set<number>();
  let isZeroed = false;
  for (const value of returnedValues(definition, result)) {
    if (isNil(value) && isFailure(value, resultNodes)) {
      edits.replace(value, zeroValue(result.type, types));
      isZeroed = true;
      continue;
    }
    const variable = adaptReturned(value, types, edits);
    const declaration = variable === undefined ? undefined : declarationOf(variable);
    if (declaration === undefined || done.has(declaration.name.id)) continue;
    done.add(declaration.name.id);
    adaptPointerVariable(declaration, definition, result, types, edits);
  }
  return isZeroed;
}

function isNil(value: SyntaxNode): boolean {
  return value.type === "nil" || value.text === "nil";
}

/** Whether the last result beside the value says that there is none: an error, or false. */
function isFailure(value: SyntaxNode, results: readonly SyntaxNode[]): boolean {
  const list = value.parent?.type === "expression_list" ? operands(value.parent) : [];
  const last = list.at(-1);
  if (last === undefined || isSame(last, value)) return false;
  const type = results.at(-1)?.text;
  return type === "error" ? !isNil(last) : type === "bool" && last.text === "false";
}

/** Edits one returned value; the pointer variable, where it is one, which must be declared as a value then. */
function adaptReturned(value: SyntaxNode, types: PackageTypes, edits: FileEdits): SyntaxNode | undefined {
  if (isNil(value)) return refuse(t("It also returns nil."));
  if (createdType(value) !== undefined) {
    makeValue(value, types, edits);
    return undefined;
  }
  const operand = addressed(value);
  if (operand !== undefined) {
    refuseShared(operand, value);
    edits.replaceSpan(value.startIndex, operand.startIndex, "");
    return undefined;
  }
  if (value.type === "identifier") return value;
  return refuse(t("It also returns `{0}`, which is something else.", value.text));
}

/** The type of `&T{…}` and `new(T)` as written; undefined for everything else. */
function createdType(value: SyntaxNode): string | undefined {
  const operand = addressed(value);
  if (operand?.type === "composite_literal") return operand.childForFieldName("type")?.text;
  const call = asCall(value);
  const [type] = call?.arguments ?? [];
  if (call === undefined || type === undefined || calledIdentifier(call) !== "new") return undefined;
  if (!/^(?:type_identifier|qualified_type|identifier|array_type)$/.test(type.type)) return undefined;
  const kind = declarationOf(type)?.kind;
  return kind === undefined || kind === "type" ? type.text : undefined;
}

/** `&T{…}` becomes `T{…}`, and `new(T)` the zero value. */
function makeValue(value: SyntaxNode, types: PackageTypes, edits: FileEdits): void {
  const operand = addressed(value);
  const type = createdType(value);
  if (operand !== undefined) edits.replaceSpan(value.startIndex, operand.startIndex, "");
  else if (type !== undefined)
    edits.replace(value, useKind(value) === "returned" ? zeroValue(type, types) : typedZero(type, types));
}

/** The zero value with its type, as the place does not always give it one. */
function typedZero(type: string, types: PackageTypes): string {
  const zero = zeroValue(type, types);
  return zero.startsWith(type) || zero.startsWith("*") ? zero : `${type}(${zero})`;
}

function addressed(value: SyntaxNode): SyntaxNode | undefined {
  const isAddress = value.type === "unary_expression" && value.childForFieldName("operator")?.text === "&";
  const operand = isAddress ? value.childForFieldName("operand") : null;
  return operand === null ? undefined : withoutParentheses(operand);
}

/** `&v` and `&v.f` of a local that nothing else points to. */
function refuseShared(operand: SyntaxNode, address: SyntaxNode): void {
  let root = operand;
  while (root.type === "selector_expression") {
    const inner = root.childForFieldName("operand");
    if (inner === null) break;
    root = withoutParentheses(inner);
  }
  const declaration = root.type === "identifier" ? declarationOf(root) : undefined;
  if (declaration === undefined || isPackageLevel(declaration))
    return refuse(t("It also returns `{0}`, which is something else.", address.text));
  const definition = enclosingDefinition(address);
  for (const use of usesOf(declaration, definition)) {
    if (isInLiteral(use)) refuse(t("A function literal uses `{0}`.", use.text));
    if (useKind(use) === "address" && !isReturnedAddress(use))
      refuse(t("The address of `{0}` is taken elsewhere too.", use.text));
    if (isMethodCall(use)) refuse(t("A method called on `{0}` may keep the pointer.", use.text));
  }
}

function isReturnedAddress(use: SyntaxNode): boolean {
  return use.parent !== null && useKind(use.parent) === "returned";
}

/** `v.M(…)`, of which the syntax does not say whether M takes a pointer; a field that is a function is the same. */
function isMethodCall(use: SyntaxNode): boolean {
  const selector = use.parent;
  return selector?.type === "selector_expression" && selector.parent?.type === "call_expression"
    ? isSame(selector.parent.childForFieldName("function"), selector)
    : false;
}

/** `v := &T{…}` becomes `v := T{…}` where only its fields are used before it is returned. */
function adaptPointerVariable(
  declaration: Declaration,
  definition: SyntaxNode,
  result: PointerResult,
  types: PackageTypes,
  edits: FileEdits,
): void {
  const name = declaration.name.text;
  const value = initialValue(declaration);
  if (declaration.kind !== "variable" || value === undefined || createdType(value) !== result.type)
    return refuse(t("It also returns `{0}`, which is something else.", name));
  if (writtenType(declaration) !== undefined)
    refuse(t("`{0}` is declared with a written type, which would no longer fit.", name));
  for (const use of usesOf(declaration, definition)) {
    if (isInLiteral(use)) refuse(t("A function literal uses `{0}`.", name));
    const kind = useKind(use);
    if (kind === "returned") continue;
    if (kind !== "field") refuse(t("Other code gets the pointer `{0}`.", name));
    if (isMethodCall(use)) refuse(t("A method called on `{0}` may keep the pointer.", name));
    if (addressOfPart(use)) refuse(t("The address of a part of `{0}` is taken.", name));
  }
  makeValue(value, types, edits);
}

function addressOfPart(use: SyntaxNode): boolean {
  let node = use;
  while (node.parent !== null && /^(?:selector|index|parenthesized)_expression$/.test(node.parent.type))
    node = node.parent;
  return useKind(node) === "address" || useKind(node) === "slice";
}

function enclosingDefinition(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.parent !== null && current.type !== "function_declaration") current = current.parent;
  return current;
}
