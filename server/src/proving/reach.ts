/**
 * What a function can reach, so that nothing is called with made-up arguments that might do something beyond the program:
 * remove files, end processes, send anything. By names alone, which finds too much rather than too little.
 */
import type { Snapshot } from "../analysis/snapshot.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { importSpecs } from "../syntax/imports.js";
import { operands, present } from "../syntax/nodes.js";
import { withTree } from "../syntax/treeSitter.js";

/** Packages of the standard library that compute, or write at most to what they are given or to stdout. */
const harmless =
  /^(?:bufio|bytes|cmp|container\/\w+|context|crypto\/(?:md5|sha\d+|subtle)|encoding(?:\/\w+)?|errors|fmt|hash(?:\/\w+)?|html|io|iter|maps|math(?:\/\w+)?(?:\/v2)?|net\/netip|net\/url|path|reflect|regexp(?:\/syntax)?|slices|sort|strconv|strings|sync(?:\/atomic)?|text\/(?:tabwriter|template|template\/parse)|time|unicode(?:\/\w+)?|unique)$/;

interface Declaration {
  /** Identifiers in it, of fields and methods too. */
  readonly words: ReadonlySet<string>;
  /** Import paths of the packages that it names. */
  readonly packages: ReadonlySet<string>;
}

/** Import path of a package that the function may reach and that is not known as harmless; undefined when there is none. */
export function reachedPackage(snapshot: Snapshot, functionName: string): string | undefined {
  const declarations = declarationsOf(snapshot);
  const seen = new Set<string>();
  const waiting = [...functionName.split(/[().*]+/).filter((word) => word !== "")];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { words, packages } of declarations.get(name) ?? []) {
      for (const path of packages) if (!harmless.test(path)) return path;
      waiting.push(...words);
    }
  }
  return undefined;
}

/** The package's own top-level declarations by name, those of its tests left out. */
function declarationsOf(snapshot: Snapshot): ReadonlyMap<string, readonly Declaration[]> {
  const all = new Map<string, Declaration[]>();
  for (const [file, source] of snapshot.texts) {
    if (file.endsWith("_test.go")) continue;
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
  return { words, packages };
}

/** Of methods the bare name, as it is called: whose they are cannot be told without types. */
function declaredNames(node: SyntaxNode): string[] {
  const name = node.childForFieldName("name")?.text;
  if (name !== undefined) return [name];
  const specs = present(node.descendantsOfType(["var_spec", "const_spec", "type_spec", "type_alias"]));
  return specs.flatMap((spec) => present(spec.childrenForFieldName("name")).map(({ text }) => text));
}
