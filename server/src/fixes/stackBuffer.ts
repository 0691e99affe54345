/** Gives a slice of variable size a buffer on the stack, and leaves make for what does not fit. */
import * as l10n from "@vscode/l10n";
import { initialValue, writtenType } from "../syntax/declarations.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { isSame } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { type Assigned, assignedVariable, type MakeSlice, makeSlice, statementOf } from "./allocatedSlice.js";
import { sizeOfType } from "./constants.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { quantityOf } from "./quantities.js";
import { proposals, refuse } from "./refusal.js";
import { constantBound } from "./sizeBound.js";
import { freeName, withSiteFile } from "./sourceFile.js";

const { t } = l10n;

/** Sizes to choose from, in elements, by the size of one: at most 8 KiB of stack for elements of a word or less. */
const choicesOfSmall = [64, 256, 1024];
const choicesOfLarge = [8, 32, 128];

/** Bytes up to which an element counts as small. */
const smallElement = 8;

/** Bytes of the largest buffer that a bound found in the code may ask for. */
const largestBound = 64 * 1024;

export const stackBuffer: Fix = {
  id: "stack-buffer",
  appliesTo: (site) => site.reason === "variable-size" && site.form === "make",
  propose: (input) =>
    proposals("stack-buffer", () => withSiteFile(input, (tree, node) => variants(input, tree, node))),
};

interface Buffer {
  readonly tree: GoTree;
  readonly made: MakeSlice;
  /** How many elements it needs: the capacity, where there is one. */
  readonly size: SyntaxNode;
  readonly assigned: Assigned;
  readonly statement: SyntaxNode;
  /** Name of the array. */
  readonly name: string;
}

function variants(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const made = makeSlice(node);
  if (made === undefined) return refuse(t("Only slices can have a buffer on the stack."));
  const assigned = assignedVariable(node);
  if (assigned === undefined) return refuse(t("The slice is not assigned to a variable."));
  const statement = statementOf(tree, node);
  if (!isSame(statement, assigned.statement)) return refuse(t("It is declared in a group."));
  const size = made.capacity ?? made.length;
  const once = [made.length, size].find((each) => !isReadTwice(each));
  if (once !== undefined) return refuse(t("The size `{0}` may not be evaluated twice.", once.text));
  const definition = functionDeclaration(node) ?? statement;
  const buffer = {
    tree,
    made,
    size,
    assigned,
    statement,
    name: freeName(`${assigned.name.text}Buffer`, definition),
  };
  const bound = constantBound(size);
  const bytes = sizeOfType(made.element);
  if (bound !== undefined && bound.value * (bytes ?? 1) <= largestBound)
    return [bounded(input, buffer, bound.text)];
  const choices = bytes !== undefined && bytes <= smallElement ? choicesOfSmall : choicesOfLarge;
  return choices.map((choice) => withFallback(input, buffer, choice));
}

/** Variables, fields, their lengths, and sums of those: reading them again gives the same and does nothing. */
function isReadTwice(size: SyntaxNode): boolean {
  if (quantityOf(size) !== undefined) return true;
  if (size.type === "call_expression") return constantBound(size) !== undefined;
  if (size.type !== "binary_expression") return false;
  return ["left", "right"].every((field) => {
    const operand = size.childForFieldName(field);
    return operand !== null && isReadTwice(operand);
  });
}

/** The code shows how large it can be, so that make is not needed at all. */
function bounded(input: FixInput, buffer: Buffer, bound: string): Proposal {
  const { made, size, statement, name, tree } = buffer;
  const edits = new FileEdits(tree);
  edits.insertLineBefore(statement, `var ${name} [${bound}]${made.element.text}`);
  edits.replace(made.call.node, `${name}${cut(buffer)}`);
  return {
    fix: "stack-buffer",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    title: t("Use an array of {0} elements on the stack: `{1}` is never more", bound, size.text),
    behaviour: null,
    isPreferred: true,
    choice: null,
  };
}

function withFallback(input: FixInput, buffer: Buffer, choice: number): Proposal {
  const { made, size, assigned, statement, name, tree } = buffer;
  const edits = new FileEdits(tree);
  const slice = assigned.name.text;
  const element = made.element.text;
  const limit = isInt(size) ? `len(${name})` : String(choice);
  const sizes = made.capacity === undefined ? size.text : `${made.length.text}, ${size.text}`;
  const comment = assigned.isDeclaration ? trailingComment(tree, statement) : undefined;
  const lines = [
    `var ${name} [${choice}]${element}`,
    ...(assigned.isDeclaration
      ? [`var ${slice} []${element}${comment === undefined ? "" : ` ${comment.text.trimEnd()}`}`]
      : []),
    `if ${size.text} <= ${limit} {`,
    `\t${slice} = ${name}${cut(buffer)}`,
    `} else {`,
    `\t${slice} = make([]${element}, ${sizes})`,
    `}`,
  ];
  // To the parser, the carriage return of a Windows line end belongs to the comment before it.
  const end = comment === undefined ? statement.endIndex : comment.startIndex + comment.text.trimEnd().length;
  edits.replaceSpan(statement.startIndex, end, lines.join("\n"));
  return {
    fix: "stack-buffer",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: t("Use a stack buffer of {0} elements for `{1}`, and `make` beyond that", choice, slice),
    behaviour: null,
    isPreferred: false,
    choice: String(choice),
  };
}

/** The comment behind a statement on its line: it speaks of the variable, and stays with its declaration. */
function trailingComment(tree: GoTree, statement: SyntaxNode): SyntaxNode | undefined {
  const next = statement.nextNamedSibling;
  if (next?.type !== "comment" || !next.text.startsWith("//")) return undefined;
  const between = tree.source.text.slice(statement.endIndex, next.startIndex);
  return /^[ \t]*$/.test(between) ? next : undefined;
}

/** With the same capacity, append leaves the buffer as it would leave what make returned. */
function cut({ made: { length }, size }: Buffer): string {
  // gofmt sets blanks around the colons where an operand is a binary expression (go/printer, SliceExpr).
  const blank = [length, size].some(({ type }) => type === "binary_expression") ? " " : "";
  return `[:${blank}${length.text}${blank}:${blank}${size.text}]`;
}

/** Whether the size is an int without doubt; other integers do not compare with what `len` returns. */
function isInt(size: SyntaxNode): boolean {
  if (size.type === "identifier") {
    const declaration = declarationOf(size);
    if (declaration === undefined) return false;
    const type = writtenType(declaration);
    if (type !== undefined) return type.text === "int";
    const value = initialValue(declaration);
    return value !== undefined && (value.type === "int_literal" || /^(?:len|cap)\(/.test(value.text));
  }
  return /^(?:len|cap)\(/.test(size.text) || integerConstant(size) !== undefined;
}
