/** What the comparison of `sort.Slice` compares: parts of the two elements, as an expression of the element alone. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import { initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { withoutParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { fieldType } from "./expressionType.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { isBuiltin } from "./sourceFile.js";

const { t } = l10n;

export interface Sorted {
  /** Source text of the slice. */
  readonly slice: string;
  readonly element: string;
  readonly types: PackageTypes;
  /** The indexes' names. */
  readonly indexes: readonly [string, string];
  /** The elements' names: variables of the old literal that hold them, or point to them, or what nothing in it is called. */
  readonly names: readonly [string, string];
}

/** One side of a `<`: which element it reads, what of it, and the type of that. */
export interface Key {
  readonly side: 0 | 1;
  /** With a blank in place of the element. */
  readonly shape: string;
  readonly type: string;
}

/** Functions of one string or length whose result is ordered. */
const stringFunctions = /^strings\.(?:ToLower|ToUpper|TrimSpace)$/;

/** Reads one side of the comparison. Refuses what is no part of one element, or of a type that is not written. */
export function keyOf(expression: SyntaxNode | null, sorted: Sorted): Key {
  const node = expression === null ? undefined : withoutParentheses(expression);
  if (node?.type === "index_expression") {
    const isElement = node.childForFieldName("operand")?.text === sorted.slice;
    return isElement
      ? elementKey(node.childForFieldName("index"), sorted.indexes, sorted)
      : lookupKey(node, sorted);
  }
  if (node?.type === "identifier") return elementKey(node, sorted.names, sorted);
  if (node?.type === "selector_expression") {
    const key = keyOf(node.childForFieldName("operand"), sorted);
    const field = node.childForFieldName("field")?.text ?? "";
    const type = fieldType(key.type, field, sorted.types);
    if (type === undefined) return refuse(t("The type of `{0}` is not written in this package.", node.text));
    return { ...key, shape: `${key.shape}.${field}`, type };
  }
  const call = node === undefined ? undefined : asCall(node);
  const [argument] = call?.arguments ?? [];
  if (call !== undefined && argument !== undefined && call.arguments.length === 1) {
    const callee = call.callee.text;
    const type = callee === "len" ? "int" : stringFunctions.test(callee) ? "string" : undefined;
    const key = keyOf(argument, sorted);
    if (type !== undefined) return { ...key, shape: `${callee}(${key.shape})`, type };
  }
  return refuse(t("The comparison is not a plain `<` of parts of two elements."));
}

/** The element that the name stands for, or is the index of. */
function elementKey(name: SyntaxNode | null, both: readonly [string, string], { element }: Sorted): Key {
  const side = both.findIndex((each) => each === name?.text);
  if (side !== 0 && side !== 1)
    return refuse(t("The comparison is not a plain `<` of parts of two elements."));
  return { side, shape: "\0", type: element };
}

/** `m[s[i]]`: what a map, or another slice, has for the element. */
function lookupKey(node: SyntaxNode, sorted: Sorted): Key {
  const operand = node.childForFieldName("operand");
  const declaration = operand?.type === "identifier" ? declarationOf(operand) : undefined;
  const value = declaration === undefined ? undefined : initialValue(declaration);
  const type = declaration === undefined ? undefined : (writtenType(declaration) ?? typeWithin(value));
  const looked = type?.childForFieldName(type.type === "map_type" ? "value" : "element");
  if (operand === null || looked === null || looked === undefined)
    return refuse(t("The type of `{0}` is not written in this package.", node.text));
  const key = keyOf(node.childForFieldName("index"), sorted);
  return { ...key, shape: `${operand.text}[${key.shape}]`, type: looked.text };
}

/** `map[K]V` of `map[K]V{…}` and `make(map[K]V)`. */
function typeWithin(value: SyntaxNode | undefined): SyntaxNode | undefined {
  if (value?.type === "composite_literal") return value.childForFieldName("type") ?? undefined;
  const call = value === undefined ? undefined : asCall(value);
  return call !== undefined && isBuiltin(call.callee, "make") ? call.arguments[0] : undefined;
}
