/**
 * The compiler's rendering of expressions against source text. The two differ in white space, in package qualifiers, in
 * constants (folded since Go 1.22), and in literals, which are shortened (cmd/compile/internal/ir/fmt.go, exprFmt).
 */

/** A rendering of the shape `HEAD(OPERANDS)`: a call, a builtin or an explicit conversion. */
export interface Application {
  /** Without the parentheses that the compiler puts around unnamed types: `([]byte)(s)` has the head `[]byte`. */
  readonly head: string;
  readonly operands: string;
}

/** Takes a rendering apart at the parentheses that end it; undefined when it does not end in such a pair. */
export function parseApplication(text: string): Application | undefined {
  if (!text.endsWith(")")) return undefined;
  const open = lastOpening(text);
  if (open === undefined || open === 0) return undefined;
  const head = text.slice(0, open);
  const bare =
    head.startsWith("(") && head.endsWith(")") && lastOpening(head) === 0 ? head.slice(1, -1) : head;
  return { head: bare, operands: text.slice(open + 1, -1) };
}

/** Index of the parenthesis that the last character closes, quotes taken into account. */
function lastOpening(text: string): number | undefined {
  const open: number[] = [];
  let last: number | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"' || character === "'" || character === "`") index = closingQuote(text, index);
    else if (character === "(") open.push(index);
    else if (character === ")") last = open.pop();
  }
  return last;
}

/** Index of the quote that ends the literal begun at `start`; the end of the text when it was cut off. */
function closingQuote(text: string, start: number): number {
  const quote = text[start];
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\" && quote !== "`") index++;
    else if (text[index] === quote) return index;
  }
  return text.length;
}

/** Whether a type in the compiler's words and one in the source may be the same, aliases of other names aside. */
export function sameType(rendered: string, source: string): boolean {
  return normalizeType(rendered) === normalizeType(source);
}

function normalizeType(type: string): string {
  let text = type.replace(/\/\*[^]*?\*\/|\/\/.*/g, "").replace(/\s+/g, "");
  while (/^\(.*\)$/.test(text) && lastOpening(text) === 0) text = text.slice(1, -1);
  // The compiler writes import paths in type arguments and package names elsewhere; the source has its own names.
  text = text.replace(/(?:[\w.-]+\/)*[\p{L}_][\p{L}\p{N}_-]*\.(?=[\p{L}_])/gu, "");
  return text
    .replace(/interface\{\}/g, "any")
    .replace(/\buint8\b/g, "byte")
    .replace(/\bint32\b/g, "rune");
}

/** Whether a rendering is the source expression, white space, qualifiers and parentheses aside. */
export function sameExpression(rendered: string, source: string): boolean {
  return rendered === source || normalizeExpression(rendered) === normalizeExpression(source);
}

function normalizeExpression(text: string): string {
  return normalizeType(text.replace(/,(\s*\))/g, "$1")).replace(/[()]/g, "");
}

/** The type's or function's own name: the last component without qualifier and type arguments. */
export function baseName(text: string): string {
  const bare = text.replace(/\[[^]*$/, "");
  return bare.slice(bare.lastIndexOf(".") + 1).trim();
}

/** Whether the rendering is the result of an inlined call: `~r0` (`~R0` before Go 1.20) and so on. */
export function isInlinedResult(rendered: string): boolean {
  return /^~[rR]\d+$/.test(rendered);
}

/** Whether the rendering is a temporary that the compiler made, as for `f(g())` and `return g()` with several results. */
export function isTemporary(rendered: string): boolean {
  return /^\.autotmp_\d+$/.test(rendered);
}
