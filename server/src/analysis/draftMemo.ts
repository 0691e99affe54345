/** Remembers the sites of files and of their functions, so that an edit costs no more than it changes. */
import type { FactCollector } from "../compiler/fileFacts.js";
import { type FileInput, type SiteDraft, siteDraftsInTurns } from "./fileSites.js";
import { FunctionMemo } from "./functionMemo.js";
import type { KnownIds } from "./siteId.js";

/** What the sites of a file are made from. */
interface Origin {
  readonly importPath: string;
  readonly text: string;
  readonly fingerprint: string;
  readonly sharesLoopVariables: boolean;
}

interface Entry extends Origin {
  readonly drafts: readonly SiteDraft[];
}

/** A file is read twice in one analysis: with what its plain variant says, and with what its tests add. */
const entriesPerFile = 2;

export class DraftMemo {
  /** Of the drafts that are remembered. */
  readonly ids: KnownIds = new WeakMap();
  /** By absolute path, the newest entry first. */
  readonly #files = new Map<string, readonly Entry[]>();
  readonly #functions = new Map<string, FunctionMemo>();
  readonly #below: DraftMemo | undefined;

  /** What `below` remembers is known here too, and nothing is added to it: for texts that nobody typed. */
  constructor(below?: DraftMemo) {
    this.#below = below;
  }

  /**
   * As `siteDraftsInTurns`, which is only called for a text or facts that are not remembered. The collector has to compare.
   */
  async draftsOf(
    input: Omit<FileInput, "facts">,
    collector: Pick<FactCollector, "of" | "fingerprintOf">,
  ): Promise<readonly SiteDraft[]> {
    const { file, importPath, source, sharesLoopVariables = false } = input;
    const fingerprint = collector.fingerprintOf(file);
    const origin = { importPath, text: source.text, fingerprint, sharesLoopVariables };
    const known = this.#known(file, origin);
    if (known !== undefined) return known.drafts;
    // What is read once is not edited: its variants differ in whole files, if at all.
    const drafts = await siteDraftsInTurns(
      { ...input, facts: collector.of(file) },
      input.isReadOnce === true ? undefined : this.#functionsOf(file),
    );
    const entry = { ...origin, drafts };
    this.#files.set(file, [entry, ...(this.#files.get(file) ?? [])].slice(0, entriesPerFile));
    return drafts;
  }

  #known(file: string, origin: Origin): Entry | undefined {
    const own = this.#files.get(file)?.find((entry) => isSame(entry, origin));
    if (own !== undefined || this.#below === undefined) return own;
    return this.#below.#known(file, origin);
  }

  #functionsOf(file: string): FunctionMemo {
    const known = this.#functions.get(file);
    if (known !== undefined) return known;
    const below = this.#below === undefined ? undefined : this.#below.#functionsOf(file);
    const memo = new FunctionMemo(below);
    this.#functions.set(file, memo);
    return memo;
  }
}

/** The sites of a file; with a memo, what is remembered of it is not looked for, and the collector has to compare. */
export async function draftsOf(
  input: Omit<FileInput, "facts">,
  collector: FactCollector,
  memo: DraftMemo | undefined,
): Promise<readonly SiteDraft[]> {
  if (memo !== undefined) return await memo.draftsOf(input, collector);
  return await siteDraftsInTurns({ ...input, facts: collector.of(input.file) });
}

function isSame(a: Origin, b: Origin): boolean {
  const areFactsSame = a.fingerprint === b.fingerprint && a.sharesLoopVariables === b.sharesLoopVariables;
  return areFactsSame && a.importPath === b.importPath && a.text === b.text;
}
