import { asCall } from "./calls.js";
import type { GoTree } from "./goSyntax.js";
import { type TextSpan, withoutParentheses } from "./nodes.js";
import { declarationOf } from "./scopes.js";

/**
 * What the type is declared as that the expression at the place converts to (source text: `string`, `[]byte`, another
 * name); undefined where the file does not declare one, and for calls, which look the same.
 */
export function typeOfConversion(tree: GoTree, place: TextSpan): string | undefined {
  const node = tree.root.namedDescendantForIndex(place.start, place.end);
  const call = node === null ? undefined : asCall(withoutParentheses(node));
  const declaration = call && declarationOf(withoutParentheses(call.callee));
  return declaration?.kind === "type" ? declaration.node.childForFieldName("type")?.text : undefined;
}
