/** Format strings of package fmt, as far as they are plain: text and verbs without flags, widths and argument indexes. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

/** Text as a Go literal, or a verb with its precision (`%.2f`). */
export type FormatPiece =
  | { readonly kind: "text"; readonly literal: string }
  | { readonly kind: "verb"; readonly verb: string; readonly precision: number | undefined };

/** Reads a string literal as a format (pkg.go.dev/fmt, Printing). Refuses what is no literal, and verbs with flags. */
export function formatPieces(format: SyntaxNode | undefined): FormatPiece[] {
  const isLiteral = /^(?:interpreted|raw)_string_literal$/.test(format?.type ?? "");
  const literal = isLiteral ? /^(["`])(.*)\1$/s.exec(format?.text ?? "") : null;
  const [, quote = "", body = ""] = literal ?? [];
  if (literal === null) return refuse(t("The format is not written as a string."));
  // A per cent sign that is itself escaped would be read as text.
  if (quote === '"' && /\\(?:x25|045|u0025|U00000025)/.test(body))
    return refuse(t("The format is not plain: `{0}`.", literal[0]));
  const pieces: FormatPiece[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") pieces.push({ kind: "text", literal: `${quote}${text}${quote}` });
    text = "";
  };
  for (const [piece, , precision, verb] of body.matchAll(/[^%]+|%%|%(\.(\d+))?([a-zA-Z])|%/gs)) {
    if (!piece.startsWith("%")) text += piece;
    else if (piece === "%%") text += "%";
    else if (verb === undefined) return refuse(t("The format has flags or widths: `{0}`.", literal[0]));
    else {
      flush();
      pieces.push({ kind: "verb", verb, precision: precision === undefined ? undefined : Number(precision) });
    }
  }
  flush();
  return pieces;
}
