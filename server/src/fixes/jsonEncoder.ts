/** Encodes JSON straight to the writer, where json.Marshal's bytes are only written to it. */
import * as l10n from "@vscode/l10n";
import { asCall, calleeName } from "../syntax/calls.js";
import { fileNames } from "../syntax/fileNames.js";
import { innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, isWithin, onlyOperand, operands, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { usesOf } from "./variableUses.js";

const { t } = l10n;

export const jsonEncoder: Fix = {
  id: "json-encoder",
  appliesTo: (site) =>
    site.inlinedFrom === null &&
    site.kind !== "hidden" &&
    (/(?:^|\.)Marshal$/.test(site.callee ?? "") ||
      (site.form === "conversion" && /(?:^|\.)Write$/.test(site.callee ?? "")) ||
      site.reason === "unknown-callee"),
  propose: (input) =>
    proposals("json-encoder", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** `b, err := json.Marshal(v)` and the write of `b` behind it. */
interface Marshalled {
  readonly statement: SyntaxNode;
  readonly call: SyntaxNode;
  readonly value: SyntaxNode;
  /** The name that takes the error; `_` where it is dropped. */
  readonly error: SyntaxNode;
}

/** Nothing for sites that have nothing to do with json.Marshal. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const marshalled = marshalAround(tree, node) ?? marshalOfWritten(tree, node);
  if (marshalled === undefined) return [];
  const { statement, call, value, error } = marshalled;
  const bytes = operands(statement.childForFieldName("left") ?? statement)[0];
  const declaration = bytes?.type === "identifier" ? declarationOf(bytes) : undefined;
  const definition = innermostFunction(statement);
  if (bytes === undefined || declaration === undefined || definition === undefined)
    return refuse(t("What json.Marshal returns is not kept in new variables."));
  const [use, ...others] = usesOf(declaration, definition);
  if (use === undefined || others.length > 0)
    return refuse(t("`{0}` is used for more than one write.", bytes.text));
  const written = writeOf(use, tree);
  refuseBetween(statement, written.statement, error, bytes);
  const argument = isPackageVariable(value) ? `&${value.text}` : value.text;
  const encode = `${call.childForFieldName("function")?.childForFieldName("operand")?.text ?? "json"}.NewEncoder(${written.writer.text}).Encode(${argument})`;
  const edits = new FileEdits(tree);
  writeEncode(marshalled, encode, edits);
  edits.deleteLine(written.statement);
  return [
    {
      fix: "json-encoder",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: argument.startsWith("&") || input.site.form === "conversion" ? "gone" : "structural",
      title: t("Encode to `{0}` with json.NewEncoder", written.writer.text),
      behaviour: t("The encoder writes a newline after the value, and returns the writer's error as well."),
      isPreferred: false,
      choice: null,
    },
  ];
}

function writeEncode({ statement, error }: Marshalled, encode: string, edits: FileEdits): void {
  if (error.text === "_") edits.replace(statement, encode);
  else {
    const operator = isSame(declarationOf(error)?.name, error) ? ":=" : "=";
    edits.replace(statement, `${error.text} ${operator} ${encode}`);
  }
}

function marshalAround(tree: GoTree, node: SyntaxNode): Marshalled | undefined {
  const list = node.parent;
  const call = list?.type === "argument_list" ? list.parent : null;
  return call === null ? undefined : asMarshal(tree, call);
}

/** From `w.Write([]byte(string(b)))` back to what made `b`. */
function marshalOfWritten(tree: GoTree, node: SyntaxNode): Marshalled | undefined {
  const name = bytesWithin(node);
  const declaration = name === undefined ? undefined : declarationOf(name);
  const value =
    declaration === undefined ? undefined : onlyOperand(declaration.node.childForFieldName("right"));
  return value === undefined ? undefined : asMarshal(tree, value);
}

function asMarshal(tree: GoTree, node: SyntaxNode): Marshalled | undefined {
  const call = asCall(node);
  const callee = call?.callee;
  if (call === undefined || callee?.type !== "selector_expression") return undefined;
  const package_ = callee.childForFieldName("operand");
  const isJson = package_ !== null && fileNames(tree).imports.get(package_.text) === "encoding/json";
  if (!isJson || calleeName(callee)?.text !== "Marshal") return undefined;
  const statement = node.parent?.parent;
  const [value] = call.arguments;
  const names = operands(statement?.childForFieldName("left") ?? node);
  const [, error] = names;
  const isDeclaration =
    statement?.type === "short_var_declaration" && statement.parent?.type === "statement_list";
  if (!isDeclaration || value === undefined || error === undefined || !startsLine(tree, statement))
    return undefined;
  return { statement, call: node, value, error };
}

/** `b` in `b`, `string(b)` and `[]byte(string(b))`. */
function bytesWithin(node: SyntaxNode): SyntaxNode | undefined {
  const inner = withoutParentheses(node);
  if (inner.type === "identifier") return inner;
  const call = asCall(inner);
  const [argument] = call?.arguments ?? [];
  const isConversion = call !== undefined && /^(?:string|\[\]byte)$/.test(call.callee.text);
  return isConversion && argument !== undefined ? bytesWithin(argument) : undefined;
}

interface Write {
  readonly statement: SyntaxNode;
  readonly writer: SyntaxNode;
}

/** `w.Write(b)` as a statement of its own, whose results are dropped or replace the error. */
function writeOf(use: SyntaxNode, tree: GoTree): Write {
  const node = argumentsAround(use);
  const call = node.parent;
  const callee = call === null ? undefined : asCall(call)?.callee;
  const writer = callee?.type === "selector_expression" ? callee.childForFieldName("operand") : null;
  const statement = call === null ? undefined : statementOf(call);
  const isWrite = callee !== undefined && /^Write(?:String)?$/.test(calleeName(callee)?.text ?? "");
  if (
    !isWrite ||
    writer === null ||
    statement === undefined ||
    bytesWithin(operands(node)[0] ?? node)?.id !== use.id
  )
    return refuse(t("`{0}` is not just written.", use.text));
  if (!/^(?:identifier|selector_expression)$/.test(writer.type) || /[([]/.test(writer.text))
    return refuse(t("The writer is no variable: `{0}`.", writer.text));
  if (!startsLine(tree, statement)) return refuse(t("No line can stand before the write."));
  return { statement, writer };
}

/** The argument list that the bytes are in, conversions to string and back looked through. */
function argumentsAround(use: SyntaxNode): SyntaxNode {
  let node = use;
  for (let outer = use.parent; outer !== null; outer = outer.parent) {
    const isConverted = asCall(outer) !== undefined && bytesWithin(outer) !== undefined;
    if (outer.type === "argument_list") node = outer;
    else if (!isConverted && outer.type !== "parenthesized_expression") break;
  }
  return node;
}

/** The write as a whole statement: alone, `_, err = w.Write(b)`, or `if _, err := w.Write(b); err != nil {…}`. */
function statementOf(call: SyntaxNode): SyntaxNode | undefined {
  const { parent } = call;
  if (parent?.type === "expression_statement" && parent.parent?.type === "statement_list") return parent;
  const statement = parent?.type === "expression_list" ? parent.parent : null;
  if (statement === null || !/^(?:assignment_statement|short_var_declaration)$/.test(statement.type))
    return undefined;
  const [count, error] = operands(statement.childForFieldName("left") ?? statement);
  if (count?.text !== "_" || error?.type !== "identifier") return undefined;
  const around = statement.parent;
  if (around?.type === "if_statement" && isSame(around.childForFieldName("initializer"), statement))
    return around.parent?.type === "statement_list" && checks(around, error.text) ? around : undefined;
  return statement.type === "assignment_statement" && around?.type === "statement_list"
    ? statement
    : undefined;
}

/** Whether an if statement without else asks for the error. */
function checks(statement: SyntaxNode, error: string): boolean {
  return (
    statement.type === "if_statement" &&
    statement.childForFieldName("condition")?.text === `${error} != nil` &&
    statement.childForFieldName("alternative") === null
  );
}

/** Only the check of Marshal's error may stand between: all else could see or change the order of what is written. */
function refuseBetween(first: SyntaxNode, last: SyntaxNode, error: SyntaxNode, bytes: SyntaxNode): void {
  if (!isSame(first.parent, last.parent)) refuse(t("`{0}` is written in another block.", bytes.text));
  const between = operands(first.parent ?? first).filter(
    (each) => each.startIndex > first.endIndex && each.endIndex < last.startIndex,
  );
  const isCheck = (each: SyntaxNode) =>
    checks(each, error.text) && each.childForFieldName("initializer") === null;
  if (!between.every(isCheck)) refuse(t("Other statements stand between json.Marshal and the write."));
  if (last.type === "if_statement") {
    const handled = last.childForFieldName("consequence")?.text;
    // Both errors come from one call then.
    if (!between.some((each) => each.childForFieldName("consequence")?.text === handled))
      refuse(t("The writer's error is handled on its own."));
    return;
  }
  const assigned = operands(last.childForFieldName("left") ?? last)[1]?.text ?? "_";
  const isOwn = last.type === "assignment_statement" && assigned !== "_" && assigned !== error.text;
  if (isOwn) refuse(t("The writer's error is handled on its own."));
}

/** Its address costs nothing, while a local variable would be moved to the heap for it. */
function isPackageVariable(value: SyntaxNode): boolean {
  const declaration = value.type === "identifier" ? declarationOf(value) : undefined;
  return (
    declaration?.kind === "variable" &&
    isPackageLevel(declaration) &&
    !isWithin(declaration.name, ancestor(value, new Set(["statement_list"])) ?? value)
  );
}
