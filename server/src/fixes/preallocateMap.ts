/** Gives a map that is filled in a loop room for its entries at once. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import { initialValue } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, isWithin, onlyOperand, operands } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { type AppendCount, appendCount, inSequence } from "./appendCount.js";
import { constantCount, constantValue, isReadable, render } from "./count.js";
import { FileEdits } from "./edits.js";
import { filledMap } from "./filledMap.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { proposals, refuse } from "./refusal.js";
import { isBuiltin, languageMinor, withSiteFile } from "./sourceFile.js";
import { isStable } from "./stability.js";
import { categoryOfType } from "./syntacticTypes.js";

const { t } = l10n;

/** Entries that the first group of a map holds without growth (internal/runtime/maps, and buckets before Go 1.24). */
const smallMap = 8;

export const preallocateMap: Fix = {
  id: "preallocate-map",
  appliesTo: ({ form, source, inlinedFrom, kind }) => {
    if (inlinedFrom !== null || kind === "moved") return false;
    // Growth, which the compiler does not report, is found where an entry is stored.
    if (form === "other") return kind === "hidden" && /^[\w.]+\[/.test(source);
    return (form === "make" || form === "composite-literal") && isEmptyMap(source);
  },
  propose: (input) =>
    proposals("preallocate-map", () => [
      withSiteFile(input, (tree, node) => proposal(input, tree, mapMadeFor(node))),
    ]),
};

/** The expression that makes the map: the node itself, or the first value of the variable that it stores into. */
function mapMadeFor(node: SyntaxNode): SyntaxNode {
  if (!/^(?:assignment|inc|dec)_statement$/.test(node.type)) return node;
  const entry = onlyOperand(node.childForFieldName("left") ?? node);
  const map = entry?.type === "index_expression" ? entry.childForFieldName("operand") : null;
  const declaration = map?.type === "identifier" ? declarationOf(map) : undefined;
  const value = declaration === undefined ? undefined : initialValue(declaration);
  return value ?? refuse(t("The map is not kept in a local variable."));
}

/** By the text alone: `make(map[K]V)`, `make(Names)`, `map[K]V{}`, `Names{}`. */
function isEmptyMap(source: string): boolean {
  return /^make\((?:map\[|[\w.]+\)$)/.test(source) || /^[\w.[\]*{}, ]+\{\}$/s.test(source);
}

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const type = mapType(node);
  const { name, statement, entries, definition } = filledMap(node);
  const counted = countEntries(statement, entries);
  refuseUnlessUseful(input, counted);
  if (counted.loops.some((loop) => !isStable(loop, statement.startIndex, definition)))
    refuse(t("What the loop depends on changes before it begins."));
  // A hint below zero counts as none (runtime, makemap).
  const size = render(counted.count).replace(/^max\(0, (.*)\)$/, "$1");
  const edits = new FileEdits(tree);
  edits.replace(node, `make(${type}, ${size})`);
  const isFull = counted.isExact && counted.loops.length === 1 && entries.every(hasOwnKey);
  return {
    fix: "preallocate-map",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: isFull
      ? t("Make `{0}` with room for `{1}` entries", name, size)
      : t("Make `{0}` with room for `{1}` entries, the most it can need", name, size),
    behaviour: null,
    isPreferred: isFull,
    choice: null,
  };
}

function mapType(node: SyntaxNode): string {
  const type = node.type === "composite_literal" ? emptyLiteral(node) : emptyMake(node);
  if (type === undefined || categoryOfType(type) !== "map")
    return refuse(t("The map is not made empty here."));
  return type.text;
}

function emptyLiteral(node: SyntaxNode): SyntaxNode | undefined {
  const body = node.childForFieldName("body");
  if (body === null || body.namedChildren.length > 0) return undefined;
  return node.childForFieldName("type") ?? undefined;
}

function emptyMake(node: SyntaxNode): SyntaxNode | undefined {
  const call = asCall(node);
  if (call === undefined || !isBuiltin(call.callee, "make") || call.arguments.length !== 1) return undefined;
  return call.arguments[0];
}

/** Counts what the statements behind the map's own add, in its list. */
function countEntries(statement: SyntaxNode, entries: readonly SyntaxNode[]): AppendCount {
  let list = statement;
  while (list.parent !== null && list.parent.type !== "statement_list") list = list.parent;
  const statements = list.parent === null ? [] : operands(list.parent);
  const counts = statements
    .filter((each) => each.startIndex >= statement.endIndex && entries.some((entry) => isWithin(entry, each)))
    .map((each) => appendCount(each, entries, () => constantCount(1)));
  return counts.length === 0 ? refuse(t("Nothing fills the map in a loop.")) : counts.reduce(inSequence);
}

function refuseUnlessUseful(input: FixInput, { count, loops }: AppendCount): void {
  if (loops.length === 0) refuse(t("Nothing fills the map in a loop."));
  const value = constantValue(count);
  if (value !== undefined && value <= smallMap) refuse(t("A map has room for {0} entries anyway.", smallMap));
  if (!isReadable(count)) refuse(t("The capacity would be too long an expression: `{0}`.", render(count)));
  const language = languageMinor(input);
  const isSingle = loops.length === 1;
  if (!isSingle && loops.some(({ trips }) => trips.needsMax) && language !== null && language < 21)
    refuse(t("The capacity needs `max`, which the module's Go version does not have."));
}

/** Whether each turn has a key of its own: the loop's counter, index or key. */
function hasOwnKey(entry: SyntaxNode): boolean {
  const key = entry.childForFieldName("index");
  const declaration = key?.type === "identifier" ? declarationOf(key) : undefined;
  if (declaration === undefined) return false;
  const { node, name } = declaration;
  if (declaration.kind === "range-variable")
    return isSame(node.childForFieldName("left")?.firstNamedChild, name);
  return node.parent?.type === "for_clause";
}
