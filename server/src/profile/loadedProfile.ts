/** A profile that was loaded: its lines follow their text, and give their figures to the sites that are found there. */
import type { ProfileCaller, Site } from "../analysis/site.js";
import type { Metric } from "./decodedProfile.js";
import { amountsOfSites, type JoinedLine, joinLines } from "./joinSites.js";
import { lineKey, type ProfileLine, type ProfileSums } from "./profileLines.js";
import { lineMapping, type MatchedLine } from "./textMatch.js";

/** The lines of one file at their places in a text. */
export interface ProfiledFile {
  readonly text: string;
  readonly lines: readonly MatchedLine[];
}

export interface ProfileContents {
  /** Files and addresses, as the person named them. */
  readonly sources: readonly string[];
  readonly before: readonly string[];
  readonly metric: Metric;
  /** Milliseconds since 1970; null where it is not known. */
  readonly takenAt: number | null;
  readonly sums: ProfileSums;
  /** By absolute path. */
  readonly files: ReadonlyMap<string, ProfiledFile>;
}

/** Calls that a site names at most. */
const callerLimit = 5;

export class LoadedProfile {
  readonly #contents: ProfileContents;
  /** By file, its lines in the text that was asked for last. */
  readonly #newest = new Map<string, ProfiledFile>();
  /** By key, lines in the texts that they were matched with. */
  readonly #byKey = new Map<string, MatchedLine>();

  constructor(contents: ProfileContents) {
    this.#contents = contents;
    for (const { lines } of contents.files.values())
      for (const each of lines) this.#byKey.set(lineKey(each.line), each);
  }

  get contents(): Omit<ProfileContents, "files"> {
    return this.#contents;
  }

  /** Absolute paths of the files that it tells something of. */
  get files(): readonly string[] {
    return [...this.#contents.files.keys()];
  }

  /** The lines of a file in a text of it; without one, in the text that there was when the profile was loaded. */
  linesOf(file: string, text?: string): readonly MatchedLine[] {
    const loaded = this.#contents.files.get(file);
    if (loaded === undefined) return [];
    if (text === undefined || text === loaded.text) return loaded.lines;
    const newest = this.#newest.get(file);
    if (newest?.text === text) return newest.lines;
    const mapping = lineMapping(loaded.text, text);
    const lines = loaded.lines.map(({ line, index }) => ({
      line,
      index: index === undefined ? undefined : mapping(index + 1),
    }));
    this.#newest.set(file, { text, lines });
    return lines;
  }

  /** The lines of a file joined with its sites, which are of this text; undefined where the file was not analyzed. */
  join(file: string, sites: readonly Site[] | undefined, text?: string): JoinedLine[] {
    return joinLines(this.linesOf(file, text), sites);
  }

  /** A share of everything that the profile has. */
  shareOf(bytes: number): number {
    const { total } = this.#contents.sums;
    return total.bytes > 0 ? bytes / total.bytes : 0;
  }

  /** The sites of one file, of this text, with what the profile says of them. */
  annotate(file: string, sites: readonly Site[], text?: string): readonly Site[] {
    const amounts = amountsOfSites(this.join(file, sites, text));
    const hasBefore = this.#contents.before.length > 0;
    return sites.map((site) => {
      const found = amounts.get(site.id);
      if (found === undefined) return withoutProfile(site);
      const { bytes, objects, sharedWith, isCopy, line } = found;
      const then = line.line.before.bytes;
      const before = hasBefore ? { line: line.line.amount.bytes, then } : null;
      const callers = this.callersOf(line.line);
      return {
        ...site,
        profile: { bytes, objects, share: this.shareOf(bytes), sharedWith, isCopy, before, callers },
      };
    });
  }

  /** Own calls that a line allocates for, those that pay the most first, as far as their place is known. */
  callersOf({ callers }: ProfileLine): ProfileCaller[] {
    return [...callers]
      .sort(([, a], [, b]) => b.bytes - a.bytes)
      .flatMap(([key, { bytes }]) => {
        const found = this.#byKey.get(key);
        if (found?.index === undefined) return [];
        return [{ file: found.line.file, line: found.index, bytes }];
      })
      .slice(0, callerLimit);
  }
}

/** The site as it is known without a profile. */
export function withoutProfile(site: Site): Site {
  return site.profile === undefined ? site : { ...site, profile: undefined };
}
