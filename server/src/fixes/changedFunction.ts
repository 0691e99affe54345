/** A function of a package whose signature is to change, and everything in the package that names it. */
import * as l10n from "@vscode/l10n";
import { functionDeclaration, innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, operands } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import type { FixInput } from "./fix.js";
import { named, refuseLinked } from "./packageFiles.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

export interface ChangedFunction {
  readonly definition: SyntaxNode;
  readonly name: string;
}

/** The function that the node stands in. Refuses methods, function literals, generic functions, and what is linked by name. */
export function changedFunction(input: FixInput, node: SyntaxNode): ChangedFunction {
  const definition = functionDeclaration(node);
  if (definition?.type !== "function_declaration" || !isSame(innermostFunction(node), definition))
    return refuse(t("Only functions can change their result, not methods and function literals."));
  const name = definition.childForFieldName("name")?.text ?? "";
  if (definition.childForFieldName("type_parameters") !== null) refuse(t("`{0}` is generic.", name));
  refuseLinked(input, name);
  return { definition, name };
}

/** The declaration of the function at package level, where it is in this file. */
export function definitionIn(tree: GoTree, name: string): SyntaxNode | undefined {
  return operands(tree.root).find(
    (node) => node.type === "function_declaration" && node.childForFieldName("name")?.text === name,
  );
}

/** Identifiers that mean the package's function: in other files than its own nothing local declares them. */
export function usesOfFunction(tree: GoTree, name: string): SyntaxNode[] {
  return named(tree, ["identifier"], name).filter((use) => {
    if (isFieldKey(use)) return false;
    const declaration = declarationOf(use);
    if (declaration === undefined) return true;
    return declaration.kind === "function" && !isSame(declaration.name, use);
  });
}

/** `name: …` in a struct literal; a function is no key of a map. */
function isFieldKey(name: SyntaxNode): boolean {
  const pair = name.parent?.type === "literal_element" ? name.parent.parent : null;
  return pair?.type === "keyed_element" && isSame(operands(pair)[0], name.parent);
}
