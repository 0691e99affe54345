/** Edits of fixes as gofmt writes their files: fixes write what gofmt does, and this sees to it where one of them cannot know. */
import { applyEdit } from "../analysis/applyEdit.js";
import type { Snapshot } from "../analysis/snapshot.js";
import { textEdits } from "../analysis/textChanges.js";
import type { Edit, TextEdit } from "../analysis/verify.js";

/** The new text of a file (absolute path) in its final form, of what it was and what it became. */
export type Format = (file: string, before: string, after: string) => Promise<string>;

/** The edit itself but for files that the format writes otherwise: of those, the lines that differ. Rejects as the format does. */
export async function formattedEdit(edit: Edit, snapshot: Snapshot, format: Format): Promise<Edit> {
  const formatted = new Map<string, readonly TextEdit[]>();
  for (const [file, { text }] of applyEdit(edit, snapshot)) {
    const source = snapshot.texts.get(file);
    const edits = edit.get(file);
    if (source === undefined || edits === undefined) continue;
    const wanted = await format(file, source.text, text);
    formatted.set(file, wanted === text ? edits : textEdits(source, wanted));
  }
  return formatted;
}
