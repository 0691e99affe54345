import type { GoTree } from "./goSyntax.js";
import { isWithin, present, type TextSpan } from "./nodes.js";
import { declarationOf, isPackageLevel } from "./scopes.js";

/** Kinds of names that need no memory of a closure's own. */
const free: ReadonlySet<string> = new Set(["constant", "type", "function", "import"]);

/**
 * Whether the function literal at the place uses no variable of the functions around it: it is then a constant, and
 * allocates nothing. False where that is not certain.
 */
export function capturesNothing(tree: GoTree, place: TextSpan): boolean {
  const literal = tree.root.namedDescendantForIndex(place.start, place.end);
  if (literal?.type !== "func_literal" || literal.hasError) return false;
  return present(literal.descendantsOfType("identifier")).every((name) => {
    const declaration = declarationOf(name);
    if (declaration === undefined || free.has(declaration.kind) || isPackageLevel(declaration)) return true;
    return isWithin(declaration.name, literal);
  });
}

/** The go or defer statement that calls the function literal at the place; null when none does. */
export function callingStatement(tree: GoTree, place: TextSpan): "go" | "defer" | null {
  let node = tree.root.namedDescendantForIndex(place.start, place.end);
  if (node?.type !== "func_literal") return null;
  while (node !== null && calls.has(node.type)) node = node.parent;
  if (node?.type === "go_statement") return "go";
  return node?.type === "defer_statement" ? "defer" : null;
}

/** From a literal to the statement that calls it there is nothing but the call. */
const calls: ReadonlySet<string> = new Set(["func_literal", "parenthesized_expression", "call_expression"]);
