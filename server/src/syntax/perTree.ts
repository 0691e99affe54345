/** Remembers what is found out about a whole tree, for as long as that tree is in use. */
import type { SyntaxNode } from "./goSyntax.js";

/** `compute` for the root of a node's tree, once for each tree. What it returns may hold nodes: it goes with the tree. */
export function perTree<T>(compute: (root: SyntaxNode) => T): (node: SyntaxNode) => T {
  const known = new WeakMap<object, { readonly value: T }>();
  return ({ tree }) => {
    let entry = known.get(tree);
    if (entry === undefined) {
      entry = { value: compute(tree.rootNode) };
      known.set(tree, entry);
    }
    return entry.value;
  };
}
