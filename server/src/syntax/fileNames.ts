/** Names that a file declares beside its scopes: members of types, and the packages that it imports. */
import type { GoTree } from "./goSyntax.js";
import { operands, present } from "./nodes.js";
import { perObject } from "./perObject.js";

export interface FileNames {
  readonly fields: ReadonlySet<string>;
  readonly methods: ReadonlySet<string>;
  /** Import paths by the name that the file uses. */
  readonly imports: ReadonlyMap<string, string>;
}

/**
 * Names of fields and methods declared anywhere in the file, and its imports, found once for each tree, since each message
 * about a selector asks. An import without a name is taken to have its path's last element, version suffixes and a leading
 * `go-` aside: the package clause is not at hand. What is returned holds no nodes.
 */
export const fileNames = perObject((tree: GoTree): FileNames => ({
  fields: namesOf(tree, "field_declaration"),
  methods: namesOf(tree, "method_declaration"),
  imports: importsOf(tree),
}));

function namesOf(tree: GoTree, type: string): Set<string> {
  const declarations = present(tree.root.descendantsOfType(type));
  return new Set(
    declarations.flatMap((node) => present(node.childrenForFieldName("name")).map((name) => name.text)),
  );
}

function importsOf(tree: GoTree): Map<string, string> {
  const imports = new Map<string, string>();
  const declarations = operands(tree.root).filter(({ type }) => type === "import_declaration");
  for (const spec of declarations.flatMap((each) => present(each.descendantsOfType("import_spec")))) {
    const path = spec.childForFieldName("path")?.text.slice(1, -1) ?? "";
    imports.set(spec.childForFieldName("name")?.text ?? packageName(path), path);
  }
  return imports;
}

function packageName(path: string): string {
  const element = path.split("/").findLast((part) => !/^v\d+$/.test(part)) ?? path;
  return element.replace(/\.v\d+$/, "").replace(/^go-/, "");
}
