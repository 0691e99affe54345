/** The file of a site as fixes see it, and the conditions that hold for all of them. */
import type { Site } from "../analysis/site.js";
import { languageMinorOf } from "../go/packages.js";
import { isGenerated } from "../syntax/generated.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import type { SourceText } from "../syntax/sourceText.js";
import { present } from "../syntax/nodes.js";
import { perObject } from "../syntax/perObject.js";
import { declarationOf } from "../syntax/scopes.js";
import { withTree } from "../syntax/treeSitter.js";
import * as l10n from "@vscode/l10n";
import type { FixInput } from "./fix.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** Builtin functions that fixes read as well as write; what else they write is ownBuiltins.ts's business. */
const builtins = ["make", "len", "cap", "append", "copy", "new", "nil"];

/**
 * Parses the site's file for `read`. Refuses generated files (the generator would undo it), files with `import "C"` (the
 * compiler sees what cgo made of them), broken syntax, and packages that redeclare what fixes read.
 */
export function withSiteFile<T>(input: FixInput, read: (tree: GoTree, node: SyntaxNode) => T): T {
  const source = input.snapshot.texts.get(input.site.file);
  if (source === undefined) refuse(t("The file is not part of the package."));
  if (isGenerated(source)) refuse(t("The file is generated."));
  if (usesCgo(source)) refuse(t("The file uses cgo."));
  const shadowed = shadowedBuiltin(input);
  if (shadowed !== undefined) refuse(t("The package has its own `{0}`.", shadowed));
  return withTree(source, (tree) => {
    const node = nodeOfSite(tree, input.site);
    if (node === undefined || node.hasError) refuse(t("The syntax around it is broken."));
    return read(tree, node);
  });
}

/** The outermost named node with exactly the site's place; undefined when the text has changed. */
function nodeOfSite(tree: GoTree, site: Site): SyntaxNode | undefined {
  const start = tree.source.offsetOf(site.nodeRange.start);
  const end = tree.source.offsetOf(site.nodeRange.end);
  const node = tree.root.namedDescendantForIndex(start, end);
  return node?.startIndex === start && node.endIndex === end ? node : undefined;
}

export const usesCgo = perObject(({ text }: SourceText) => /^import\s+"C"|^import\s*\([^)]*"C"/m.test(text));

const declaredBuiltin = new RegExp(`^(?:func|var|const|type) (${builtins.join("|")})\\b`, "m");
const builtinOf = perObject(({ text }: SourceText) => declaredBuiltin.exec(text)?.[1]);

function shadowedBuiltin({ snapshot }: FixInput): string | undefined {
  for (const source of snapshot.texts.values()) {
    const name = builtinOf(source);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Whether the callee's name means Go's own function, not a local variable of that name. */
export function isBuiltin(callee: SyntaxNode, name: string): boolean {
  return callee.type === "identifier" && callee.text === name && declarationOf(callee) === undefined;
}

/** A name close to `base` that nothing in the function uses. */
export function freeName(base: string, within: SyntaxNode): string {
  const types = ["identifier", "type_identifier", "package_identifier", "label_name"];
  const taken = new Set(present(within.descendantsOfType(types)).map((name) => name.text));
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  return name;
}

/** Language version of the site's package (`1.22` gives 22); null where go.mod names none. */
export function languageMinor(input: FixInput): number | null {
  return languageMinorOf(input.snapshot.package.variants);
}
