/** Where the bodies of a file's functions are, told without a parser: what nobody asks about need not be parsed. */
import type { TextSpan } from "./nodes.js";
import type { SourceText } from "./sourceText.js";

/**
 * The insides of the bodies of declared functions that have none of the lines (from 1), lines of their heads included, and
 * in which a reader of other code has nothing to find: neither fields of types nor appends. In source order. Fewer where
 * the text is not formatted as gofmt does it, or does not compile.
 */
export function bodiesWithout(source: SourceText, lines: Iterable<number>): TextSpan[] {
  const asked = new Uint8Array(source.lineCount + 2);
  for (const line of lines) asked[line] = 1;
  return functionBodies(source.text).filter(({ declared, start, end }) => {
    const last = source.lineOf(end);
    for (let line = source.lineOf(declared); line <= last; line++) if (asked[line] === 1) return false;
    return !/struct|append/.test(source.text.slice(start, end));
  });
}

/** The text with blanks in place of what the spans, which are in its order, have. */
export function blanked(text: string, spans: readonly TextSpan[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), " ".repeat(end - start));
    from = end;
  }
  return parts.join("") + text.slice(from);
}

interface FunctionBody extends TextSpan {
  /** Where the declaration begins. */
  readonly declared: number;
}

/** What stands between the braces of bodies whose declaration begins a line, and whose end ends one. */
function functionBodies(text: string): FunctionBody[] {
  const bodies: FunctionBody[] = [];
  let declared = text.startsWith("func ") ? 0 : -1;
  let open = -1;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case newLine:
        if (depth === 0) declared = text.startsWith("func ", index + 1) ? index + 1 : declared;
        break;
      case quote:
      case apostrophe:
        index = endOfQuoted(text, index);
        break;
      case backquote:
        index = endAt(text, text.indexOf("`", index + 1));
        break;
      case slash:
        index = endOfComment(text, index);
        break;
      case parenthesis:
      case bracket:
        depth++;
        break;
      case brace:
        if (depth++ === 0) open = index;
        break;
      case closingParenthesis:
      case closingBracket:
        depth--;
        break;
      case closingBrace:
        if (--depth !== 0 || declared < 0 || !isBody(text, open, index)) break;
        bodies.push({ declared, start: open + 1, end: index });
        declared = -1;
        break;
      default:
    }
  }
  return bodies;
}

const newLine = 10;
const quote = 34;
const apostrophe = 39;
const parenthesis = 40;
const closingParenthesis = 41;
const slash = 47;
const bracket = 91;
const backslash = 92;
const closingBracket = 93;
const backquote = 96;
const brace = 123;
const closingBrace = 125;

/** Braces of a type, with the rest of the head or nothing behind them, are no body. */
function isBody(text: string, open: number, close: number): boolean {
  const next = text[close + 1];
  const endsLine = next === undefined || next === "\n" || next === "\r";
  return endsLine && !/(?:struct|interface)\s*$/.test(text.slice(Math.max(0, open - 16), open));
}

/** Index of what closes the string or rune, or of the end of its line. */
function endOfQuoted(text: string, start: number): number {
  const closing = text.charCodeAt(start);
  let index = start + 1;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === backslash) index++;
    else if (code === closing || code === newLine) break;
  }
  // The end of a line is read as such.
  return text.charCodeAt(index) === newLine ? index - 1 : index;
}

/** Index of the last character of a comment, its line's end left out; the slash itself where none begins. */
function endOfComment(text: string, start: number): number {
  const next = text[start + 1];
  if (next === "/") return endAt(text, text.indexOf("\n", start)) - 1;
  return next === "*" ? endAt(text, text.indexOf("*/", start + 2)) + 1 : start;
}

/** The end of the text where nothing was found. */
function endAt(text: string, found: number): number {
  return found < 0 ? text.length : found;
}
