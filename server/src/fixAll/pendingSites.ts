/** Sites that are still to be looked at while edits move them about. */
import type { EditedText } from "../analysis/applyEdit.js";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";

/** A site as it was found at first, and where it begins now. */
export interface PendingSite {
  /** At the places of the first snapshot. */
  readonly original: Site;
  /** UTF-16 offset into the present text; undefined when an edit has rewritten that text. */
  readonly offset: number | undefined;
}

/** All sites at their own places. */
export function pendingSites(sites: readonly Site[], snapshot: Snapshot): PendingSite[] {
  return sites.map((original) => ({
    original,
    offset: snapshot.texts.get(original.file)?.offsetOf(original.nodeRange.start),
  }));
}

/** Where they are behind an edit. */
export function moved(
  pending: readonly PendingSite[],
  edited: ReadonlyMap<string, EditedText>,
): PendingSite[] {
  return pending.map((each) => {
    const text = edited.get(each.original.file);
    if (text === undefined || each.offset === undefined) return each;
    return { ...each, offset: text.moved(each.offset) };
  });
}

/**
 * The site in the present analysis; undefined when it is gone. Ids count equals, and shift when one of them is removed, so
 * that the place decides; where its text was rewritten, the same words in the same function do.
 */
export function found(
  { original, offset }: PendingSite,
  { sites, snapshot }: AnalyzedPackage,
): Site | undefined {
  const source = snapshot.texts.get(original.file);
  const alike = sites.filter(
    (site) => site.file === original.file && site.kind === original.kind && site.form === original.form,
  );
  const same =
    offset === undefined
      ? alike.filter((site) => site.function === original.function && site.source === original.source)
      : alike.filter((site) => source?.offsetOf(site.nodeRange.start) === offset);
  return same.find((site) => site.expression === original.expression) ?? same[0];
}
