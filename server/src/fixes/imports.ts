/**
 * Adds and removes imports beside an edit, where gofmt wants them: sorted within the group of the standard library, no
 * empty group left (go/ast, SortImports).
 */
import * as l10n from "@vscode/l10n";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { functionDeclaration } from "../syntax/functions.js";
import { importedName, type ImportSpec, importSpecs, packageUses } from "../syntax/imports.js";
import { isSame, present } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import type { FileEdits } from "./edits.js";
import type { FixInput } from "./fix.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** What one edit needs of a file's imports; `write` puts it down once all is known. Standard library packages only. */
export class FileImports {
  readonly #input: FixInput;
  readonly #tree: GoTree;
  readonly #added = new Set<string>();
  readonly #removedUses: SyntaxNode[] = [];

  constructor(input: FixInput, tree: GoTree) {
    this.#input = input;
    this.#tree = tree;
  }

  /**
   * The qualifier for a package at the place of a node, which is imported where it is not. Refuses where the name means
   * something else in the function or the package.
   */
  qualifier(path: string, at: SyntaxNode): string {
    const known = importedName(this.#tree, path);
    const name = known ?? path.slice(path.lastIndexOf("/") + 1);
    if (isTaken(this.#input, this.#tree, name, at, known === undefined))
      refuse(t("`{0}` means something else here.", name));
    if (known === undefined) this.#added.add(path);
    return name;
  }

  /** Says that the edit takes away this use of a package: the identifier before the dot. */
  drop(qualifier: SyntaxNode): void {
    this.#removedUses.push(qualifier);
  }

  /** Writes the changes of the import declarations. To be called once, after the last `qualifier` and `drop`. */
  write(edits: FileEdits): void {
    const specs = importSpecs(this.#tree);
    const removed = specs.filter((spec) => this.#losesLastUse(spec));
    const added = [...this.#added].sort();
    const [single, ...others] = specs;
    const isAlone =
      single !== undefined && others.length === 0 && single.node.parent?.type !== "import_spec_list";
    if (isAlone && added.length > 1 && isStandard(single.path) && single.path !== "C") {
      makeGroupOfSeveral(this.#tree, single, removed.length > 0, added, edits);
      return;
    }
    for (const path of added) this.#add(path, specs, removed, edits);
    for (const spec of removed) remove(this.#tree, spec, removed, edits);
  }

  #losesLastUse({ path, alias }: ImportSpec): boolean {
    if (alias === "." || alias === "_" || path === "C") return false;
    const name = alias ?? path.slice(path.lastIndexOf("/") + 1);
    if (!this.#removedUses.some((use) => use.text === name)) return false;
    return packageUses(this.#tree, name).every((use) => this.#removedUses.some((each) => isSame(each, use)));
  }

  #add(path: string, specs: readonly ImportSpec[], removed: ImportSpec[], edits: FileEdits): void {
    const own = specs.filter((spec) => spec.path !== "C");
    const grouped = own.filter(({ node }) => node.parent?.type === "import_spec_list");
    if (grouped.length > 0) {
      addToGroup(this.#tree, path, bestGroup(this.#tree, grouped), removed, edits);
      return;
    }
    const [single, ...others] = own;
    if (single === undefined) {
      addDeclaration(this.#tree, path, specs, edits);
      return;
    }
    const replaced = removed.shift();
    if (replaced !== undefined) edits.replace(replaced.node, `"${path}"`);
    else if (others.length > 0)
      edits.insertAfter((others.at(-1) ?? single).declaration, `\nimport "${path}"`);
    else makeGroup(this.#tree, single, path, edits);
  }
}

/** Whether the name is declared around the place, or at the package's level where an import would clash with it. */
function isTaken(input: FixInput, tree: GoTree, name: string, at: SyntaxNode, isNew: boolean): boolean {
  const scope = functionDeclaration(at) ?? at;
  const isLocal = present(scope.descendantsOfType(["identifier", "package_identifier"])).some(
    (node) => node.text === name && declarationOf(node) !== undefined,
  );
  if (isLocal || !isNew) return isLocal;
  if (importSpecs(tree).some(({ path, alias }) => (alias ?? path.slice(path.lastIndexOf("/") + 1)) === name))
    return true;
  const declared = new RegExp(`^(?:func|var|const|type)\\s+${name}\\b`, "m");
  return [...input.snapshot.texts.values()].some(({ text }) => declared.test(text));
}

/** The specs without a blank line between them: those of the standard library, else the first ones. */
function bestGroup(tree: GoTree, specs: readonly ImportSpec[]): readonly ImportSpec[] {
  const groups: ImportSpec[][] = [];
  for (const spec of specs) {
    const last = groups.at(-1)?.at(-1);
    const isNext = last !== undefined && lineOf(tree, spec.node) === lineOf(tree, last.node) + 1;
    if (isNext && isSame(last.declaration, spec.declaration)) groups.at(-1)?.push(spec);
    else groups.push([spec]);
  }
  return groups.find((group) => group.some(({ path }) => isStandard(path))) ?? groups[0] ?? [];
}

/** Paths of the standard library have no dot in their first element (cmd/go, search.IsStandardImportPath). */
function isStandard(path: string): boolean {
  return !(path.split("/")[0] ?? "").includes(".");
}

function addToGroup(
  tree: GoTree,
  path: string,
  group: readonly ImportSpec[],
  removed: ImportSpec[],
  edits: FileEdits,
): void {
  const [first] = group;
  if (first === undefined) return;
  const left = group.filter((spec) => !removed.includes(spec));
  const after = left.find((spec) => spec.path > path || (spec.path === path && spec.alias !== undefined));
  const last = left.at(-1);
  if (!group.some((spec) => isStandard(spec.path))) edits.insertLineBefore(first.node, `"${path}"\n`);
  else if (after !== undefined) edits.insertLineBefore(after.node, `"${path}"`);
  else if (last !== undefined) edits.replaceSpan(...lineEndOf(tree, last.node), `\n"${path}"`);
  else {
    removed.splice(removed.indexOf(first), 1);
    edits.replace(first.node, `"${path}"`);
  }
}

/** `import "a"` becomes a group with several others, and without itself where it is not needed any more. */
function makeGroupOfSeveral(
  tree: GoTree,
  single: ImportSpec,
  isRemoved: boolean,
  added: readonly string[],
  edits: FileEdits,
): void {
  const { node, declaration, path } = single;
  const [end] = lineEndOf(tree, declaration);
  if (tree.source.text.slice(declaration.endIndex, end).trim() !== "") refuse(t("The import has a comment."));
  const specs = added.map((each): readonly [string, string] => [each, `"${each}"`]);
  const all = isRemoved ? specs : [...specs, [path, node.text] as const];
  const lines = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => `\t${text}`);
  edits.replace(declaration, `import (\n${lines.join("\n")}\n)`);
}

/** `import "a"` becomes a group of two. */
function makeGroup(tree: GoTree, single: ImportSpec, path: string, edits: FileEdits): void {
  const { node, declaration } = single;
  const isStandardPath = isStandard(single.path);
  const [end] = lineEndOf(tree, declaration);
  const isCommented = tree.source.text.slice(declaration.endIndex, end).trim() !== "";
  if (isCommented) {
    edits.replaceSpan(end, end, `\nimport "${path}"`);
    return;
  }
  const written = node.text;
  const lines =
    path < single.path || !isStandardPath
      ? [`"${path}"`, ...(isStandardPath ? [] : [""]), written]
      : [written, `"${path}"`];
  const body = lines.map((line) => (line === "" ? "" : `\t${line}`)).join("\n");
  edits.replace(declaration, `import (\n${body}\n)`);
}

function addDeclaration(tree: GoTree, path: string, specs: readonly ImportSpec[], edits: FileEdits): void {
  const anchor = specs.at(-1)?.declaration ?? present(tree.root.namedChildren).find(isPackageClause);
  if (anchor === undefined) return refuse(t("The syntax around it is broken."));
  edits.replaceSpan(...lineEndOf(tree, anchor), `\n\nimport "${path}"`);
}

function isPackageClause(node: SyntaxNode): boolean {
  return node.type === "package_clause";
}

/** Takes a spec away with its line, and a declaration or a group that nothing is left of with the blank line beside it. */
function remove(tree: GoTree, spec: ImportSpec, removed: readonly ImportSpec[], edits: FileEdits): void {
  const all = importSpecs(tree).filter(({ declaration }) => isSame(declaration, spec.declaration));
  const isWhole = all.every((each) => removed.some((other) => isSame(other.node, each.node)));
  if (isWhole && !isSame(all[0]?.node, spec.node)) return;
  const node = isWhole ? spec.declaration : spec.node;
  const { source } = tree;
  const [firstLine, lastLine] = [lineOf(tree, node), source.lineOf(node.endIndex)];
  const isOpenAbove = isBlank(tree, firstLine - 1) || /\($/.test(textOfLine(tree, firstLine - 1).trim());
  const isBlankBelow = isBlank(tree, lastLine + 1);
  const isClosedBelow = textOfLine(tree, lastLine + 1).trim() === ")";
  const from = isClosedBelow && isBlank(tree, firstLine - 1) ? firstLine - 1 : firstLine;
  const to = isOpenAbove && isBlankBelow ? lastLine + 1 : lastLine;
  const start = source.lineStart(from) ?? node.startIndex;
  const end = source.lineStart(to + 1) ?? source.text.length;
  edits.replaceSpan(start, end, "");
}

function lineOf(tree: GoTree, node: SyntaxNode): number {
  return tree.source.lineOf(node.startIndex);
}

function textOfLine(tree: GoTree, line: number): string {
  const { source } = tree;
  return source.text.slice(source.lineStart(line) ?? 0, source.lineEnd(line) ?? 0);
}

function isBlank(tree: GoTree, line: number): boolean {
  return line >= 1 && line <= tree.source.lineCount && textOfLine(tree, line).trim() === "";
}

/** The end of the line that a node ends on, twice, as an empty span. */
function lineEndOf(tree: GoTree, node: SyntaxNode): [number, number] {
  const { source } = tree;
  const line = source.lineOf(node.endIndex);
  const end = (source.lineStart(line) ?? 0) + textOfLine(tree, line).replace(/\r?\n?$/, "").length;
  return [end, end];
}
