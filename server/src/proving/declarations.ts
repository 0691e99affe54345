/** The top-level declarations of a package and the names in them: what may use what, by names alone. */
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { importSpecs } from "../syntax/imports.js";
import { operands, present } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";

export interface Declaration {
  /** Identifiers in it, of fields and methods too. */
  readonly words: ReadonlySet<string>;
  /** Import paths of the packages that it names. */
  readonly packages: ReadonlySet<string>;
  /** Source text, with plain line ends. */
  readonly text: string;
}

/** By name, what a package declares; of methods the bare name. */
export type Declarations = ReadonlyMap<string, readonly Declaration[]>;

/**
 * Goes through what a declaration may use, what that may use, and so on: finds too much rather than too little, since whose
 * method a name means cannot be told without types.
 *
 * @param names Bare names to begin with.
 */
export function* reachable(
  names: Iterable<string>,
  declarations: Declarations,
): Generator<{ readonly name: string; readonly declaration: Declaration }> {
  const seen = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const declaration of declarations.get(name) ?? []) {
      yield { name, declaration };
      waiting.push(...declaration.words);
    }
  }
}

/** The bare names in that of a function as the compiler writes it: of `(*T).M` both `T` and `M`. */
export function namesIn(functionName: string): string[] {
  return functionName.split(/[().*]+/).filter((word) => word !== "");
}

/** The top-level declarations of files, with their names. */
export function declarationsOf(sources: Iterable<SourceText>): Declarations {
  const all = new Map<string, Declaration[]>();
  for (const source of sources) {
    withTree(source, (tree) => {
      const names = importNames(tree);
      for (const node of operands(tree.root)) {
        if (node.type === "import_declaration" || node.type === "package_clause") continue;
        const declaration = read(node, names);
        for (const name of declaredNames(node)) all.set(name, [...(all.get(name) ?? []), declaration]);
      }
    });
  }
  return all;
}

/** Import path by name; a dot import has every name, so that it stands for all declarations of the file. */
function importNames(tree: GoTree): {
  readonly named: ReadonlyMap<string, string>;
  readonly always: readonly string[];
} {
  const named = new Map<string, string>();
  const always: string[] = [];
  for (const { path, alias } of importSpecs(tree)) {
    if (alias === ".") always.push(path);
    // The name of a package is mostly the last element of its path, a version behind it left out.
    else
      named.set(
        alias ??
          path
            .replace(/\/v\d+$/, "")
            .replace(/^.*\//, "")
            .replace(/^go-|\.v\d+$|-go$/g, ""),
        path,
      );
  }
  return { named, always };
}

function read(node: SyntaxNode, { named, always }: ReturnType<typeof importNames>): Declaration {
  const words = new Set<string>();
  const packages = new Set(always);
  const kinds = ["identifier", "type_identifier", "field_identifier", "package_identifier"];
  for (const { text } of present(node.descendantsOfType(kinds))) {
    words.add(text);
    const path = named.get(text);
    if (path !== undefined) packages.add(path);
  }
  return { words, packages, text: node.text.replaceAll("\r\n", "\n") };
}

/** Of methods the bare name, as it is called: whose they are cannot be told without types. */
function declaredNames(node: SyntaxNode): string[] {
  const name = node.childForFieldName("name")?.text;
  if (name !== undefined) return [name];
  const specs = present(node.descendantsOfType(["var_spec", "const_spec", "type_spec", "type_alias"]));
  return specs.flatMap((spec) => present(spec.childrenForFieldName("name")).map(({ text }) => text));
}
