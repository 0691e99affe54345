/** Remembers what is found out about a whole tree, for as long as that tree is in use. */
import type { SyntaxNode } from "./goSyntax.js";
import { perObject } from "./perObject.js";

/** `compute` for the root of a node's tree, once for each tree. What it returns may hold nodes: it goes with the tree. */
export function perTree<T>(compute: (root: SyntaxNode) => T): (node: SyntaxNode) => T {
  const ofTree = perObject(({ rootNode }: SyntaxNode["tree"]) => compute(rootNode));
  return ({ tree }) => ofTree(tree);
}
