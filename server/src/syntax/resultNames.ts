/** The named results around a place: the compiler calls them by their names, as it does with other variables. */
import { declaredBySignature } from "./declarations.js";
import { innermostFunction } from "./functions.js";
import type { GoTree } from "./goSyntax.js";
import type { TextSpan } from "./nodes.js";

/** Names of the results of the innermost function or func literal around the place; empty where they have none. */
export function resultNamesAround(tree: GoTree, place: TextSpan): ReadonlySet<string> {
  const node = tree.root.namedDescendantForIndex(place.start, place.end);
  const definition = node === null ? undefined : innermostFunction(node);
  const declarations = definition === undefined ? [] : declaredBySignature(definition);
  return new Set(declarations.filter(({ kind }) => kind === "result").map(({ name }) => name.text));
}
