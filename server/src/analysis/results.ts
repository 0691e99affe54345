/** The newest results by file, kept on their text through edits; everything that is shown comes from here. */
import type { GoProblem } from "../go/problems.js";
import { remapRange, type TextChange } from "./remap.js";
import type { Site } from "./site.js";
import type { FileVersion, Snapshot } from "./snapshot.js";
import { bySource, type FirstLook, firstLooks, succeed, withoutNewWaits } from "./succession.js";

/** What is known of one file. */
export interface FileResult {
  readonly file: string;
  readonly package: string;
  /** Sites whose text is unchanged since they were found, at their present ranges. */
  readonly sites: readonly Site[];
  /** Document version that the ranges fit; null when the file is not open. */
  readonly version: number | null;
  /** Why nothing newer could be had; undefined while the results are those of the newest analysis. */
  readonly stale: GoProblem | undefined;
  /** False where the compiler's explanations were too many, so that sites may lack their flow. */
  readonly isExplained: boolean;
  /** False once an edit has dropped a site. */
  readonly isWhole: boolean;
  /** By id, how sites were first shown, where later steps of the same analysis know better. */
  readonly firstLooks: ReadonlyMap<string, FirstLook>;
  /** Ids of the sites that were shown before the rest of the file was known anew. */
  readonly early: ReadonlySet<string>;
}

export interface PackageResult {
  /** What was looked at; a file that it does not name was not open. */
  readonly snapshot: LookedAt;
  /** The files that the result speaks of; what is known of others stays. */
  readonly files: readonly string[];
  /** All sites of these files that are known by now, in source order. */
  readonly sites: readonly Site[];
  /** Ids of sites that a later step of the analysis may find: they stay until then. Undefined when nothing is to come. */
  readonly awaited?: ReadonlySet<string>;
  /** False where explanations are missing; undefined: as it was. */
  readonly isExplained?: boolean;
  /** Whether the files have had a step of the same analysis before: what that showed stays as it was. */
  readonly isLater?: boolean;
}

/** The sites of a part of a file. */
export interface LinesResult extends Pick<PackageResult, "snapshot" | "sites"> {
  readonly file: string;
  /** From 0. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Ids of the sites that may still be found there: they stay until then. */
  readonly awaited: ReadonlySet<string> | "all";
}

/** As much of a snapshot as results depend on. */
interface LookedAt {
  readonly package: Pick<Snapshot["package"], "importPath">;
  readonly files: ReadonlyMap<string, Pick<FileVersion, "version">>;
}

interface Edit {
  readonly version: number;
  readonly changes: readonly TextChange[];
}

type Annotate = (file: string, sites: readonly Site[]) => readonly Site[];

/** How many edits of a document are remembered for results that are still under way. */
const rememberedEdits = 1000;

export class Results {
  readonly #files = new Map<string, FileResult>();
  readonly #edits = new Map<string, Edit[]>();
  readonly #listeners = new Set<() => void>();
  #annotate: Annotate = (_file, sites) => sites;
  #revision = 0;

  /** A number that is another one after each change of what is known. */
  get revision(): number {
    return this.#revision;
  }

  /** What is known of each file, in no order. */
  all(): Iterable<FileResult> {
    return this.#files.values();
  }

