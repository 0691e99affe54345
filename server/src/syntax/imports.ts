/** The import declarations of a file, and which of its identifiers mean an imported package. */
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { isSame, operands, present } from "./nodes.js";
import { declarationOf } from "./scopes.js";

/** One import spec (go.dev/ref/spec#Import_declarations). Holds nodes: it stays within `withTree`. */
export interface ImportSpec {
  readonly node: SyntaxNode;
  readonly declaration: SyntaxNode;
  /** Unquoted. */
  readonly path: string;
  /** The alias, `.` or `_`; undefined where none is written. */
  readonly alias: string | undefined;
}

/** The last element of an import path without a version: `yaml` of `gopkg.in/yaml.v3`, `chi` of `github.com/go-chi/chi/v5`. */
export function lastElement(path: string): string {
  const elements = path.split("/");
  const last = elements.at(-1) ?? "";
  const name = /^v\d+$/.test(last) ? (elements.at(-2) ?? last) : last;
  return name.replace(/\.v\d+$/, "");
}

/** All import specs of the file in source order, `import "C"` included. */
export function importSpecs({ root }: Pick<GoTree, "root">): ImportSpec[] {
  // They stand at the top: the rest of a large tree takes longer to look through than to parse.
  return operands(root)
    .filter(({ type }) => type === "import_declaration")
    .flatMap((declaration) => present(declaration.descendantsOfType("import_spec")).map(specOf(declaration)));
}

function specOf(declaration: SyntaxNode): (node: SyntaxNode) => ImportSpec {
  return (node) => {
    const path = node.childForFieldName("path")?.text.slice(1, -1) ?? "";
    return { node, declaration, path, alias: node.childForFieldName("name")?.text };
  };
}

/**
 * The name that the file has for a package of the standard library, whose last path element is its name. Undefined where
 * the file does not import it, or only by a dot or a blank, which give its functions no qualifier.
 */
export function importedName(tree: GoTree, path: string): string | undefined {
  for (const spec of importSpecs(tree)) {
    if (spec.path !== path || spec.alias === "." || spec.alias === "_") continue;
    return spec.alias ?? path.slice(path.lastIndexOf("/") + 1);
  }
  return undefined;
}

/** The identifiers that mean a package imported by that name, not a declaration that shadows it. */
export function packageUses(tree: GoTree, name: string): SyntaxNode[] {
  return present(tree.root.descendantsOfType(["identifier", "package_identifier"])).filter(
    (node) => node.text === name && isQualifier(node) && declarationOf(node) === undefined,
  );
}

/** The package and function that a callee such as `fmt.Sprintf` names; undefined for methods, locals and dot imports. */
export function packageFunction(
  tree: GoTree,
  callee: SyntaxNode,
): { path: string; name: string; qualifier: SyntaxNode } | undefined {
  if (callee.type !== "selector_expression") return undefined;
  const qualifier = callee.childForFieldName("operand");
  const name = callee.childForFieldName("field")?.text;
  if (qualifier?.type !== "identifier" || name === undefined || declarationOf(qualifier) !== undefined)
    return undefined;
  const spec = importSpecs(tree).find(
    ({ path, alias }) => (alias ?? path.slice(path.lastIndexOf("/") + 1)) === qualifier.text,
  );
  return spec === undefined ? undefined : { path: spec.path, name, qualifier };
}

/** `x` in `x.y`, as an expression or a type. */
function isQualifier(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type === "selector_expression") return isSame(parent.childForFieldName("operand"), node);
  return parent?.type === "qualified_type" && isSame(parent.childForFieldName("package"), node);
}
