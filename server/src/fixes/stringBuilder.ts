/** Builds a string that grows in a loop with a strings.Builder: each `+=` copies what is there already. */
import * as l10n from "@vscode/l10n";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { withoutParentheses } from "../syntax/nodes.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { type GrowingString, growingString } from "./growingString.js";
import { FileImports } from "./imports.js";
import { insertBeforeLoop } from "./labeledLoop.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, withSiteFile } from "./sourceFile.js";
import { spaced } from "./spacing.js";

const { t } = l10n;

export const stringBuilder: Fix = {
  id: "string-builder",
  appliesTo: (site) => site.form === "concatenation" && site.inlinedFrom === null && site.loopDepth > 0,
  propose: (input) =>
    proposals("string-builder", () => [withSiteFile(input, (tree, node) => proposal(input, tree, node))]),
};

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const grown = growingString(node);
  const name = grown.declaration.name.text;
  const imports = new FileImports(input, tree);
  const type = `${imports.qualifier("strings", node)}.Builder`;
  const builder = freeName("sb", grown.definition);
  const edits = new FileEdits(tree);
  for (const append of grown.appends) writeAppend(tree, append, builder, edits);
  const isDeclaredHere = grown.declaringStatement !== undefined;
  if (grown.declaringStatement !== undefined) {
    const first = grown.value === undefined ? "" : `\n${builder}.WriteString(${spaced(grown.value, 1)})`;
    edits.replace(grown.declaringStatement, `var ${builder} ${type}${first}`);
  } else {
    const kept = grown.isEmpty ? [] : [`${builder}.WriteString(${name})`];
    insertBeforeLoop(edits, tree, grown.loop, [`var ${builder} ${type}`, ...kept]);
  }
  const closing = `${name} ${isDeclaredHere ? ":=" : "="} ${builder}.String()`;
  insertBehind(tree, grown, closing, edits);
  imports.write(edits);
  return {
    fix: "string-builder",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: t("Build `{0}` with a `strings.Builder`", name),
    behaviour: null,
    isPreferred: true,
    choice: null,
  };
}

/** A write for each operand: joined first, they would be copied once more. */
function writeAppend(
  tree: GoTree,
  { statement, added }: GrowingString["appends"][number],
  builder: string,
  edits: FileEdits,
): void {
  const parts = added.flatMap(chain);
  if (parts.length > 1 && !startsLine(tree, statement)) refuse(t("The statement does not begin its line."));
  const writes = parts.map((part) => `${builder}.WriteString(${spaced(part, 1)})`);
  edits.replace(statement, writes.join("\n"));
}

function chain(node: SyntaxNode): SyntaxNode[] {
  const plain = withoutParentheses(node);
  const left = plain.childForFieldName("left");
  const right = plain.childForFieldName("right");
  const isSum = plain.type === "binary_expression" && plain.childForFieldName("operator")?.text === "+";
  return isSum && left !== null && right !== null ? [...chain(left), ...chain(right)] : [plain];
}

/** A line behind the loop, below any comment on its last line. */
function insertBehind(tree: GoTree, { statement }: GrowingString, line: string, edits: FileEdits): void {
  const { source } = tree;
  const end = source.lineEnd(source.lineOf(statement.endIndex)) ?? statement.endIndex;
  const rest = source.text.slice(statement.endIndex, end).replace(/[\r\n]+$/, "");
  if (rest.trim() !== "" && !rest.trim().startsWith("//"))
    refuse(t("Something follows the loop on its line."));
  const place = statement.endIndex + rest.length;
  edits.replaceSpan(place, place, `\n${line}`);
}
