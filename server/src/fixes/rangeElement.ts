/** Takes the address of a slice's element instead of a range loop's copy of it. */
import * as l10n from "@vscode/l10n";
import type { Declaration } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isWithin, operands, present, withoutParentheses, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, withSiteFile } from "./sourceFile.js";
import { categoryOf } from "./syntacticTypes.js";
import { functionOf, isWrittenThrough, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export const rangeElement: Fix = {
  id: "range-element",
  appliesTo: (site) => site.kind === "moved" && site.form === "variable" && site.inlinedFrom === null,
  propose: (input) =>
    proposals("range-element", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** Nothing for variables that no range loop declares: they are other fixes' business. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const declaration = node.type === "identifier" ? declarationOf(node) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration?.kind !== "range-variable" || definition === undefined) return [];
  const clause = declaration.node;
  const loop = clause.parent;
  const [key, value, ...rest] = operands(clause.childForFieldName("left") ?? clause);
  const right = clause.childForFieldName("right");
  if (loop === null || right === null || key === undefined || value?.text !== node.text || rest.length > 0)
    return refuse(t("The loop has no variable for the value alone."));
  const operand = withoutParentheses(right);
  const uses = usesOf(declaration, definition);
  refuseUses(declaration, uses);
  refuseOperand(operand, loop);
  const edits = new FileEdits(tree);
  const body = loop.childForFieldName("body");
  const index = key.text === "_" ? freeIndex(definition) : key.text;
  const element = `${operand.text}[${index}]`;
  edits.replaceSpan(key.startIndex, value.endIndex, index);
  writeUses(node.text, element, uses, body, edits);
  return [
    {
      fix: "range-element",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "gone",
      title: t("Take the address of `{0}` instead of the copy `{1}`", element, node.text),
      behaviour: t(
        "The pointers are into `{0}` itself: what is written through them changes its elements.",
        operand.text,
      ),
      isPreferred: false,
      choice: null,
    },
  ];
}

function freeIndex(definition: SyntaxNode): string {
  const names = ["i", "j", "k"].filter((name) => freeName(name, definition) === name);
  return names[0] ?? freeName("index", definition);
}

/** One `&v` is written out; more uses share a pointer of the variable's name, which fields can be read through. */
function writeUses(
  name: string,
  element: string,
  uses: readonly SyntaxNode[],
  body: SyntaxNode | null,
  edits: FileEdits,
): void {
  const [only] = uses;
  const first = body === null ? undefined : operands(operands(body)[0] ?? body)[0];
  if (uses.length === 1 && only !== undefined) {
    edits.replace(only, element);
    return;
  }
  if (first === undefined || body === null) return refuse(t("The syntax around it is broken."));
  edits.insertLineBefore(first, `${name} := &${element}`);
  for (const use of uses) {
    const node = withParentheses(use);
    const kind = useKind(use);
    if (kind === "field") continue;
    if (kind === "address" && node.parent !== null) edits.replace(node.parent, name);
    else edits.replace(use, `*${name}`);
  }
}

function refuseUses({ name }: Declaration, uses: readonly SyntaxNode[]): void {
  if (!uses.some((use) => useKind(use) === "address"))
    refuse(t("The address of `{0}` is not taken.", name.text));
  for (const use of uses) {
    const kind = useKind(use);
    if (kind === "assigned" || (kind === "field" && isWrittenThrough(use)))
      refuse(t("The loop's body changes the copy `{0}`.", name.text));
    if (kind === "index" || kind === "slice") refuse(t("The element itself is indexed."));
    const isKey = use.parent?.type === "literal_element" && use.parent.parent?.type === "keyed_element";
    if (isKey && use.parent.previousNamedSibling === null)
      refuse(t("`{0}` is also a key in a literal.", name.text));
  }
}

/** A slice or array in a variable or field that keeps its elements while the loop runs. */
function refuseOperand(operand: SyntaxNode, loop: SyntaxNode): void {
  if (!/^(?:identifier|selector_expression)$/.test(operand.type) || /[()[\]]/.test(operand.text))
    refuse(t("`{0}` is no variable that could be indexed again.", operand.text));
  const category = categoryOf(operand);
  if (["map", "string", "channel", "function", "signed"].includes(category))
    refuse(t("`{0}` is no slice: its elements have no address.", operand.text));
  const root = withoutParentheses(rootOf(operand));
  for (const name of present(loop.descendantsOfType("identifier"))) {
    const isSameVariable = name.text === root.text && !isWithin(name, operand);
    if (!isSameVariable) continue;
    const path = pathOf(name);
    const kind = useKind(path);
    const isChanged = ["assigned", "address"].includes(kind);
    if (isChanged && operand.text.startsWith(path.text))
      refuse(t("The loop's body changes `{0}`.", operand.text));
    if (name.parent?.type === "range_clause" || isElementWrite(path))
      refuse(t("The loop's body changes elements of `{0}`.", operand.text));
  }
}

function isElementWrite(path: SyntaxNode): boolean {
  return useKind(path) === "index" && isWrittenThrough(path);
}

function rootOf(operand: SyntaxNode): SyntaxNode {
  let node = operand;
  while (node.type === "selector_expression") {
    const inner = node.childForFieldName("operand");
    if (inner === null) break;
    node = inner;
  }
  return node;
}

/** The whole selector that begins with the name. */
function pathOf(name: SyntaxNode): SyntaxNode {
  let node = name;
  while (node.parent?.type === "selector_expression") node = node.parent;
  return node;
}
