/** Keeps ranges on their text while the document is edited, until a new analysis replaces them. */
import type { Position, Range } from "../syntax/sourceText.js";

/** One change of a document (LSP 3.17, TextDocumentContentChangeEvent); without a range the whole text is new. */
export interface TextChange {
  readonly range?: Range;
  readonly text: string;
}

/**
 * The place of `range` after the change, or undefined when the change touches its text, so that nothing true can be said
 * of it. Text that is typed right before or behind the range leaves it alone, unless it would join the range's words.
 */
export function remapRange(range: Range, change: TextChange): Range | undefined {
  if (change.range === undefined) return undefined;
  const { start, end } = change.range;
  if (compare(end, range.start) <= 0) {
    if (compare(end, range.start) === 0 && /[\p{L}\p{N}_]$/u.test(change.text)) return undefined;
    return {
      start: moved(range.start, change.range, change.text),
      end: moved(range.end, change.range, change.text),
    };
  }
  if (compare(start, range.end) > 0) return range;
  if (compare(start, range.end) === 0) return /^[\p{L}\p{N}_]/u.test(change.text) ? undefined : range;
  return undefined;
}

/** The place of a position that is at or behind the replaced range. */
function moved(position: Position, replaced: Range, text: string): Position {
  const lines = text.split(/\r\n|\n|\r/);
  const last = lines.at(-1) ?? "";
  const line = position.line - (replaced.end.line - replaced.start.line) + lines.length - 1;
  if (position.line > replaced.end.line) return { line, character: position.character };
  const before = lines.length === 1 ? replaced.start.character : 0;
  return { line, character: position.character - replaced.end.character + before + last.length };
}

export function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Whether a position lies in the range, its ends included: where a cursor touches the text. */
export function touches({ start, end }: Range, position: Position): boolean {
  return compare(start, position) <= 0 && compare(position, end) <= 0;
}
