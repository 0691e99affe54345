/** Sizes of types, as far as syntax alone tells. */
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { declarationOf } from "../syntax/scopes.js";
import { basicSizes } from "./basicSizes.js";

const typeSizes: Readonly<Record<string, number>> = {
  pointer_type: 8,
  map_type: 8,
  channel_type: 8,
  function_type: 8,
  slice_type: 24,
  interface_type: 16,
};

/** Size in bytes of a value of the type; undefined for structs and for names that are not Go's own. */
export function sizeOfType(type: SyntaxNode): number | undefined {
  if (type.type === "type_identifier" || type.type === "identifier") {
    return declarationOf(type) === undefined ? basicSizes[type.text] : undefined;
  }
  if (type.type !== "array_type") return typeSizes[type.type];
  const length = type.childForFieldName("length");
  const element = type.childForFieldName("element");
  const count = length === null ? undefined : integerConstant(length);
  const size = element === null ? undefined : sizeOfType(element);
  return count === undefined || size === undefined ? undefined : count * size;
}
