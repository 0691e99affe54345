/**
 * What the analysis of a whole folder found, for as long as all that it looked at is as it was. The sites are in the
 * results; a copy of them is on disk, for a restart and for files that were opened, edited and closed since.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { checkSteps, type ProjectStamp } from "../go/projectStamp.js";
import { remember } from "../go/remember.js";
import type { Background } from "./background.js";
import { inTurns } from "./inTurns.js";
import { LightSites } from "./lightSites.js";
import type { ResultCache } from "./resultCache.js";
import type { FileResult, Results } from "./results.js";
import type { Site } from "./site.js";

/** What the analysis of a folder came to. */
export interface FolderSummary {
  readonly packages: number;
  /** Those that do not compile. */
  readonly failed: number;
  readonly sites: number;
}

/** What was found in one package. */
export interface FoundPackage {
  readonly importPath: string;
  /** Absolute folder. */
  readonly dir: string;
  /** Absolute paths of its files; those that only variants have that do not compile are left out. */
  readonly files: readonly string[];
  /** Why variants do not compile. */
  readonly errors: readonly string[];
  readonly sites: readonly Site[];
}

export function hasFailed({ errors }: Pick<FoundPackage, "errors">): boolean {
  return errors.length > 0;
}

/** What one analysis found, and from what. */
interface FoundFolder {
  readonly stamp: ProjectStamp;
  readonly summary: FolderSummary;
  readonly packages: readonly FoundPackage[];
}

export interface FolderToKeep extends Omit<FoundFolder, "stamp"> {
  /** Resolves to nothing where something has changed since the analysis began; never rejects. */
  readonly findStamp: () => Promise<ProjectStamp | undefined>;
}

/** By absolute path, what the results had of a file once its package was put there. */
export type Placed = Map<string, FileResult>;

/** As it is kept on disk, where the sites have entries of their own. */
interface FolderRecord {
  readonly stamp: ProjectStamp;
  readonly summary: FolderSummary;
  /** In parts that are read one at a time. */
  readonly parts: readonly (readonly Omit<FoundPackage, "sites">[])[];
}

interface Known {
  readonly record: FolderRecord;
  readonly placed: Placed;
}

export interface FolderRecordsOptions {
  readonly results: Results;
  readonly cache: ResultCache;
  readonly background: Background;
  /** Whether somebody has a file of this folder (absolute path) open: the editor's own analysis sees to it. */
  isOpen(folder: string): boolean;
}

/** Sites of a part: so many are read and put in a turn that nobody notices. */
const partSize = 1000;

/** Folders whose records are at hand; those of others are on disk. */
const capacity = 32;

export class FolderRecords {
  readonly #options: FolderRecordsOptions;
  readonly #known = new Map<string, Known>();
  /** By folder (absolute path), what the results have of it. */
  readonly #shown = new Map<string, ReadonlyMap<string, FileResult>>();

  constructor(options: FolderRecordsOptions) {
    this.#options = options;
  }

