/**
 * The one place that converts between the compiler's columns (from 1, UTF-8 bytes) and LSP positions (from 0, UTF-16, or
 * what else a client counts in).
 */

/** LSP 3.17, Position: line and character from 0, character in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** LSP 3.17, Range: the end is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** What a client counts a position's character in (LSP 3.17, PositionEncodingKind). All else here is UTF-16. */
export type PositionEncoding = "utf-8" | "utf-16" | "utf-32";

const byteOrderMark = "\uFEFF";

/**
 * A file's text with its lines, in both countings. Offsets are UTF-16 code units into `text`, which has no byte order
 * mark: editors hide it, while the compiler counts its three bytes in the first line's columns
 * (cmd/compile/internal/syntax/source.go, nextch).
 */
export class SourceText {
  /** As it was given, with a byte order mark. */
  readonly contents: string;
  readonly text: string;
  readonly #markBytes: number;
  /** Starts of Go's lines: only `\n` ends one. */
  readonly #goLines: readonly number[];
  /** Starts of LSP's lines: `\r\n`, `\n` or a lone `\r` ends one (LSP 3.17, EOL). */
  readonly #lspLines: readonly number[];

  constructor(contents: string) {
    this.contents = contents;
    this.#markBytes = contents.startsWith(byteOrderMark) ? 3 : 0;
    this.text = this.#markBytes > 0 ? contents.slice(1) : contents;
    this.#goLines = lineStarts(this.text);
    this.#lspLines = this.text.includes("\r") ? lspLineStarts(this.text) : this.#goLines;
  }

  /** Number of Go's lines. */
  get lineCount(): number {
    return this.#goLines.length;
  }

  /**
   * The offset of a compiler position (line and column from 1, column in bytes), or undefined when the text has no such
   * place: the file has changed since. A column inside a character gives that character's start.
   */
  offsetAt(line: number, column: number): number | undefined {
    const start = this.#goLines[line - 1];
    if (start === undefined || column < 1) return undefined;
    const end = this.#goLines[line] ?? this.text.length + 1;
    let bytes = column - 1 - (line === 1 ? this.#markBytes : 0);
    let offset = start;
    while (bytes > 0 && offset < end) {
      const code = this.text.codePointAt(offset);
      if (code === undefined) return undefined;
      bytes -= utf8Length(code);
      if (bytes >= 0) offset += code > 0xffff ? 2 : 1;
    }
    return bytes <= 0 && offset < end ? offset : undefined;
  }

  /** Offset of the first character of Go's line (from 1), or undefined past the end. */
  lineStart(line: number): number | undefined {
    return this.#goLines[line - 1];
  }

  /** Offset behind the last character of Go's line (from 1), its line end left out; undefined past the end. */
  lineEnd(line: number): number | undefined {
    if (this.#goLines[line - 1] === undefined) return undefined;
    const next = this.#goLines[line];
    if (next === undefined) return this.text.length;
    return this.text[next - 2] === "\r" ? next - 2 : next - 1;
  }

  /** Go's line (from 1) that holds the offset. */
  lineOf(offset: number): number {
    return indexOfLine(this.#goLines, offset) + 1;
  }

  /** The compiler's column (from 1, in bytes) of an offset. */
  columnOf(offset: number): number {
    const line = indexOfLine(this.#goLines, offset);
    const before = this.text.slice(this.#goLines[line], offset);
    return Buffer.byteLength(before, "utf8") + 1 + (line === 0 ? this.#markBytes : 0);
  }

  /** The LSP position of an offset. */
  positionAt(offset: number): Position {
    const line = indexOfLine(this.#lspLines, offset);
    return { line, character: offset - (this.#lspLines[line] ?? 0) };
  }

  /** The offset of an LSP position, held within its line (LSP 3.17: a character past the end means the end). */
  offsetOf(position: Position): number {
    const start = this.#lspLines[position.line];
    if (start === undefined) return this.text.length;
    const next = this.#lspLines[position.line + 1];
    const end = next === undefined ? this.text.length : endOfLine(this.text, next);
    return Math.min(start + position.character, end);
  }

  /** A position as a client counts it. One that the text does not have is held within its line. */
  encodePosition(position: Position, encoding: PositionEncoding): Position {
    const start = this.#lspLines[position.line];
    if (start === undefined) return position;
    const before = this.text.slice(start, this.offsetOf(position));
    return { line: position.line, character: lengthIn(before, encoding) };
  }

  /** The position that a client means. Inside a character it is that character's start; past the line's end, the end. */
  decodePosition(position: Position, encoding: PositionEncoding): Position {
    const { line } = position;
    const start = this.#lspLines[line];
    if (start === undefined) return position;
    const end = this.offsetOf({ line, character: Infinity });
    let left = position.character;
    let character = 0;
    for (const each of this.text.slice(start, end)) {
      left -= lengthIn(each, encoding);
      if (left < 0) break;
      character += each.length;
    }
    return { line, character };
  }

  /** The LSP range between two offsets. */
  range(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

function lspLineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** Offset of the line end that stands before the offset. */
function endOfLine(text: string, next: number): number {
  return text.startsWith("\r\n", next - 2) ? next - 2 : next - 1;
}

/** Index of the last start that is not behind the offset. */
function indexOfLine(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lengthIn(text: string, encoding: PositionEncoding): number {
  switch (encoding) {
    case "utf-8":
      return Buffer.byteLength(text, "utf8");
    case "utf-16":
      return text.length;
    case "utf-32":
      return Array.from(text).length;
  }
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
