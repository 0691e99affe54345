/** Lists as the compiler prints them: arguments, and the sides of an assignment of several values. */

/** Splits at the commas outside of brackets and quotes; undefined where the list ends before the text does. */
export function splitList(text: string): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === '"' || character === "'") index = quoteEnd(text, index);
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
    if (depth < 0) return undefined;
  }
  const last = text.slice(start).trim();
  return last === "" && parts.length === 0 ? [] : [...parts, last];
}

/** Long strings are cut by the compiler and have no closing quote (go/constant, String). */
function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === quote) return index;
    else if (text.startsWith("..., ", index)) return index + 2;
  }
  return text.length - 1;
}

/**
 * Splits a printed call before the parenthesis of its arguments, and takes the type arguments out of what is called:
 * `(*T).M` and `(a, b)` of `(*T[go.shape.int]).M(a, b)`. Undefined where no arguments follow.
 */
export function splitCall(text: string): { readonly callee: string; readonly rest: string } | undefined {
  let callee = "";
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === "[") depth++;
    // Around a receiver the parenthesis comes first, or behind the dot of its package.
    const isReceiver = callee === "" || callee.endsWith(".");
    if (depth === 0 && character === "(" && !isReceiver) return { callee, rest: text.slice(index) };
    if (depth === 0) callee += character;
    if (character === "]") depth--;
  }
  return undefined;
}
