/** Cuts a file into its functions and what they all can see of it, so that what is known of one survives edits of others. */
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { operands, spanOf, type TextSpan } from "./nodes.js";
import type { SourceText } from "./sourceText.js";

export interface OutlinedFunction {
  readonly span: TextSpan;
  readonly text: string;
  /** Lines from 1, counted in `\n`, which it shares with no other declaration. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface FileOutline {
  /** In source order. */
  readonly functions: readonly OutlinedFunction[];
  /** Gives all else that a function's syntax can be read by: imports, types, variables, the heads of all functions. */
  readonly around: () => string;
}

/** Outlines a file. Without functions where carriage returns alone end lines, which Go and editors count differently. */
export function fileOutline({ root, source }: GoTree): FileOutline {
  const declarations = operands(root);
  const around = () => declarations.map((declaration) => visiblePart(declaration)).join("\n");
  if (/\r(?!\n)/.test(source.text)) return { functions: [], around };
  const spans = declarations.map((declaration) => spanOf(declaration));
  const haveOwnLines = ownLines(source, spans);
  const functions = declarations.flatMap((declaration, index) => {
    const span = spans[index];
    if (span === undefined || haveOwnLines[index] !== true || bodyOf(declaration) === null) return [];
    const [firstLine, lastLine] = [source.lineOf(span.start), source.lineOf(span.end)];
    return [{ span, text: declaration.text, firstLine, lastLine }];
  });
  return { functions, around };
}

/** For each of a file's declarations, in source order, whether it begins its line and no other one stands on its lines. */
export function ownLines(source: SourceText, declarations: readonly TextSpan[]): boolean[] {
  const lines = declarations.map(({ start, end }) => ({
    first: source.lineOf(start),
    last: source.lineOf(end),
  }));
  return declarations.map(({ start }, index) => {
    const { first, last } = lines[index] ?? { first: 0, last: 0 };
    const isAlone = (lines[index - 1]?.last ?? 0) < first && (lines[index + 1]?.first ?? Infinity) > last;
    return isAlone && start === source.lineStart(first);
  });
}

/** The body of a function or method declaration; null for one without, and for all else. */
export function bodyOf(declaration: SyntaxNode): SyntaxNode | null {
  const isFunction = declaration.type === "function_declaration" || declaration.type === "method_declaration";
  return isFunction ? declaration.childForFieldName("body") : null;
}

/** What is outside of bodies; fields of types within them are looked up by name alone (flowPlaces.ts). */
function visiblePart(declaration: SyntaxNode): string {
  const body = bodyOf(declaration);
  if (body === null) return declaration.text;
  const { text } = declaration;
  return /\bstruct\b/.test(body.text) ? text : text.slice(0, body.startIndex - declaration.startIndex);
}
