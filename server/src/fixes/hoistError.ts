/** Makes one package variable of an error with a constant text, which is else made anew in each call. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { constantError } from "./constantErrors.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";

const { t } = l10n;

/** As many words of the text as a name can bear. */
const wordLimit = 5;

export const hoistError: Fix = {
  id: "hoist-error",
  appliesTo: isInlinedError,
  propose: (input) =>
    proposals("hoist-error", () => [withSiteFile(input, (tree, node) => proposal(input, tree, node))]),
};

/** Whether the site is the value behind errors.New, or behind a fmt.Errorf that formats nothing. */
export function isInlinedError(site: Site): boolean {
  return site.inlinedFrom !== null && /^(?:errors\.New|fmt\.Errorf)$/.test(site.inlinedFrom);
}

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const error = constantError(tree, node);
  const definition = functionDeclaration(node);
  if (
    definition === undefined ||
    (definition.childForFieldName("name")?.text === "init" && isFunction(definition))
  )
    return refuse(t("It is made only once."));
  const name = freePackageName(input, nameFor(error.text, definition));
  const imports = new FileImports(input, tree);
  const qualifier = error.isFormatted ? imports.qualifier("errors", node) : error.qualifier.text;
  const edits = new FileEdits(tree);
  const start = startWithComments(tree, definition);
  edits.replaceSpan(start, start, `var ${name} = ${qualifier}.New(${error.literal})\n\n`);
  edits.replace(error.call, name);
  if (error.isFormatted) imports.drop(error.qualifier);
  imports.write(edits);
  return {
    fix: "hoist-error",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    title: t("Make a package variable `{0}` of the error", name),
    behaviour: t("All calls return one value: `==` and `errors.Is` no longer tell two of them apart."),
    isPreferred: false,
    choice: null,
  };
}

function isFunction(definition: SyntaxNode): boolean {
  return definition.type === "function_declaration";
}

/** `errRecordNotFound` for "record not found"; by the function where the text has no words in ASCII. */
function nameFor(text: string, definition: SyntaxNode): string {
  const words = text.replace(/^\w+: /, "").match(/[A-Za-z0-9]+/g) ?? [];
  const isPlain = /^[\x20-\x7e]*$/.test(text) && words.length > 0;
  const chosen = isPlain ? words.slice(0, wordLimit) : [definition.childForFieldName("name")?.text ?? ""];
  return `err${chosen.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")}`;
}

/** A name that no file in the package's folder has, whether it is compiled here or not. */
function freePackageName(input: FixInput, base: string): string {
  const texts = [
    ...[...input.snapshot.texts.values()].map(({ text }) => text),
    ...input.filesBeside.values(),
  ];
  const isUsed = (name: string) => texts.some((text) => new RegExp(`\\b${name}\\b`).test(text));
  let name = base;
  for (let number = 2; isUsed(name); number++) name = `${base}${number}`;
  return name;
}

/** Where a declaration begins with the comment lines right above it, compiler directives included. */
function startWithComments(tree: GoTree, definition: SyntaxNode): number {
  const { source } = tree;
  let first = definition;
  for (
    let above = definition.previousNamedSibling;
    above?.type === "comment";
    above = above.previousNamedSibling
  ) {
    const isDirectlyAbove = source.lineOf(above.endIndex) + 1 === source.lineOf(first.startIndex);
    const startsItsLine = source.lineStart(source.lineOf(above.startIndex)) === above.startIndex;
    if (!isDirectlyAbove || !startsItsLine) break;
    first = above;
  }
  return first.startIndex;
}
