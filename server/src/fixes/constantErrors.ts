/** Calls of errors.New and fmt.Errorf whose text is a constant. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { packageFunction } from "../syntax/imports.js";
import { formatPieces } from "./formatVerbs.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

export interface ConstantError {
  readonly call: SyntaxNode;
  /** The package's name in the call. */
  readonly qualifier: SyntaxNode;
  /** Whether it is fmt.Errorf, not errors.New. */
  readonly isFormatted: boolean;
  /** The text as a Go literal, `%%` resolved. */
  readonly literal: string;
  /** The text between the quotes. */
  readonly text: string;
}

/** Reads the call. Refuses any other function, and texts that are no literal or have verbs. */
export function constantError(tree: GoTree, node: SyntaxNode): ConstantError {
  const call = asCall(node);
  const named = call === undefined ? undefined : packageFunction(tree, call.callee);
  const [argument, ...others] = call?.arguments ?? [];
  const isFormatted = named?.path === "fmt" && named.name === "Errorf";
  if (named === undefined || !(isFormatted || (named.path === "errors" && named.name === "New")))
    return refuse(t("The error is made by another function."));
  if (
    argument === undefined ||
    others.length > 0 ||
    !/^(?:interpreted|raw)_string_literal$/.test(argument.type)
  )
    return refuse(t("The text of the error is no constant."));
  const literal = isFormatted ? onlyText(argument) : argument.text;
  return { call: node, qualifier: named.qualifier, isFormatted, literal, text: literal.slice(1, -1) };
}

function onlyText(format: SyntaxNode): string {
  const [piece, ...others] = formatPieces(format);
  if (piece?.kind !== "text" || others.length > 0) return refuse(t("The text of the error is no constant."));
  return piece.literal;
}
