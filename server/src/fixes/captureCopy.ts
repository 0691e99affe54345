/** Gives a function literal a copy of a variable that it would otherwise share, and so keep on the heap. */
import * as l10n from "@vscode/l10n";
import type { Declaration } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, operands } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { refuseUnlessSettled } from "./settledVariable.js";
import { freeName, languageMinor, withSiteFile } from "./sourceFile.js";
import { functionOf, usesOf } from "./variableUses.js";

const { t } = l10n;

export const captureCopy: Fix = {
  id: "capture-copy",
  appliesTo: (site) =>
    site.kind === "moved" && site.reason === "captured-reference" && site.inlinedFrom === null,
  propose: (input) =>
    proposals("capture-copy", () => [withSiteFile(input, (tree, node) => proposal(input, tree, node))]),
};

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const declaration = node.type === "identifier" ? declarationOf(node) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined || isPackageLevel(declaration))
    return refuse(t("The syntax around it is broken."));
  const name = declaration.name.text;
  if (declaration.kind === "result")
    refuse(t("`{0}` is a result: the function literal sees what is returned.", name));
  const uses = usesOf(declaration, definition);
  const literals = capturingLiterals(uses, definition);
  const [literal, ...others] = literals;
  if (literal === undefined) return refuse(t("No function literal uses `{0}`.", name));
  if (others.length > 0) refuse(t("Several function literals share `{0}`.", name));
  const within = uses.filter((use) => isWithin(use, literal));
  const without = uses.filter((use) => !isWithin(use, literal));
  const types = packageTypes(input.snapshot);
  const change = refuseUnlessSettled({ declaration, literal, within, without, types });
  const isShared = isLoopVariable(declaration) && fileMinor(input, tree) < 22;
  const sharesLast = change === "each-turn" || isShared;
  const edits = new FileEdits(tree);
  const statement = statementOf(tree, literal);
  let title = t("Give the function literal a copy of `{0}`", name);
  // What was set before a loop that makes function literals is set after one of them was made, to the compiler.
  if (sharesLast || change === "before") {
    const isUsedLater = without.some((use) => isLaterInBlock(use, statement));
    const copy = isUsedLater ? freeName(`${name}Copy`, definition) : name;
    edits.insertLineBefore(statement, `${copy} := ${name}`);
    if (isUsedLater) for (const use of within) edits.replace(use, spelled(use, copy));
  } else title = copyFields(name, statement, within, definition, edits);
  return {
    fix: "capture-copy",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    title,
    behaviour: sharesLast
      ? t("Each turn's function literal keeps the `{0}` of its turn, where all share the last one now.", name)
      : null,
    isPreferred: true,
    choice: null,
  };
}

/** The outermost literals below the definition that use the variable. */
function capturingLiterals(uses: readonly SyntaxNode[], definition: SyntaxNode): SyntaxNode[] {
  const found = new Map<number, SyntaxNode>();
  for (const use of uses) {
    let literal: SyntaxNode | undefined;
    for (let node = use.parent; node !== null && !isSame(node, definition); node = node.parent)
      if (node.type === "func_literal") literal = node;
    if (literal !== undefined) found.set(literal.id, literal);
  }
  return [...found.values()];
}

/** The statement of a list around the literal, before which a line can stand. */
function statementOf(tree: GoTree, literal: SyntaxNode): SyntaxNode {
  let node = literal;
  while (node.parent !== null && node.parent.type !== "statement_list") node = node.parent;
  if (node.parent?.type !== "statement_list" || !startsLine(tree, node) || node.type === "labeled_statement")
    return refuse(t("No line can stand before the function literal."));
  // The header of a loop or an if is another scope, and may run more than once.
  if (!/^(?:go|defer|expression|return|assignment|send)_statement$|declaration$/.test(node.type))
    return refuse(t("The function literal stands in the header of a statement."));
  return node;
}

function isLoopVariable({ kind, node }: Declaration): boolean {
  return kind === "range-variable" || node.parent?.type === "for_clause";
}

/** Language version of the file: a build constraint lowers that of the module (go.dev/ref/spec, cmd/go: build constraints). */
function fileMinor(input: FixInput, { source }: GoTree): number {
  const constraint = /^\/\/go:build\s+go1\.(\d+)\s*$/m.exec(source.text)?.[1];
  const own = constraint === undefined ? undefined : Number(constraint);
  return own ?? languageMinor(input) ?? 22;
}

/** Whether the use would mean a copy of the same name instead, and what it assigns be lost. */
function isLaterInBlock(use: SyntaxNode, statement: SyntaxNode): boolean {
  return use.startIndex > statement.endIndex && statement.parent !== null && isWithin(use, statement.parent);
}

/** One copy for each field that the literal reads: the whole is too large to be captured by value. */
function copyFields(
  name: string,
  statement: SyntaxNode,
  within: readonly SyntaxNode[],
  definition: SyntaxNode,
  edits: FileEdits,
): string {
  const copies = new Map<string, string>();
  for (const use of within) {
    const selector = use.parent;
    const isRead = selector?.type === "selector_expression" && selector.parent?.type !== "call_expression";
    if (!isRead)
      return refuse(t("The function literal needs all of `{0}`, which is too large to be copied.", name));
    const field = selector.childForFieldName("field")?.text ?? "";
    const copy = copies.get(field) ?? unusedName(lowered(field), definition, [...copies.values()]);
    copies.set(field, copy);
    edits.replace(selector, spelled(selector, copy));
  }
  const lines = [...copies].map(([field, copy]) => `${copy} := ${name}.${field}`);
  edits.insertLineBefore(statement, lines.join("\n"));
  const fields = [...copies.keys()].map((field) => `${name}.${field}`).join(", ");
  return t("Give the function literal a copy of `{0}`", fields);
}

function unusedName(base: string, definition: SyntaxNode, taken: readonly string[]): string {
  let name = freeName(base, definition);
  while (taken.includes(name)) name = freeName(`${name}Copy`, definition);
  return name;
}

function lowered(name: string): string {
  const keyword =
    /^(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var)$/;
  const isAcronym = /^\p{Lu}+$/u.test(name);
  const plain = isAcronym ? name.toLowerCase() : name.charAt(0).toLowerCase() + name.slice(1);
  return keyword.test(plain) ? `${plain}Value` : plain;
}

/** The name as it stands at the place: `f: f` in a struct literal stays a key, so only uses as values come here. */
function spelled(use: SyntaxNode, name: string): string {
  const pair = use.parent?.type === "literal_element" ? use.parent.parent : null;
  if (pair?.type === "keyed_element" && isSame(operands(pair)[0], use.parent))
    return refuse(t("`{0}` is also a key in a literal.", use.text));
  return name;
}
