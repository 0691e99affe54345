/**
 * A file as its functions' bodies and what stands around them, for who compiles it with other bodies. Holds no nodes: it is
 * kept with the text.
 */
import { declaredBySignature } from "./declarations.js";
import { bodyOf, ownLines } from "./fileOutline.js";
import { functionName } from "./functions.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { importSpecs, lastElement } from "./imports.js";
import { operands, present, spanOf, type TextSpan } from "./nodes.js";
import { wordsOf, type Words } from "./words.js";

/** A top-level function or method with a body. */
export interface FunctionBody {
  /** As the compiler writes it: `F`, `T.M`, `(*T).M`. */
  readonly name: string;
  /** What calls name: `M` of `(*T).M`. */
  readonly ownName: string;
  readonly isMethod: boolean;
  /** Has type parameters, or is a method of a type that has. */
  readonly isGeneric: boolean;
  /** From `func` to the closing brace. */
  readonly span: TextSpan;
  /** Its braces included. */
  readonly body: TextSpan;
  /** Whether it begins its line, and no other declaration stands on its lines. */
  readonly isAlone: boolean;
  /** Names of the receiver and the parameters. */
  readonly parameters: ReadonlySet<string>;
  /** Names that its signature declares. */
  readonly declared: ReadonlySet<string>;
  readonly results: readonly FunctionResult[];
}

export interface FunctionResult {
  /** As the compiler writes it: `~r1` where it has none. */
  readonly name: string;
  /** Source text of its type. */
  readonly type: string;
}

/** An import that has to be used somewhere. */
export interface UsedImport {
  /** Its name in the file, or several that it may have; none where the path tells none that is used. */
  readonly names: readonly string[];
  /** What a blank has to be put in place of: the written name, or nothing before the path. */
  readonly place: TextSpan;
}

export interface FileBodies {
  /** In source order. */
  readonly functions: readonly FunctionBody[];
  readonly imports: readonly UsedImport[];
  /** Of all that is in no body. */
  readonly words: Words;
  /** All that stands at the top level, the package clause included. */
  readonly declarations: readonly TextSpan[];
  /** Offsets behind the package clause, and behind the last import. */
  readonly afterPackageClause: number;
  readonly afterImports: number;
}

/** Undefined where other bodies cannot be put in: syntax errors, cgo, `//line`, lines that `\r` ends. */
export function functionBodies(tree: GoTree): FileBodies | undefined {
  const { root, source } = tree;
  const { text } = source;
  const specs = importSpecs(tree);
  const clause = operands(root).find(({ type }) => type === "package_clause");
  const isStrange = root.hasError || /\r(?!\n)|^\/\/line |\/\*line /m.test(text);
  if (isStrange || clause === undefined || specs.some(({ path }) => path === "C")) return undefined;
  const declarations = operands(root);
  const spans = declarations.map((declaration) => spanOf(declaration));
  const haveOwnLines = ownLines(source, spans);
  const functions = declarations.flatMap((declaration, index) =>
    functionBody(declaration, haveOwnLines[index] === true),
  );
  const { qualifying } = wordsOf(text);
  const imports = specs.flatMap(({ node, path, alias }): UsedImport[] => {
    if (alias === "_" || alias === ".") return [];
    const name = node.childForFieldName("name");
    const start = node.childForFieldName("path")?.startIndex ?? node.startIndex;
    const place = name === null ? { start, end: start } : spanOf(name);
    const names = alias === undefined ? likelyNames(path) : [alias];
    return [{ names: names.filter((each) => qualifying.has(each)), place }];
  });
  const around = outside(text, functions);
  const heading = declarations.filter(
    ({ type }) => type === "package_clause" || type === "import_declaration",
  );
  return {
    functions,
    imports,
    words: wordsOf(around),
    declarations: spans,
    afterPackageClause: clause.endIndex,
    afterImports: heading.at(-1)?.endIndex ?? clause.endIndex,
  };
}

function functionBody(declaration: SyntaxNode, isAlone: boolean): FunctionBody[] {
  const body = bodyOf(declaration);
  const name = declaration.childForFieldName("name");
  if (body === null || name === null) return [];
  const signature = declaredBySignature(declaration);
  const receiver = declaration.childForFieldName("receiver");
  const isParameter = (kind: string) => kind === "parameter" || kind === "receiver";
  return [
    {
      name: functionName(declaration),
      ownName: name.text,
      isMethod: receiver !== null,
      isGeneric:
        declaration.childForFieldName("type_parameters") !== null ||
        present(receiver?.descendantsOfType("generic_type") ?? []).length > 0,
      span: spanOf(declaration),
      body: spanOf(body),
      isAlone,
      parameters: new Set(signature.filter(({ kind }) => isParameter(kind)).map((each) => each.name.text)),
      declared: new Set(signature.map((each) => each.name.text)),
      results: resultsOf(declaration.childForFieldName("result")),
    },
  ];
}

function resultsOf(result: SyntaxNode | null): FunctionResult[] {
  if (result === null) return [];
  if (result.type !== "parameter_list") return [{ name: "~r0", type: result.text }];
  const results: FunctionResult[] = [];
  for (const declaration of operands(result)) {
    const type = declaration.childForFieldName("type")?.text ?? "";
    const names = present(declaration.childrenForFieldName("name")).filter(({ isNamed }) => isNamed);
    for (const name of names.length === 0 ? [undefined] : names)
      results.push({ name: name === undefined ? `~r${results.length}` : name.text, type });
  }
  return results;
}

/** What a package may be called that is imported by the path. */
function likelyNames(path: string): string[] {
  const name = lastElement(path);
  return [
    path.slice(path.lastIndexOf("/") + 1),
    name,
    name.replace(/^go-|[-.]go$/g, ""),
    name.replaceAll("-", "_"),
  ];
}

function outside(text: string, functions: readonly FunctionBody[]): string {
  const starts = [0, ...functions.map(({ body }) => body.end)];
  return starts.map((start, index) => text.slice(start, functions[index]?.body.start)).join(" ");
}
