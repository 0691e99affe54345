/** The named results around a place: the compiler calls them by their names, as it does with other variables. */
import { declaredBySignature } from "./declarations.js";
import { innermostFunction } from "./functions.js";
import type { GoTree } from "./goSyntax.js";
import type { TextSpan } from "./nodes.js";
import { perTree } from "./perTree.js";

/** Names of the results of the innermost function or func literal around the place; empty where they have none. */
export function resultNamesAround(tree: GoTree, place: TextSpan): ReadonlySet<string> {
  const node = tree.root.namedDescendantForIndex(place.start, place.end);
  const definition = node === null ? undefined : innermostFunction(node);
  if (definition === undefined) return none;
  const known = resultNames(definition);
  let names = known.get(definition.id);
  if (names === undefined) {
    const results = declaredBySignature(definition).filter(({ kind }) => kind === "result");
    names = new Set(results.map(({ name }) => name.text));
    known.set(definition.id, names);
  }
  return names;
}

const none: ReadonlySet<string> = new Set();

/** By the id of the function or func literal. */
const resultNames = perTree(() => new Map<number, ReadonlySet<string>>());
