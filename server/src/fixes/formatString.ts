/** Replaces fmt.Sprintf and its like, which box their operands, by package strconv and concatenation. */
import * as l10n from "@vscode/l10n";
import type { OperandTypes } from "../analysis/operandTypes.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame } from "../syntax/nodes.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { type FormatCall, formatCall, mayFormat } from "./formatCall.js";
import { formatParts, type FormatParts } from "./formatParts.js";
import { FileImports } from "./imports.js";
import { operandQuestion } from "./operandQuestion.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { chainDepthOf, depthOf, joined } from "./spacing.js";
import { writeCall } from "./writers.js";

const { t } = l10n;

export const formatString: Fix = {
  id: "format-string",
  appliesTo: mayFormat,
  question: (input) =>
    operandQuestion(input, (tree, node) => {
      const { call, writer, operands } = formatCall(tree, node);
      return { call: call.node, operands: writer === undefined ? operands : [writer, ...operands] };
    }),
  propose: (input, types) =>
    proposals("format-string", () => [
      withSiteFile(input, (tree, node) => proposal(input, tree, node, types)),
    ]),
};

function proposal(
  input: FixInput,
  tree: GoTree,
  node: SyntaxNode,
  types: OperandTypes | undefined,
): Proposal {
  const call = formatCall(tree, node);
  if (types === undefined) return refuse(t("The compiler does not say what types the operands have."));
  const writerType = call.writer === undefined ? undefined : types[0];
  const found = formatParts(input, call, call.writer === undefined ? types : types.slice(1));
  const isChain = found.parts.length > 1;
  const saves = saved(call, found);
  const imports = new FileImports(input, tree);
  for (const path of found.packages) imports.qualifier(path, call.call.node);
  const place = call.call.node;
  const keepsLines = isAlignedValue(place);
  if (keepsLines && (!isChain || call.target === "error"))
    refuse(t("It has several lines among keys that gofmt aligns."));
  const expression = (depth: number) => {
    const parts = found.parts.map((part) => part(isChain ? depth + 1 : depth));
    const [first = "", ...others] = parts;
    return keepsLines ? `${first} +\n\t${joined(others, depth)}` : joined(parts, depth);
  };
  const written = wrapped(call, expression, isChain, imports, writerType);
  const edits = new FileEdits(tree);
  edits.replace(place, written.code);
  imports.drop(call.qualifier);
  imports.write(edits);
  return {
    fix: "format-string",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: title(call, found, written.name),
    behaviour: written.behaviour,
    isPreferred: written.behaviour === null,
    choice: null,
    saves,
  };
}

/** Whether it is a value of several lines behind a key: on one line, gofmt would align its key with those around. */
function isAlignedValue(place: SyntaxNode): boolean {
  const element = place.parent?.type === "literal_element" ? place.parent : place;
  return place.text.includes("\n") && element.parent?.type === "keyed_element";
}

interface Written {
  readonly code: string;
  /** The function that takes the place of fmt's; undefined where an expression does. */
  readonly name: string | undefined;
  readonly behaviour: string | null;
}

function wrapped(
  { call, target, writer }: FormatCall,
  expression: (depth: number) => string,
  isChain: boolean,
  imports: FileImports,
  writerType: string | undefined,
): Written {
  if (target === "error") {
    const name = `${imports.qualifier("errors", call.node)}.New`;
    return { code: `${name}(${expression(depthOf(call.node))})`, name, behaviour: null };
  }
  if (writer !== undefined) return writeCall(writer, writerType, expression, call.node, imports);
  const { parent } = call.node;
  const isOperand =
    /^(?:selector|index|slice)_expression$/.test(parent?.type ?? "") &&
    isSame(parent?.childForFieldName("operand"), call.node);
  const depth = isChain ? chainDepthOf(call.node) : depthOf(call.node);
  const code = isChain && isOperand ? `(${expression(Math.max(1, depth - 1))})` : expression(depth);
  return { code, name: undefined, behaviour: null };
}

/**
 * Allocations that are saved: fmt makes a box for each operand that is neither constant nor one byte, and the string itself.
 * Refuses where none is.
 */
function saved({ target, name }: FormatCall, { boxes, conversions, parts }: FormatParts): number {
  const before = boxes + (target === "writer" ? 0 : 1);
  const after = conversions + (parts.length > 1 ? 1 : 0);
  return after < before ? before - after : refuse(t("Without `fmt.{0}` it would allocate as often.", name));
}

function title({ name }: FormatCall, { parts, functions }: FormatParts, wrapper: string | undefined): string {
  const [only] = functions;
  if (wrapper !== undefined) return t("Replace `fmt.{0}` with `{1}`", name, wrapper);
  if (parts.length === 1 && only !== undefined) return t("Replace `fmt.{0}` with `{1}`", name, only);
  return parts.length === 1
    ? t("Use the string itself instead of `fmt.{0}`", name)
    : t("Replace `fmt.{0}` with a concatenation", name);
}
