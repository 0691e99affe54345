/** All files of a package at once, for refactorings that change a declaration and everything that uses it. */
import * as l10n from "@vscode/l10n";
import type { Edit } from "../analysis/verify.js";
import { isGenerated } from "../syntax/generated.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present } from "../syntax/nodes.js";
import { withTree } from "../syntax/treeSitter.js";
import { FileEdits } from "./edits.js";
import type { FixInput } from "./fix.js";
import { refuse } from "./refusal.js";
import { usesCgo } from "./sourceFile.js";

const { t } = l10n;

/** One file that names what is changed, with the edits to it. Holds nodes: it stays within `editPackage`. */
export interface PackageFile {
  readonly path: string;
  readonly tree: GoTree;
  readonly edits: FileEdits;
}

/**
 * Runs `change` for each file of the site's package that has the name as a word, and returns the edits of all. External
 * tests cannot see unexported names and are left out. Refuses where a file that must not be edited has the name: one that
 * is generated, uses cgo, or is not compiled here.
 */
export function editPackage(input: FixInput, name: string, change: (file: PackageFile) => void): Edit {
  const edit = new Map<string, ReturnType<FileEdits["toTextEdits"]>>();
  const word = wordPattern(name);
  const isOwn = isUsedInOneFile(input, word);
  for (const [path, text] of input.filesBeside) {
    // A file that declares the name itself is never compiled together with the site's.
    if (isOwn && declares(text, name)) continue;
    if (word.test(text)) refuse(t("`{0}` is also in {1}, which is not compiled here.", name, baseName(path)));
  }
  for (const [path, source] of input.snapshot.texts) {
    if (!word.test(source.text)) continue;
    withTree(source, (tree) => {
      if (isExternalTest(tree)) return;
      const edits = new FileEdits(tree);
      change({ path, tree, edits });
      const made = edits.toTextEdits();
      if (made.length === 0) return;
      if (tree.root.hasError) refuse(t("The syntax of {0} is broken.", baseName(path)));
      if (isGenerated(source)) refuse(t("{0} is generated.", baseName(path)));
      if (usesCgo(source)) refuse(t("{0} uses cgo.", baseName(path)));
      edit.set(path, made);
    });
  }
  return edit;
}

/** Whether no other file of the package has the name, so that what another target declares by that name is on its own. */
function isUsedInOneFile(input: FixInput, word: RegExp): boolean {
  return [...input.snapshot.texts].every(([path, { text }]) => path === input.site.file || !word.test(text));
}

/** Whether the file has a function or a variable of that name at package level, and no field or method of it. */
function declares(text: string, name: string): boolean {
  const isDeclared = new RegExp(`^(?:func|var) ${name}(?![\\p{L}\\p{N}_])`, "mu").test(text);
  return isDeclared && !new RegExp(`\\.${name}(?![\\p{L}\\p{N}_])`, "u").test(text);
}

/** Reads each file of the site's package, whatever names it has; external tests are left out. */
export function inspectPackage(input: FixInput, inspect: (tree: GoTree) => void): void {
  for (const source of input.snapshot.texts.values()) {
    withTree(source, (tree) => {
      if (!isExternalTest(tree)) inspect(tree);
    });
  }
}

/** Whether Go's rule for exported names applies: the first character is an upper case letter. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** Refuses names that other languages or packages reach past the compiler's sight. */
export function refuseLinked(input: FixInput, name: string): void {
  const directive = new RegExp(`^//(?:go:linkname|export) .*\\b${name}\\b`, "mu");
  for (const source of input.snapshot.texts.values())
    if (directive.test(source.text)) refuse(t("`{0}` is linked by name.", name));
}

/** Identifiers of one of the types with this text. */
export function named(tree: GoTree, types: string[], name: string): SyntaxNode[] {
  return present(tree.root.descendantsOfType(types)).filter((node) => node.text === name);
}

function isExternalTest(tree: GoTree): boolean {
  const clause = operands(tree.root).find(({ type }) => type === "package_clause");
  return clause?.text.endsWith("_test") === true;
}

function wordPattern(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "u");
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
