/** Which lines of a file differ from another state of it, kept right while the file is edited. */
import type { TextChange } from "../../analysis/remap.js";
import type { Range } from "../../syntax/sourceText.js";

/** Lines from 0; the end is behind the last one. Where lines were only removed it is empty, in front of the next line. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** The spans after an edit: those below move with their lines, and what was edited is one more. */
export function editedSpans(spans: readonly LineSpan[], change: TextChange): readonly LineSpan[] {
  if (change.range === undefined) return [{ start: 0, end: Infinity }];
  const { start, end } = change.range;
  const typed = change.text.split(/\r\n|\n|\r/).length;
  const shift = typed - (end.line - start.line + 1);
  const edited = { start: start.line, end: start.line + typed };
  const kept = spans.flatMap((span): LineSpan[] => {
    if (span.end <= start.line) return [span];
    if (span.start > end.line) return [{ start: span.start + shift, end: span.end + shift }];
    const before = { start: Math.min(span.start, edited.start), end: edited.start };
    const after = { start: edited.end, end: Math.max(span.end + shift, edited.end) };
    return [before, after].filter((part) => part.start < part.end);
  });
  return [...kept, edited];
}

/** Whether a range has a line that is in one of the spans. */
export function touchesSpan(range: Range, spans: readonly LineSpan[]): boolean {
  return spans.some(({ start, end }) => start <= range.end.line && range.start.line < end);
}

/**
 * Reads `git diff --unified=0 --relative`: by path (as git prints it, relative to the folder), the lines of the new state
 * (git-diff(1), "combined" excluded). A file without any text, such as a binary one, has none.
 */
export function parseDiff(text: string): ReadonlyMap<string, readonly LineSpan[]> {
  const files = new Map<string, LineSpan[]>();
  let current: LineSpan[] | undefined;
  // Removed and added lines begin with a sign of their own, which their counts tell from headers.
  let waiting = 0;
  for (const line of text.split("\n")) {
    if (waiting > 0) {
      if (!line.startsWith("\\")) waiting--;
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk !== null) {
      const [, removed = "1", from = "1", added = "1"] = hunk;
      waiting = Number(removed) + Number(added);
      // Where lines were only removed, git names the line above.
      const start = added === "0" ? Number(from) : Number(from) - 1;
      current?.push({ start, end: start + Number(added) });
    } else if (line.startsWith("+++ ")) {
      const name = newName(line.slice("+++ ".length));
      current = name === undefined ? undefined : [];
      if (name !== undefined && current !== undefined) files.set(name, current);
    }
  }
  return files;
}

/** The path behind `b/`; git ends it with a tab where it has blanks, and quotes it where it has stranger characters. */
function newName(printed: string): string | undefined {
  const trimmed = printed.replace(/\t$/, "");
  const name = trimmed.startsWith('"') ? unquoted(trimmed) : trimmed;
  return name.startsWith("b/") ? name.slice("b/".length) : undefined;
}

/** C's escapes, as git writes them with core.quotePath=false: for quotes, backslashes and control characters. */
function unquoted(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    n: "\n",
    t: "\t",
    r: "\r",
    a: "\x07",
    b: "\b",
    f: "\f",
    v: "\v",
  };
  return text
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_all, code: string) =>
      code.length === 3 ? String.fromCharCode(parseInt(code, 8)) : (letters[code] ?? code),
    );
}
