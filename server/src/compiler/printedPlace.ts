/** Places as the compiler prints them before its messages, and the text of bytes that they are found in. */

/** Where the parts of `path:line:column: message` are; the column may be missing. */
export interface PrintedPlace {
  /** Index of the colon behind the path. */
  readonly pathEnd: number;
  readonly line: number;
  readonly column: number | undefined;
  /** Index of the message, which begins with a blank. */
  readonly message: number;
}

/** The first place in a line that a message stands behind; undefined in lines without any. */
export function printedPlace(text: string): PrintedPlace | undefined {
  for (let colon = text.indexOf(":", 1); colon >= 0; colon = text.indexOf(":", colon + 1)) {
    const lineEnd = digitsEnd(text, colon + 1);
    if (lineEnd === colon + 1 || text.charCodeAt(lineEnd) !== colonCode) continue;
    const columnEnd = digitsEnd(text, lineEnd + 1);
    const hasColumn = columnEnd > lineEnd + 1 && text.charCodeAt(columnEnd) === colonCode;
    const message = (hasColumn ? columnEnd : lineEnd) + 1;
    if (text.charCodeAt(message) !== blank) continue;
    const column = hasColumn ? Number(text.slice(lineEnd + 1, columnEnd)) : undefined;
    return { pathEnd: colon, line: Number(text.slice(colon + 1, lineEnd)), column, message };
  }
  return undefined;
}

const blank = 32;
const zero = 48;
const nine = 57;
const colonCode = 58;

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) >= zero && text.charCodeAt(end) <= nine) end++;
  return end;
}

/** Text (UTF-8) from one that has a character for each of its bytes. */
export function decodedBytes(bytes: string): string {
  return /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}

/** The other way round. */
export function encodedBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
