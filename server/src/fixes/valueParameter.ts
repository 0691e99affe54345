/** A function whose pointer parameter becomes a value: its own body, and its calls. */
import * as l10n from "@vscode/l10n";
import type { Declaration } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, isWithin, operands, present, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import type { FileEdits } from "./edits.js";
import type { PackageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { statementLine } from "./statementLine.js";
import { functionOf, isCaptured, isWrittenThrough, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/** The type that the parameter (from 0) points to, as source text. Refuses what is not a named pointer of its own. */
export function pointedType(definition: SyntaxNode, index: number): string {
  const type = parameterAt(definition, index).childForFieldName("type");
  const pointee = type?.type === "pointer_type" ? operands(type)[0] : undefined;
  return pointee?.text ?? refuse(t("The function's parameter is no pointer."));
}

/**
 * Edits the parameter and its uses in the body. Refuses all but reading: what is written, compared, handed on or kept by a
 * function literal needs the pointer itself.
 */
export function takeValue(
  definition: SyntaxNode,
  index: number,
  types: PackageTypes,
  edits: FileEdits,
): void {
  const parameter = parameterAt(definition, index);
  const type = parameter.childForFieldName("type");
  const name = parameter.childForFieldName("name");
  const declaration = name === null ? undefined : declarationOf(name);
  const pointee = pointedType(definition, index);
  if (type === null || name === null) return refuse(t("The syntax around it is broken."));
  edits.replace(type, pointee);
  if (declaration === undefined || name.text === "_") return;
  for (const use of usesOf(declaration, definition)) readValue(use, declaration, pointee, types, edits);
}

/**
 * Edits one call of the function. `&v` becomes `v`, and another pointer `*p`, which is copied when the call is made. Refuses
 * goroutines and deferred calls that may see v change afterwards.
 */
export function passValue(call: SyntaxNode, index: number, edits: FileEdits): void {
  const list = call.childForFieldName("arguments");
  const argument = list === null ? undefined : operands(list)[index];
  if (list === null || argument === undefined || argument.type === "variadic_argument")
    return refuse(t("A caller hands on another function's results: `{0}`.", statementLine(call)));
  const node = withoutParentheses(argument);
  const operand =
    node.type === "unary_expression" && node.childForFieldName("operator")?.text === "&"
      ? node.childForFieldName("operand")
      : null;
  const isLater = /^(?:go|defer)_statement$/.test(call.parent?.type ?? "");
  if (operand === null) {
    const isPlain = /^(?:identifier|selector_expression|index_expression|call_expression)$/.test(node.type);
    if (isLater || !isPlain || node.text === "nil")
      return refuse(t("A caller has the pointer from elsewhere: `{0}`.", statementLine(call)));
    edits.replaceSpan(node.startIndex, node.startIndex, "*");
    return;
  }
  if (isLater && operand.type !== "composite_literal") refuseChanging(operand, call);
  edits.replaceSpan(argument.startIndex, operand.startIndex, "");
  if (argument.endIndex > operand.endIndex) edits.replaceSpan(operand.endIndex, argument.endIndex, "");
}

/** The variable must keep its value from the statement on, as the copy does. */
function refuseChanging(operand: SyntaxNode, call: SyntaxNode): void {
  const name = withoutParentheses(operand);
  const declaration = name.type === "identifier" ? declarationOf(name) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined || isPackageLevel(declaration))
    return refuse(t("`{0}` may change after the call.", operand.text));
  const loop = ancestor(call, new Set(["for_statement", "func_literal"]));
  const isOfTurn = loop === undefined || isWithin(declaration.name, loop);
  for (const use of usesOf(declaration, definition)) {
    if (isWithin(use, call)) continue;
    if (isCaptured(use, declaration)) refuse(t("A function literal uses `{0}`.", name.text));
    const kind = useKind(use);
    if (kind === "address") refuse(t("The address of `{0}` is taken elsewhere too.", name.text));
    const isWritten = kind === "assigned" || isWrittenThrough(use) || isMethodCall(use);
    if (isWritten && (use.startIndex > call.endIndex || !isOfTurn))
      refuse(t("`{0}` may change after the call.", name.text));
  }
}

function readValue(
  use: SyntaxNode,
  declaration: Declaration,
  type: string,
  { methods }: PackageTypes,
  edits: FileEdits,
): void {
  const name = use.text;
  if (isCaptured(use, declaration)) return refuse(t("A function literal uses `{0}`.", name));
  const { parent } = use;
  if (parent?.type === "unary_expression" && parent.childForFieldName("operator")?.text === "*") {
    if (isWrittenThrough(parent)) return refuse(t("The code writes through `{0}`.", name));
    const isParenthesized = parent.parent?.type === "parenthesized_expression";
    if (isParenthesized) edits.replace(parent.parent, name);
    else edits.replaceSpan(parent.startIndex, use.startIndex, "");
    return;
  }
  const kind = useKind(use);
  if (kind === "index" || kind === "range" || kind === "length" || kind === "slice")
    return refuse(t("`{0}` points to an array.", name));
  if (kind !== "field") return refuse(t("Other code gets the pointer `{0}`.", name));
  if (isWrittenThrough(use)) return refuse(t("The code writes through `{0}`.", name));
  const method = parent?.childForFieldName("field")?.text ?? "";
  if (isMethodCall(use) && methods.get(`${type}.${method}`)?.isPointer !== false)
    refuse(t("A method called on `{0}` may keep the pointer.", name));
}

/** `v.M(…)`; a field that is a function is the same to the syntax. */
function isMethodCall(use: SyntaxNode): boolean {
  const selector = use.parent;
  if (selector?.type !== "selector_expression") return false;
  return isSame(selector.parent?.childForFieldName("function"), selector);
}

/** The parameter's declaration, where no other shares it. */
function parameterAt(definition: SyntaxNode, index: number): SyntaxNode {
  const list = definition.childForFieldName("parameters");
  const parameters = (list === null ? [] : operands(list)).flatMap((parameter) => {
    const names = present(parameter.childrenForFieldName("name")).filter((name) => name.isNamed);
    return Array.from({ length: Math.max(names.length, 1) }, () => ({ parameter, names }));
  });
  const found = parameters[index];
  if (found?.parameter.type !== "parameter_declaration")
    return refuse(t("The function's parameter is no pointer."));
  if (found.names.length > 1) return refuse(t("The parameter shares its type with others."));
  return found.parameter;
}
