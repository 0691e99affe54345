/** New texts of files as edits of the old ones, no larger than the lines that differ. */
import type { Snapshot } from "./snapshot.js";
import type { Edit, TextEdit } from "./verify.js";
import { SourceText } from "../syntax/sourceText.js";
import { diffLines, linesOf } from "../syntax/lineDiff.js";

/** The edit that makes the texts (by absolute path) of the snapshot's; files without a difference are left out. */
export function editBetween(snapshot: Snapshot, texts: ReadonlyMap<string, string>): Edit {
  const edit = new Map<string, readonly TextEdit[]>();
  for (const [file, text] of texts) {
    const edits = textEdits(snapshot.texts.get(file) ?? new SourceText(""), text);
    if (edits.length > 0) edit.set(file, edits);
  }
  return edit;
}

/** Replacements of whole lines, in order, at the places of the old text. */
export function textEdits(old: SourceText, text: string): TextEdit[] {
  const [before, after] = [linesOf(old.text), linesOf(text)];
  const starts = [0];
  for (const line of before) starts.push((starts.at(-1) ?? 0) + line.length);
  return diffLines(before, after).map(({ oldStart, oldEnd, newStart, newEnd }) => ({
    range: old.range(starts[oldStart] ?? 0, starts[oldEnd] ?? old.text.length),
    newText: after.slice(newStart, newEnd).join(""),
  }));
}
