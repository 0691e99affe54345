import type { Diagnostic } from "vscode-languageserver-protocol";
import { SourceText } from "../../server/src/syntax/sourceText.js";

/** What each diagnostic underlines in the text, with its code, in the order of the places. */
export function underlined(diagnostics: readonly Diagnostic[], text: string): string[] {
  const source = new SourceText(text);
  return diagnostics
    .map(({ range, code }) => ({
      start: source.offsetOf(range.start),
      end: source.offsetOf(range.end),
      code,
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, code }) => `${source.text.slice(start, end)} ${String(code)}`);
}

/** The message as text: LSP 3.18 allows markup, which the server never sends. */
export function messageOf(diagnostic: Diagnostic | undefined): string {
  return typeof diagnostic?.message === "string" ? diagnostic.message : "";
}