  /** Puts what was found in a package where everything that is shown comes from, unless the editor sees to it. */
  place({ importPath, dir, files, sites }: FoundPackage, placed: Placed): void {
    const { results } = this.#options;
    if (this.#options.isOpen(dir)) return;
    results.put({ snapshot: { package: { importPath }, files: new Map() }, files, sites });
    for (const file of files) {
      const result = results.of(file);
      if (result !== undefined) placed.set(file, result);
    }
  }

  /**
   * These are all packages of a folder (absolute path): what an earlier analysis of it has put of files that are in none
   * of them any longer is forgotten. Packages that do not compile keep their last results.
   */
  finish(folder: string, packages: readonly Omit<FoundPackage, "sites">[], placed: Placed): void {
    const { results } = this.#options;
    const failed = new Set(packages.filter(hasFailed).map(({ dir }) => dir));
    const shown = new Map(placed);
    const gone: string[] = [];
    for (const [file, result] of this.#shown.get(folder) ?? []) {
      if (placed.has(file) || results.of(file) !== result) continue;
      const dir = path.dirname(file);
      if (failed.has(dir) || this.#options.isOpen(dir)) shown.set(file, result);
      else gone.push(file);
    }
    if (gone.length > 0) results.forget(gone);
    this.#shown.set(folder, shown);
  }

  /**
   * Sees to it that the results have what was found in a folder (absolute path) under a key, and says what that came to;
   * undefined where something is not as it was, or not known any longer. Rejects with AbortError.
   */
  async recall(folder: string, key: string, signal: AbortSignal): Promise<FolderSummary | undefined> {
    await this.#options.background.settled();
    const known = this.#known.get(key) ?? (await this.#read(key));
    if (known === undefined || !(await inTurns(checkSteps(known.record.stamp)))) return undefined;
    signal.throwIfAborted();
    const { record, placed } = known;
    const keyOfPart = partKeys(key, record.stamp);
    const light = new LightSites();
    for (const [index, part] of record.parts.entries()) {
      const isWanted = part.map((each) => this.#isWanted(each, placed));
      if (!isWanted.includes(true)) continue;
      const all = await this.#options.cache.get(keyOfPart(index));
      signal.throwIfAborted();
      if (!Array.isArray(all)) return undefined;
      for (const [place, each] of part.entries())
        if (isWanted[place] === true) {
          this.place({ ...each, sites: light.of(all[place] as readonly Site[]) }, placed);
        }
    }
    remember(this.#known, key, known, capacity);
    this.finish(folder, record.parts.flat(), placed);
    return record.summary;
  }

  /** Keeps what was found, in the background: nobody waits for it who has the sites. `placed`: what `place` has put for it. */
  keep(key: string, { summary, packages, findStamp }: FolderToKeep, placed: Placed): void {
    this.#options.background.add(async () => {
      const stamp = await findStamp();
      if (stamp !== undefined) await this.#write(key, { stamp, summary, packages }, placed);
    });
  }

  async #write(key: string, { stamp, summary, packages }: FoundFolder, placed: Placed): Promise<void> {
    const parts = partsOf(packages);
    const record = {
      stamp,
      summary,
      parts: parts.map((part) =>
        part.map(({ importPath, dir, files, errors }) => ({ importPath, dir, files, errors })),
      ),
    };
    remember(this.#known, key, { record, placed }, capacity);
    const { cache } = this.#options;
    const keyOfPart = partKeys(key, stamp);
    for (const [index, part] of parts.entries()) {
      const sites = part.map((each) => each.sites);
      await cache.put(keyOfPart(index), sites);
    }
    await cache.put(key, record);
  }

  async #read(key: string): Promise<Known | undefined> {
    const record = (await this.#options.cache.get(key)) as FolderRecord | undefined;
    return record === undefined ? undefined : { record, placed: new Map() };
  }

  /** Whether the results have another thing of the package than what was put there, or nothing. */
  #isWanted({ dir, files }: Omit<FoundPackage, "sites">, placed: Placed): boolean {
    if (this.#options.isOpen(dir)) return false;
    return files.some((file) => {
      const result = placed.get(file);
      return result === undefined || result !== this.#options.results.of(file);
    });
  }
}

/** Parts are named by the stamp, so that two analyses at once cannot mix theirs. */
function partKeys(key: string, stamp: ProjectStamp): (index: number) => string {
  const hash = createHash("sha256").update(JSON.stringify(stamp)).digest("hex");
  return (index) => `${key} ${hash} ${index}`;
}

function partsOf(packages: readonly FoundPackage[]): FoundPackage[][] {
  const parts: FoundPackage[][] = [];
  let size = partSize;
  for (const each of packages) {
    if (size >= partSize) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(each);
    // Packages without sites have their names.
    size += each.sites.length + 1;
  }
  return parts;
}