  /** Calls the listener after each change, however small: who does much with it waits for a pause. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** From now on, gives all sites of a file (absolute path), at their present places, what is known of them elsewhere. */
  annotateWith(annotate: Annotate): void {
    this.#annotate = annotate;
    for (const known of this.#files.values())
      this.#files.set(known.file, { ...known, sites: annotate(known.file, known.sites) });
    this.#changed();
  }

  of(file: string): FileResult | undefined {
    return this.#files.get(file);
  }

  /** Takes a new result of a package: its files get new sites, remapped through the edits since the snapshot. */
  put(result: PackageResult): void {
    const isLater = result.isLater === true;
    const byFile = new Map<string, Site[]>(result.files.map((file) => [file, []]));
    for (const site of result.sites) byFile.get(site.file)?.push(site);
    for (const [file, sites] of byFile) {
      const seen = result.snapshot.files.get(file)?.version ?? null;
      const edits = this.#editsSince(file, seen);
      const remapped = edits.reduce<readonly Site[]>((kept, edit) => remapSites(kept, edit.changes), sites);
      const version = edits.at(-1)?.version ?? seen;
      const known = this.#files.get(file);
      const before = known?.sites ?? [];
      const early = before.filter(({ id }) => known?.early.has(id));
      // What came early was said of a newer text than this, where there are edits since.
      const newer = edits.length === 0 ? [] : early.map(({ id }) => id);
      const awaited = newer.length === 0 ? result.awaited : new Set([...(result.awaited ?? []), ...newer]);
      const steady = isLater ? withoutNewWaits(remapped, before) : remapped;
      const succeeding = this.#annotate(file, succeed(steady, before, awaited));
      this.#set({
        file,
        package: result.snapshot.package.importPath,
        sites: succeeding,
        version,
        stale: undefined,
        isExplained: result.isExplained ?? known?.isExplained ?? true,
        isWhole: remapped.length === sites.length,
        firstLooks: isLater
          ? firstLooks(succeeding, before, known?.firstLooks)
          : firstLooks(succeeding, early, undefined),
        early: new Set(newer),
      });
    }
  }

  /**
   * Takes the sites of some lines of a file before the rest of it is known anew: what stands elsewhere stays as it is.
   * Ignores them where the document was edited since the snapshot, and where what is known of it is outdated.
   */
  putLines({ snapshot, file, firstLine, lastLine, sites, awaited }: LinesResult): void {
    const known = this.#files.get(file);
    const seen = snapshot.files.get(file)?.version ?? null;
    if (known === undefined || known.stale !== undefined || this.#editsSince(file, seen).length > 0) return;
    const isWithin = ({ range: { start } }: Site) => firstLine <= start.line && start.line <= lastLine;
    const before = known.sites.filter((site) => isWithin(site));
    const others = known.sites.filter((site) => !isWithin(site));
    const kept = awaited === "all" ? new Set(before.map(({ id }) => id)) : awaited;
    const succeeding = this.#annotate(file, succeed(sites, before, kept));
    const early = new Set(sites.map(({ id }) => id));
    this.#set({ ...known, sites: [...others, ...succeeding].sort(bySource), early });
  }

  /** The document was edited to `version`: its sites follow their text, or go with it. Returns whether any went. */
  edit(file: string, version: number, changes: readonly TextChange[]): boolean {
    const edits = this.#edits.get(file) ?? [];
    edits.push({ version, changes });
    if (edits.length > rememberedEdits) edits.splice(0, edits.length - rememberedEdits);
    this.#edits.set(file, edits);
    const known = this.#files.get(file);
    if (known === undefined) return false;
    const sites = remapSites(known.sites, changes);
    const hasDropped = sites.length < known.sites.length;
    const isWhole = known.isWhole && !hasDropped;
    this.#set({ ...known, version, sites, isWhole, firstLooks: new Map(), early: new Set() });
    return hasDropped;
  }

  /** The changes of an open document since a version of it (null: it was not open), oldest first. */
  changesSince(file: string, version: number | null): readonly TextChange[] {
    return this.#editsSince(file, version).flatMap(({ changes }) => changes);
  }

  #editsSince(file: string, version: number | null): readonly Edit[] {
    return (this.#edits.get(file) ?? []).filter((edit) => version !== null && edit.version > version);
  }

  /** Marks what is known of the files as outdated, with the reason. */
  markStale(files: Iterable<string>, reason: GoProblem): void {
    for (const file of files) {
      const known = this.#files.get(file);
      if (known !== undefined) this.#set({ ...known, stale: reason });
    }
  }

  /** The document was closed: its edits no longer matter, and what is on disk may differ from what was open. */
  close(file: string): void {
    this.#edits.delete(file);
    const known = this.#files.get(file);
    if (known !== undefined) this.#set({ ...known, version: null });
  }

  /** Forgets files, such as those of a package that is gone. */
  forget(files: Iterable<string>): void {
    for (const file of files) this.#files.delete(file);
    this.#changed();
  }

  #set(result: FileResult): void {
    this.#files.set(result.file, result);
    this.#changed();
  }

  #changed(): void {
    this.#revision++;
    for (const listener of this.#listeners) listener();
  }
}

/** Shifts sites through changes; those whose text is touched are dropped. Flow steps in the same file are shifted too. */
function remapSites(sites: readonly Site[], changes: readonly TextChange[]): readonly Site[] {
  return changes.reduce((kept, change) => kept.flatMap((site) => remapSite(site, change)), sites);
}

function remapSite(site: Site, change: TextChange): Site[] {
  const range = remapRange(site.range, change);
  if (range === undefined) return [];
  if (range === site.range && change.range !== undefined && change.range.start.line > lastLine(site))
    return [site];
  const nodeRange = remapRange(site.nodeRange, change) ?? range;
  const flow = site.flow.map((step) =>
    step.file !== site.file || step.range === null
      ? step
      : { ...step, range: remapRange(step.range, change) ?? null },
  );
  return [{ ...site, range, nodeRange, flow }];
}

/** Last line that the site names, so that edits below it cost nothing. */
function lastLine(site: Site): number {
  const lines = site.flow.map((step) => (step.file === site.file ? (step.range?.end.line ?? 0) : 0));
  return Math.max(site.nodeRange.end.line, ...lines);
}
