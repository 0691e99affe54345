/** Calls of fmt's functions that format: what is formatted, and into what. */
import * as l10n from "@vscode/l10n";
import type { Site } from "../analysis/site.js";
import { asCall, type CallSyntax } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { packageFunction } from "../syntax/imports.js";
import { isWithin, present } from "../syntax/nodes.js";
import { type FormatPiece, formatPieces } from "./formatVerbs.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** Sprint: a string; Errorf: an error; Fprint: written to the first argument. */
export type FormatTarget = "string" | "error" | "writer";

export interface FormatCall {
  readonly call: CallSyntax;
  /** `Sprintf`, … */
  readonly name: string;
  /** `fmt` as the file calls it. */
  readonly qualifier: SyntaxNode;
  readonly target: FormatTarget;
  /** The first argument of those that write. */
  readonly writer: SyntaxNode | undefined;
  /** What is formatted. */
  readonly operands: readonly SyntaxNode[];
  /** The format; undefined for Sprint, Sprintln and their like, which have none. */
  readonly pieces: readonly FormatPiece[] | undefined;
}

const functions = /^(Sprint|Fprint|Error)(f|ln)?$/;

/** Whether a site may be an operand of such a call, by the callee in the source's words. */
export function mayFormat({ inlinedFrom, callee, kind }: Site): boolean {
  if (inlinedFrom !== null || callee === null || kind !== "escapes") return false;
  return /^\w+\.(?:[SF]print(?:f|ln)?|Errorf)$/.test(callee);
}

/** The call that a site's node is an operand of. Refuses spread arguments, formats that are not plain, and comments. */
export function formatCall(tree: GoTree, node: SyntaxNode): FormatCall {
  for (let outer: SyntaxNode | null = node; outer !== null; outer = outer.parent) {
    const call = asCall(outer);
    if (call?.arguments.some((argument) => isWithin(node, argument)) !== true) continue;
    const named = packageFunction(tree, call.callee);
    const match = functions.exec(named?.name ?? "");
    if (named?.path !== "fmt" || match === null) break;
    return read(call, named.name, named.qualifier, match);
  }
  return refuse(t("It is not passed to package fmt directly."));
}

function read(call: CallSyntax, name: string, qualifier: SyntaxNode, match: RegExpExecArray): FormatCall {
  if (call.arguments.some(({ type }) => type === "variadic_argument"))
    refuse(t("The operands are in a slice."));
  if (present(call.node.descendantsOfType("comment")).length > 0)
    refuse(t("There is a comment among the arguments."));
  const target = match[1] === "Error" ? "error" : match[1] === "Sprint" ? "string" : "writer";
  const writer = target === "writer" ? call.arguments[0] : undefined;
  const rest = target === "writer" ? call.arguments.slice(1) : call.arguments;
  const hasFormat = match[2] === "f";
  const pieces = hasFormat ? formatPieces(rest[0]) : undefined;
  const operands = hasFormat ? rest.slice(1) : rest;
  const verbs = pieces?.filter(({ kind }) => kind === "verb").length ?? operands.length;
  if (verbs !== operands.length) refuse(t("The format does not fit its operands."));
  return { call, name, qualifier, target, writer, operands, pieces };
}
