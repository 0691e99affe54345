/** Applies an edit to a snapshot's texts, and follows places through it. */
import type { Overlays } from "../go/packages.js";
import { SourceText } from "../syntax/sourceText.js";
import type { Snapshot } from "./snapshot.js";
import type { Edit } from "./verify.js";

export interface Replacement {
  /** UTF-16 offsets into the old text, the end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A file before and after an edit. */
export class EditedText {
  /** The new text, without a byte order mark. */
  readonly text: string;
  readonly source: SourceText;
  readonly #replacements: readonly Replacement[];

  /** Replacements are in order and do not overlap. */
  constructor(old: string, replacements: readonly Replacement[]) {
    this.#replacements = replacements;
    this.text = replaced(old, replacements);
    this.source = new SourceText(this.text);
  }

  /** Where the character at an old offset is now; undefined when it was replaced. */
  moved(offset: number): number | undefined {
    let shift = 0;
    for (const { start, end, newText } of this.#replacements) {
      if (offset < start) break;
      if (offset < end) return undefined;
      shift += newText.length - (end - start);
    }
    return offset + shift;
  }

  /** Whether a new offset lies in text that the edit wrote. */
  isWritten(offset: number): boolean {
    let shift = 0;
    return this.#replacements.some(({ start, end, newText }) => {
      const first = start + shift;
      shift += newText.length - (end - start);
      return offset >= first && offset < first + newText.length;
    });
  }
}

/** The text with its replacements, which are in order. Throws when they overlap. */
export function replaced(old: string, replacements: readonly Replacement[]): string {
  let text = "";
  let copied = 0;
  for (const { start, end, newText } of replacements) {
    if (start < copied) throw new Error("The edit's ranges overlap.");
    text += old.slice(copied, start) + newText;
    copied = end;
  }
  return text + old.slice(copied);
}

/** The edited files by absolute path. Throws when the edit names a file that the snapshot lacks, or overlaps. */
export function applyEdit(edit: Edit, snapshot: Snapshot): Map<string, EditedText> {
  const edited = new Map<string, EditedText>();
  for (const [file, edits] of edit) {
    const source = snapshot.texts.get(file);
    if (source === undefined)
      throw new Error(`The edit names a file that the snapshot does not have: ${file}`);
    const replacements = edits
      .map(({ range, newText }) => ({
        start: source.offsetOf(range.start),
        end: source.offsetOf(range.end),
        newText,
      }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
    edited.set(file, new EditedText(source.text, replacements));
  }
  return edited;
}

/** The snapshot's overlays, and the edited texts on top of them. Throws as applyEdit does. */
export function editedOverlays(edit: Edit, snapshot: Snapshot): Overlays {
  const edited = [...applyEdit(edit, snapshot)].map(([file, { text }]) => [file, text] as const);
  return new Map([...snapshot.overlays, ...edited]);
}
