/**
 * Keeps trailing comments in line. gofmt aligns the comments behind the code of consecutive lines, so that a line that
 * becomes longer or shorter moves its neighbors' comments as well (go/printer, which counts characters).
 */
import type { GoTree } from "../syntax/goSyntax.js";
import { present } from "../syntax/nodes.js";
import type { Replacement } from "./edits.js";

interface CommentedLine {
  readonly line: number;
  readonly indentation: string;
  /** Offset behind the code. */
  readonly codeEnd: number;
  /** Offset of the comment. */
  readonly comment: number;
  /** Characters of code behind the indentation, once the replacements are made. */
  readonly width: number;
  /** Whether a replacement puts new lines before this one's code. */
  readonly startsSection: boolean;
}

/** The replacements of white space before comments that the given ones make necessary. */
export function alignments(tree: GoTree, replacements: readonly Replacement[]): Replacement[] {
  const lines = commentedLines(tree, replacements);
  const touched = new Set(replacements.map(({ start }) => tree.source.lineOf(start)));
  return sections(lines)
    .filter((section) => isTouched(section, touched))
    .flatMap(aligned);
}

/** A line of the section, or one right beside it, is edited: what stood together may have come apart. */
function isTouched(section: readonly CommentedLine[], touched: ReadonlySet<number>): boolean {
  const first = section[0]?.line ?? 0;
  const last = section.at(-1)?.line ?? 0;
  return [...touched].some((line) => line >= first && line <= last + 1);
}

function aligned(section: readonly CommentedLine[]): Replacement[] {
  const widest = Math.max(...section.map(({ width }) => width));
  return section.map(({ codeEnd, comment, width }) => ({
    start: codeEnd,
    end: comment,
    newText: " ".repeat(widest - width + 1),
  }));
}

function sections(lines: readonly CommentedLine[]): CommentedLine[][] {
  const found: CommentedLine[][] = [];
  for (const line of lines) {
    const section = found.at(-1);
    const last = section?.at(-1);
    const continues =
      last?.line === line.line - 1 && last.indentation === line.indentation && !line.startsSection;
    if (section !== undefined && continues) section.push(line);
    else found.push([line]);
  }
  return found;
}

function commentedLines(tree: GoTree, replacements: readonly Replacement[]): CommentedLine[] {
  const { source } = tree;
  return present(tree.root.descendantsOfType("comment")).flatMap((comment) => {
    const line = source.lineOf(comment.startIndex);
    const start = source.lineStart(line) ?? 0;
    const before = source.text.slice(start, comment.startIndex);
    const code = before.trimEnd();
    const indentation = /^[ \t]*/.exec(before)?.[0] ?? "";
    const isReplaced = replacements.some(
      (each) => each.start < comment.endIndex && each.end > comment.startIndex,
    );
    if (code === "" || !comment.text.startsWith("//") || isReplaced) return [];
    const codeEnd = start + code.length;
    const { text, hasNewLines } = afterwards(source.text, start, codeEnd, replacements);
    const width = Array.from(text).length - indentation.length;
    return [{ line, indentation, codeEnd, comment: comment.startIndex, width, startsSection: hasNewLines }];
  });
}

/** A line's code after the replacements: its last line, where they put several in its place. */
function afterwards(
  text: string,
  start: number,
  end: number,
  replacements: readonly Replacement[],
): { text: string; hasNewLines: boolean } {
  let code = text.slice(start, end);
  const here = replacements.filter((each) => each.start >= start && each.end <= end);
  for (const each of [...here].sort((a, b) => b.start - a.start)) {
    code = code.slice(0, each.start - start) + each.newText + code.slice(each.end - start);
  }
  return { text: code.slice(code.lastIndexOf("\n") + 1), hasNewLines: code.includes("\n") };
}
