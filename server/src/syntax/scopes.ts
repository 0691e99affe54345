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
    const found =
      scope.type === "source_file"
        ? packageLevel(scope).get(text)
        : visibleIn(scope, inner, name).find((declaration) => declaration.name.text === text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the file declares at package level, the first of equals: each lookup ends here unless it is local. */
const packageLevel = perTree((root) => {
  const declarations = new Map<string, Declaration>();
  for (const declaration of operands(root).flatMap((child) => declaredBy(child))) {
    const { text } = declaration.name;
    if (!declarations.has(text)) declarations.set(text, declaration);
  }
  return declarations;
});

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

/** What `scope` declares for its child `inner`, in which the name stands. */
function visibleIn(scope: SyntaxNode, inner: SyntaxNode, name: SyntaxNode): Declaration[] {
  switch (scope.type) {
    case "statement_list":
    case "expression_case":
    case "default_case":
    case "type_case":
      return declaredBefore(scope, inner, name);
    case "function_declaration":
    case "method_declaration":
    case "func_literal":
      return declaredBySignature(scope);
    case "for_clause":
      return isInitializer(scope, inner) ? [] : declaredByChild(scope.childForFieldName("initializer"));
    default:
      return headers.has(scope.type) ? declaredForChild(scope, inner, name) : [];
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

/** Statements of a list up to the one with the name; of that one only the name itself, where it is declared there. */
function declaredBefore(list: SyntaxNode, inner: SyntaxNode, name: SyntaxNode): Declaration[] {
  const found: Declaration[] = [];
  for (const { id, declarations } of statementsOf(list)) {
    if (id === inner.id) {
      found.push(...declarations.filter((declaration) => isSame(declaration.name, name)));
      break;
    }
    found.push(...declarations);
  }
  return found;
}

interface DeclaringStatement {
  readonly id: number;
  readonly declarations: readonly Declaration[];
}

const statementLists = perTree(() => new Map<number, readonly DeclaringStatement[]>());

function statementsOf(list: SyntaxNode): readonly DeclaringStatement[] {
  const lists = statementLists(list);
  let statements = lists.get(list.id);
  if (statements === undefined) {
    statements = operands(list).map((node) => ({ id: node.id, declarations: declaredBy(node) }));
    lists.set(list.id, statements);
  }
  return statements;
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
