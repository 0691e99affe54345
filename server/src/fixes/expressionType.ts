/** The type of an expression as source text, as far as the declarations of its package tell. */
import { asCall } from "../syntax/calls.js";
import { type Declaration, initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { type PackageTypes, typeOfValue } from "./packageTypes.js";

/** Types that lead to others by name are not followed further than this. */
const depthLimit = 8;

/** Type of a variable, field, element, literal or call of the package's function; undefined for everything else. */
export function expressionType(expression: SyntaxNode, types: PackageTypes, depth = 0): string | undefined {
  const node = withoutParentheses(expression);
  if (depth > depthLimit) return undefined;
  switch (node.type) {
    case "identifier": {
      const declaration = declarationOf(node);
      if (declaration === undefined) return types.variables.get(node.text);
      return declaredType(declaration, types, depth + 1);
    }
    case "selector_expression": {
      const operand = node.childForFieldName("operand");
      const type = operand === null ? undefined : expressionType(operand, types, depth + 1);
      return type === undefined
        ? undefined
        : fieldType(type, node.childForFieldName("field")?.text ?? "", types);
    }
    case "index_expression": {
      const operand = node.childForFieldName("operand");
      const type = operand === null ? undefined : expressionType(operand, types, depth + 1);
      return type === undefined ? undefined : elementOf(type, types);
    }
    default:
      return typeOfValue(node) ?? calledType(node, types)[0];
  }
}

/** Element type of a slice, array or map type; named types of the package are looked through. */
export function elementOf(type: string, types: PackageTypes, depth = 0): string | undefined {
  const element = /^(?:\*?\[[^\]]*\]|map\[[^\]]*\])(.+)$/s.exec(type)?.[1];
  if (element !== undefined || depth > depthLimit) return element;
  const facts = types.types.get(type);
  return facts === undefined || facts.isGeneric ? undefined : elementOf(facts.underlying, types, depth + 1);
}

/** Type of a field of a struct or of a pointer to one, promoted fields included. */
export function fieldType(type: string, field: string, types: PackageTypes, depth = 0): string | undefined {
  const facts = types.types.get(type.replace(/^\*/, ""));
  if (facts === undefined || facts.isGeneric || depth > depthLimit) return undefined;
  if (!facts.isStruct) return fieldType(facts.underlying, field, types, depth + 1);
  const own = facts.fields.find(({ name }) => name === field);
  if (own !== undefined) return own.type;
  const promoted = facts.fields
    .filter(({ isEmbedded }) => isEmbedded)
    .flatMap((embedded) => fieldType(embedded.type, field, types, depth + 1) ?? []);
  return promoted.length === 1 ? promoted[0] : undefined;
}

function declaredType(declaration: Declaration, types: PackageTypes, depth: number): string | undefined {
  const { kind, node, name } = declaration;
  if (kind === "range-variable") return rangeType(declaration, types, depth);
  if (!["variable", "parameter", "receiver", "result"].includes(kind)) return undefined;
  const written = writtenType(declaration)?.text;
  if (node.type === "variadic_parameter_declaration")
    return written === undefined ? undefined : `[]${written}`;
  if (written !== undefined) return written;
  const value = initialValue(declaration);
  if (value !== undefined) return expressionType(value, types, depth);
  if (isPackageLevel(declaration)) return types.variables.get(name.text);
  const call = operands(node.childForFieldName(node.type === "var_spec" ? "value" : "right") ?? node)[0];
  const names = operands(node.childForFieldName("left") ?? node);
  const index = names.findIndex((each) => isSame(each, name));
  return call === undefined || index < 0 ? undefined : calledType(call, types)[index];
}

/** The second variable of a range loop has the element's type. */
function rangeType({ node, name }: Declaration, types: PackageTypes, depth: number): string | undefined {
  const operand = node.childForFieldName("right");
  const isValue = isSame(operands(node.childForFieldName("left") ?? node)[1], name);
  const type = operand === null || !isValue ? undefined : expressionType(operand, types, depth);
  return type === undefined ? undefined : elementOf(type, types);
}

/** Types of the results of a call of a function of the package. */
function calledType(node: SyntaxNode, types: PackageTypes): readonly string[] {
  const call = asCall(node);
  const callee = call === undefined ? undefined : withoutParentheses(call.callee);
  if (callee?.type !== "identifier") return [];
  const declaration = declarationOf(callee);
  const isPackages =
    declaration === undefined || (declaration.kind === "function" && isPackageLevel(declaration));
  return isPackages ? (types.functions.get(callee.text) ?? []) : [];
}
