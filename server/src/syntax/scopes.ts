/** Finds what an identifier means within its file, by Go's scope rules (go.dev/ref/spec#Declarations_and_scope). */
import { declaredBy, declaredBySignature, declaredInHeader, type Declaration } from "./declarations.js";
import type { SyntaxNode } from "./goSyntax.js";
import { isSame, operands } from "./nodes.js";
import { perTree } from "./perTree.js";

const definitions: ReadonlySet<string> = new Set([
  "function_declaration",
  "method_declaration",
  "func_literal",
]);
/**
 * The declaration that a use of a name refers to, or the declaration that the name stands in. Undefined for names of
 * other files, of dot imports and of the universe. Field and method names are not looked at: ask for plain identifiers.
 */
export function declarationOf(name: SyntaxNode): Declaration | undefined {
  let inner: SyntaxNode = name;
  const { text } = name;
  for (let scope = name.parent; scope !== null; inner = scope, scope = scope.parent) {
    const found = visibleIn(scope, inner, name, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the file declares at package level: each lookup ends here unless it is local. */
const packageLevel = perTree((root) => firstByName(operands(root).flatMap((child) => declaredBy(child))));

/** The first of equals. */
function firstByName(all: readonly Declaration[]): ReadonlyMap<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const declaration of all) {
    const { text } = declaration.name;
    if (!declarations.has(text)) declarations.set(text, declaration);
  }
  return declarations;
}

/** What the file of this root declares by the name at package level. */
export function declaredAtTop(root: SyntaxNode, name: string): Declaration | undefined {
  return packageLevel(root).get(name);
}

/** Whether the declaration is at package level. */
export function isPackageLevel(declaration: Declaration): boolean {
  let current: SyntaxNode | null = declaration.node;
  while (current !== null && current.type !== "source_file") {
    if (current.type === "block" || definitions.has(current.type)) return isTopFunction(declaration);
    current = current.parent;
  }
  return true;
}

function isTopFunction(declaration: Declaration): boolean {
  return declaration.kind === "function" && declaration.node.parent?.type === "source_file";
}

/** What `scope` declares by the name's text for its child `inner`, in which the name stands. */
function visibleIn(
  scope: SyntaxNode,
  inner: SyntaxNode,
  name: SyntaxNode,
  text: string,
): Declaration | undefined {
  const isCalled = (declaration: Declaration): boolean => declaration.name.text === text;
  switch (scope.type) {
    case "source_file":
      return packageLevel(scope).get(text);
    case "statement_list":
    case "expression_case":
    case "default_case":
    case "type_case":
      return declaredBefore(scope, inner, name, text);
    case "function_declaration":
    case "method_declaration":
    case "func_literal":
      return signatureOf(scope).get(text);
    case "for_clause":
      return isInitializer(scope, inner)
        ? undefined
        : declaredByChild(scope.childForFieldName("initializer")).find(isCalled);
    default:
      return headers.has(scope.type) ? declaredForChild(scope, inner, name).find(isCalled) : undefined;
  }
}

const headers: ReadonlySet<string> = new Set([
  "if_statement",
  "for_statement",
  "expression_switch_statement",
  "type_switch_statement",
  "communication_case",
]);

function declaredByChild(child: SyntaxNode | null): Declaration[] {
  return child === null ? [] : declaredBy(child);
}

/** By statements of a list up to the one with the name; by that one only the name itself, where it is declared there. */
function declaredBefore(
  list: SyntaxNode,
  inner: SyntaxNode,
  name: SyntaxNode,
  text: string,
): Declaration | undefined {
  // Ids are in the order of the text (treeCopy.ts).
  return statementsOf(list)
    .get(text)
    ?.find(
      ({ statement, declaration }) =>
        statement < inner.id || (statement === inner.id && isSame(declaration.name, name)),
    )?.declaration;
}

interface DeclaredInList {
  /** Id of the statement. */
  readonly statement: number;
  readonly declaration: Declaration;
}

/** What the statements of a list declare, by name. */
const statementsOf = perNode((list) => {
  const names = new Map<string, DeclaredInList[]>();
  for (const statement of operands(list)) {
    for (const declaration of declaredBy(statement)) {
      const { text } = declaration.name;
      const known = names.get(text) ?? [];
      known.push({ statement: statement.id, declaration });
      names.set(text, known);
    }
  }
  return names;
});

/** What the signature of a function declares, by name. */
const signatureOf = perNode((definition) => firstByName(declaredBySignature(definition)));

/** Computes something for a node once: names are looked up many times in the scopes around them. */
function perNode<T>(compute: (node: SyntaxNode) => T): (node: SyntaxNode) => T {
  const known = perTree(() => new Map<number, T>());
  return (node) => {
    const values = known(node);
    let value = values.get(node.id);
    if (value === undefined) {
      value = compute(node);
      values.set(node.id, value);
    }
    return value;
  };
}

/** A header's names hold in the rest of its statement; within the header itself only the declared name means itself. */
function declaredForChild(scope: SyntaxNode, inner: SyntaxNode, name: SyntaxNode): Declaration[] {
  const declared = declaredInHeader(scope);
  const isHeader =
    isInitializer(scope, inner) ||
    ["for_clause", "range_clause", "receive_statement", "send_statement"].includes(inner.type) ||
    (scope.type === "type_switch_statement" && !inner.type.endsWith("_case"));
  return isHeader ? declared.filter((declaration) => isSame(declaration.name, name)) : declared;
}

function isInitializer(scope: SyntaxNode, inner: SyntaxNode): boolean {
  return isSame(scope.childForFieldName("initializer"), inner);
}
