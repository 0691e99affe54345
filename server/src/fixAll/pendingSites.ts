/** Sites that are still to be looked at while edits move them about. */
import type { EditedText } from "../analysis/applyEdit.js";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import type { Site } from "../analysis/site.js";
import type { Position, SourceText } from "../syntax/sourceText.js";

/** A site as it was found at first, and where it begins now. */
export interface PendingSite {
  /** At the places of the first snapshot. */
  readonly original: Site;
  /** UTF-16 offset into the present text; undefined when an edit has rewritten that text. */
  readonly offset: number | undefined;
  /** Source text of its node, where only the machine code tells of it: a compile does not find it again. */
  readonly unseen: string | undefined;
}

/** Sites of the analysis at their own places. */
export function pendingSites(sites: readonly Site[], analyzed: AnalyzedPackage): PendingSite[] {
  const { snapshot, compared } = analyzed;
  const seen = compared === undefined ? undefined : new Set(compared.map(siteKey));
  return sites.map((original) => {
    const source = snapshot.texts.get(original.file);
    const { start, end } = original.nodeRange;
    const isUnseen = seen?.has(siteKey(original)) === false;
    return {
      original,
      offset: source?.offsetOf(start),
      unseen: isUnseen ? source?.text.slice(source.offsetOf(start), source.offsetOf(end)) : undefined,
    };
  });
}

function siteKey({ file, id }: Site): string {
  return `${file}\0${id}`;
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
export function found(pending: PendingSite, { sites, snapshot }: AnalyzedPackage): Site | undefined {
  const { original, offset } = pending;
  const source = snapshot.texts.get(original.file);
  if (pending.unseen !== undefined) return source === undefined ? undefined : relocated(pending, source);
  const alike = sites.filter(
    (site) => site.file === original.file && site.kind === original.kind && site.form === original.form,
  );
  const same =
    offset === undefined
      ? alike.filter((site) => site.function === original.function && site.source === original.source)
      : alike.filter((site) => source?.offsetOf(site.nodeRange.start) === offset);
  return same.find((site) => site.expression === original.expression) ?? same[0];
}

/** The site at its present place, where its text is still what it was. */
function relocated({ original, offset, unseen = "" }: PendingSite, source: SourceText): Site | undefined {
  if (offset === undefined || !source.text.startsWith(unseen, offset)) return undefined;
  const nodeRange = source.range(offset, offset + unseen.length);
  const shift = nodeRange.start.line - original.nodeRange.start.line;
  const line = ({ line, character }: Position): Position => ({ line: line + shift, character });
  return {
    ...original,
    nodeRange,
    range: { start: line(original.range.start), end: line(original.range.end) },
  };
}
