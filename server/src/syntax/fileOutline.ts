/** Cuts a file into its functions and what they all can see of it, so that what is known of one survives edits of others. */
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { operands, spanOf, type TextSpan } from "./nodes.js";

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
  const outlined = declarations.map((declaration) => {
    const span = spanOf(declaration);
    const [firstLine, lastLine] = [source.lineOf(span.start), source.lineOf(span.end)];
    return { isFunction: bodyOf(declaration) !== null, span, text: declaration.text, firstLine, lastLine };
  });
  const functions = outlined.filter(({ isFunction, span, firstLine, lastLine }, index) => {
    const [before, after] = [outlined[index - 1], outlined[index + 1]];
    const isAlone = (before?.lastLine ?? 0) < firstLine && (after?.firstLine ?? Infinity) > lastLine;
    return isFunction && isAlone && span.start === source.lineStart(firstLine);
  });
  return { functions, around };
}

function bodyOf(declaration: SyntaxNode): SyntaxNode | null {
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
