/** Edits of fixes as gofmt writes their files: fixes write what gofmt does, and this sees to it where one of them cannot know. */
import { applyEdit } from "../analysis/applyEdit.js";
import type { Snapshot } from "../analysis/snapshot.js";
import { editBetween } from "../analysis/textChanges.js";
import type { Edit } from "../analysis/verify.js";

/** The new text of a file (absolute path) in its final form, of what it was and what it became. */
export type Format = (file: string, before: string, after: string) => Promise<string>;

/** The new texts of the snapshot's files (by absolute path) in their final form. Rejects as the format does. */
export async function formattedTexts(
  texts: ReadonlyMap<string, string>,
  snapshot: Snapshot,
  format: Format,
): Promise<Map<string, string>> {
  const formatted = new Map<string, string>();
  for (const [file, text] of texts)
    formatted.set(file, await format(file, snapshot.texts.get(file)?.text ?? "", text));
  return formatted;
}

/** The edit itself but for files that the format writes otherwise: of those, the lines that differ. Rejects as the format does. */
export async function formattedEdit(edit: Edit, snapshot: Snapshot, format: Format): Promise<Edit> {
  const texts = new Map([...applyEdit(edit, snapshot)].map(([file, { text }]) => [file, text]));
  const formatted = await formattedTexts(texts, snapshot, format);
  const others = new Map([...formatted].filter(([file, text]) => text !== texts.get(file)));
  return new Map([...edit, ...editBetween(snapshot, others)]);
}
