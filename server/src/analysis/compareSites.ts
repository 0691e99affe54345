/** Tells which sites an edit removed and which it added. */
import type { EditedText } from "./applyEdit.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";

export interface SiteChanges {
  readonly removed: readonly Site[];
  readonly added: readonly Site[];
  /** Those of `added` that begin in text that the edit wrote. */
  readonly written: ReadonlySet<Site>;
}

/**
 * Pairs the sites of two runs: first those of the same words at the same place, then those of the same words anywhere in
 * their function (moved code, unless it left a loop or came into one), then those at the same place whose own text was
 * edited. What is left over was removed or added. Sites that allocate nothing do not count, nor do those that a function of
 * the package had before, where the edit made it small enough to be inlined: its callers paid for them by the call.
 */
export function compareSites(
  before: readonly Site[],
  after: readonly Site[],
  edited: ReadonlyMap<string, EditedText>,
  snapshot: Snapshot,
): SiteChanges {
  const placeBefore = (site: Site) => movedPlace(site, edited, snapshot);
  const placeAfter = (site: Site) => newPlace(site, edited);
  let pair: Unpaired = { before: before.filter(counts), after: after.filter(counts) };
  const identityAt = (place: Place) => (site: Site) => joined(place(site), identity(site));
  pair = withoutPairs(pair, identityAt(placeBefore), identityAt(placeAfter));
  pair = withoutPairs(pair, identityInLoops, identityInLoops);
  const kindAt = (place: Place) => (site: Site) => joined(place(site), kindOf(site) + inlinedForm(site));
  pair = withoutPairs(pair, kindAt(placeBefore), kindAt(placeAfter));
  const found = new Set(pair.after);
  const kept = after.filter((site) => counts(site) && site.inlinedFrom === null && !found.has(site));
  const added = pair.after.filter((site) => !kept.some((own) => isInlinedCopy(own, site)));
  const written = new Set(added.filter((site) => isWritten(site, edited)));
  return { removed: pair.before, added, written };
}

/** Whether the second is the first once more, where its function is inlined into a caller. */
function isInlinedCopy(own: Site, { kind, expression, inlinedFrom }: Site): boolean {
  return own.kind === kind && own.expression === expression && isCallee(own.function, inlinedFrom);
}

/** Whether a function of this package is what a site was inlined from, whose name may have type arguments and its package's path. */
export function isCallee(name: string, inlinedFrom: string | null): boolean {
  const callee = inlinedFrom?.replace(/\[.*\]/, "").replace(/^.*\//, "");
  return callee === name || callee?.endsWith(`.${name}`) === true;
}

interface Unpaired {
  readonly before: readonly Site[];
  readonly after: readonly Site[];
}

type Key = (site: Site) => string | undefined;
type Place = Key;

/** Takes out as many of both sides as have equal keys; without a key a site stays. */
function withoutPairs({ before, after }: Unpaired, keyBefore: Key, keyAfter: Key): Unpaired {
  const waiting = new Map<string, Site[]>();
  for (const site of after) {
    const key = keyAfter(site);
    if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), site]);
  }
  const paired = new Set<Site>();
  const left = before.filter((site) => {
    const key = keyBefore(site);
    const partner = key === undefined ? undefined : waiting.get(key)?.shift();
    if (partner !== undefined) paired.add(partner);
    return partner === undefined;
  });
  return { before: left, after: after.filter((site) => !paired.has(site)) };
}

function counts(site: Site): boolean {
  return site.allocates !== "no";
}

function identity(site: Site): string {
  // Of what is inlined, the source has only the call.
  return [kindOf(site), site.source, site.inlinedFrom === null ? "" : site.expression].join("\0");
}

function identityInLoops(site: Site): string {
  return joined(String(site.loopDepth), identity(site)) ?? "";
}

function kindOf(site: Site): string {
  return [site.package, site.function, site.kind, site.form].join("\0");
}

/** Of what is inlined at one place, only what is made in one way can be the same: `make`, or a literal's address. */
function inlinedForm({ inlinedFrom, expression }: Site): string {
  return inlinedFrom === null ? "" : `\0${/^(?:make|new|&)?/.exec(expression)?.[0] ?? ""}`;
}

function joined(place: string | undefined, words: string): string | undefined {
  return place === undefined ? undefined : `${place}\0${words}`;
}

/** Where a site of the old text begins in the new one; undefined when that text was replaced. */
function movedPlace(
  site: Site,
  edited: ReadonlyMap<string, EditedText>,
  snapshot: Snapshot,
): string | undefined {
  const text = edited.get(site.file);
  const start = site.nodeRange.start;
  if (text === undefined) return placeText(site.file, start.line, start.character);
  const offset = snapshot.texts.get(site.file)?.offsetOf(start);
  const moved = offset === undefined ? undefined : text.moved(offset);
  if (moved === undefined) return undefined;
  const position = text.source.positionAt(moved);
  return placeText(site.file, position.line, position.character);
}

function newPlace(site: Site, edited: ReadonlyMap<string, EditedText>): string | undefined {
  const { line, character } = site.nodeRange.start;
  // At the very place where text was written, a site of the old text cannot stand.
  return isWritten(site, edited) ? undefined : placeText(site.file, line, character);
}

function placeText(file: string, line: number, character: number): string {
  return [file, line, character].join("\0");
}

function isWritten(site: Site, edited: ReadonlyMap<string, EditedText>): boolean {
  const text = edited.get(site.file);
  return text?.isWritten(text.source.offsetOf(site.nodeRange.start)) === true;
}
