/** A change of a text as a unified diff, which git apply and patch take. */
import { diffLines, type LineChange, linesOf } from "../syntax/lineDiff.js";

const context = 3;

interface Hunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly changes: readonly LineChange[];
}

/**
 * The diff of one file, with three lines of context; empty when both texts are equal. `name` is the path that is shown,
 * with slashes.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  const hunks = hunksOf(diffLines(old, now), old.length);
  if (hunks.length === 0) return "";
  return [`--- a/${name}\n`, `+++ b/${name}\n`, ...hunks.map((hunk) => written(hunk, old, now))].join("");
}

/** Changes whose contexts touch share a hunk. */
function hunksOf(changes: readonly LineChange[], length: number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const change of changes) {
    const oldEnd = Math.min(length, change.oldEnd + context);
    const last = hunks.at(-1);
    if (last !== undefined && change.oldStart - context <= last.oldEnd) {
      hunks[hunks.length - 1] = { ...last, oldEnd, changes: [...last.changes, change] };
      continue;
    }
    const lead = Math.min(context, change.oldStart);
    hunks.push({
      oldStart: change.oldStart - lead,
      oldEnd,
      newStart: change.newStart - lead,
      changes: [change],
    });
  }
  return hunks;
}

function written(
  { oldStart, oldEnd, newStart, changes }: Hunk,
  old: readonly string[],
  now: readonly string[],
): string {
  const lines: string[] = [];
  let at = oldStart;
  let newCount = 0;
  const keep = (end: number) => {
    for (; at < end; at++, newCount++) lines.push(marked(" ", old[at] ?? ""));
  };
  for (const change of changes) {
    keep(change.oldStart);
    for (; at < change.oldEnd; at++) lines.push(marked("-", old[at] ?? ""));
    for (const line of now.slice(change.newStart, change.newEnd)) lines.push(marked("+", line));
    newCount += change.newEnd - change.newStart;
  }
  keep(oldEnd);
  const ranges = `-${place(oldStart, oldEnd - oldStart)} +${place(newStart, newCount)}`;
  return `@@ ${ranges} @@\n${lines.join("")}`;
}

/** Lines count from 1; an empty range names the line before it. */
function place(start: number, count: number): string {
  return count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
}

function marked(mark: string, line: string): string {
  return line.endsWith("\n") ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}
