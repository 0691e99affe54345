/** The definition of a function whose slice result becomes an array: what it returns, and the edits to its body. */
import * as l10n from "@vscode/l10n";
import { type Declaration, initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { isSame, operands, present } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { makeSlice } from "./allocatedSlice.js";
import { arrayLengthText } from "./arrayLength.js";
import { adaptUse, isInLiteral } from "./arrayUses.js";
import { sizeOfType } from "./constants.js";
import type { FileEdits } from "./edits.js";
import { type ResultPosition, resultTypes, returnedValues } from "./functionResults.js";
import { refuse } from "./refusal.js";
import { useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/** Plain data: it outlives the tree that it was read from. */
export interface ArrayResult extends ResultPosition {
  /** The array's length and element type as Go source that holds in the whole package. */
  readonly length: string;
  readonly element: string;
  readonly bytes: number;
}

/** A slice or array of constant length that a function makes. */
interface Made {
  readonly value: number;
  readonly length: string;
  readonly element: SyntaxNode;
  readonly form: "make" | "literal" | "array";
}

/** Bytes taken for elements whose type is declared elsewhere. */
const unknownSize = 16;

/** Reads what the function makes at the site's node. Refuses lengths and results that are not constant and plain. */
export function arrayResult(definition: SyntaxNode, node: SyntaxNode): ArrayResult {
  const made = madeAt(node);
  if (made === undefined) return refuse(t("The length of the slice is not a constant."));
  const types = resultTypes(definition);
  const index = types.findIndex((type) => isSliceOf(type, made.element.text));
  const { length, count } = { length: made.length, count: types.length };
  if (index < 0) return refuse(t("The function does not return it as `[]{0}`.", made.element.text));
  const bytes = made.value * (sizeOfType(made.element) ?? unknownSize);
  return { index, count, length, element: made.element.text, bytes };
}

/** Edits the signature, what is returned, and what makes it. Refuses a body that needs a slice. */
export function adaptDefinition(definition: SyntaxNode, result: ArrayResult, edits: FileEdits): void {
  const type = resultTypes(definition)[result.index];
  if (type === undefined) refuse(t("The syntax around it is broken."));
  else edits.replace(type, arrayText(result));
  const variables = new Map<number, Declaration>();
  for (const returned of returnedValues(definition, result)) {
    const name = adaptReturned(returned, result, edits);
    const declaration = name === undefined ? undefined : declarationOf(name);
    if (declaration !== undefined) variables.set(declaration.name.id, declaration);
  }
  for (const declaration of variables.values()) adaptVariable(declaration, definition, result, edits);
}

function madeAt(node: SyntaxNode): Made | undefined {
  const slice = makeSlice(node);
  if (slice !== undefined) {
    const value = slice.capacity === undefined ? integerConstant(slice.length) : undefined;
    return value === undefined
      ? undefined
      : { value, length: packageText(slice.length, value), element: slice.element, form: "make" };
  }
  if (node.type === "composite_literal") return madeByLiteral(node);
  const declaration = node.type === "identifier" ? declarationOf(node) : undefined;
  const type = declaration?.kind === "variable" ? writtenType(declaration) : undefined;
  return type?.type === "array_type" ? madeOfArray(type) : undefined;
}

function madeByLiteral(literal: SyntaxNode): Made | undefined {
  const element = literal.childForFieldName("type")?.childForFieldName("element") ?? null;
  const body = literal.childForFieldName("body");
  const elements = body === null ? [] : operands(body);
  const isPlain = literal.childForFieldName("type")?.type === "slice_type" && elements.length > 0;
  if (!isPlain || element === null || elements.some(({ type }) => type === "keyed_element")) return undefined;
  return { value: elements.length, length: String(elements.length), element, form: "literal" };
}

function madeOfArray(type: SyntaxNode): Made | undefined {
  const length = type.childForFieldName("length");
  const element = type.childForFieldName("element");
  const value = length === null ? undefined : integerConstant(length);
  if (length === null || element === null || value === undefined) return undefined;
  return { value, length: packageText(length, value), element, form: "array" };
}

/** The expression where all its names are the package's, else its value. */
function packageText(expression: SyntaxNode, value: number): string {
  const names = present(expression.descendantsOfType("identifier"));
  const isVisible = names.every((name) => {
    const declaration = declarationOf(name);
    return declaration !== undefined && isPackageLevel(declaration);
  });
  return isVisible ? arrayLengthText(expression) : String(value);
}

function isSliceOf(type: SyntaxNode, element: string): boolean {
  return type.type === "slice_type" && type.childForFieldName("element")?.text === element;
}

/** Edits what a return statement returns; the variable, where it is one. */
function adaptReturned(value: SyntaxNode, result: ArrayResult, edits: FileEdits): SyntaxNode | undefined {
  if (value.type === "identifier") return value;
  const sliced = value.type === "slice_expression" ? value.childForFieldName("operand") : null;
  if (sliced?.type === "identifier" && value.text.replace(/\s/g, "") === `${sliced.text}[:]`) {
    edits.replace(value, sliced.text);
    return sliced;
  }
  const made = madeAt(value);
  if (made === undefined || !isAlike(made, result) || made.form === "array")
    return refuse(t("It also returns `{0}`, which is something else.", value.text));
  rewriteMade(value, made, result, edits);
  return undefined;
}

/** `make([]T, N)` becomes `[N]T{}`, and `[]T{…}` becomes `[N]T{…}`. */
function rewriteMade(node: SyntaxNode, made: Made, result: ArrayResult, edits: FileEdits): void {
  const type = node.childForFieldName("type");
  if (made.form === "make") edits.replace(node, `${arrayText(result)}{}`);
  else if (type !== null) edits.replace(type, arrayText(result));
}

function adaptVariable(
  declaration: Declaration,
  definition: SyntaxNode,
  result: ArrayResult,
  edits: FileEdits,
): void {
  const name = declaration.name.text;
  const value = initialValue(declaration);
  const type = writtenType(declaration);
  const made = madeAt(value ?? declaration.name);
  if (declaration.kind !== "variable" || made === undefined || !isAlike(made, result))
    return refuse(t("It also returns `{0}`, which is something else.", name));
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isInLiteral(use))) refuse(t("A function literal uses `{0}`.", name));
  if (made.form === "array") return;
  if (value === undefined || type !== undefined)
    return refuse(t("`{0}` is declared with a written type, which would no longer fit.", name));
  const statement = declaration.node;
  const isOnlyOne =
    statement.type === "short_var_declaration" && operands(statement)[0]?.namedChildren.length === 1;
  if (!isOnlyOne) return refuse(t("`{0}` is not declared on its own.", name));
  if (made.form === "make") edits.replace(statement, `var ${name} ${arrayText(result)}`);
  else rewriteMade(value, made, result, edits);
  for (const use of uses) if (!isReturned(use)) adaptUse(use, uses, edits);
}

/** `return s` and `return s[:]`, which are edited already. */
function isReturned(use: SyntaxNode): boolean {
  if (useKind(use) === "returned") return true;
  const { parent } = use;
  const isWhole = parent?.type === "slice_expression" && parent.text.replace(/\s/g, "") === `${use.text}[:]`;
  return isWhole && useKind(parent) === "returned" && isSame(parent.childForFieldName("operand"), use);
}

function isAlike(made: Made, result: ArrayResult): boolean {
  return made.length === result.length && made.element.text === result.element;
}

function arrayText({ length, element }: ArrayResult): string {
  return `[${length}]${element}`;
}
