/** Remembers the sites of files and of their functions, so that an edit costs no more than it changes. */
import { createHash } from "node:crypto";
import { type FileInput, type SiteDraft, siteDraftsInTurns } from "./fileSites.js";
import { FunctionMemo } from "./functionMemo.js";

interface Entry {
  readonly importPath: string;
  readonly text: string;
  /** A hash of the facts, and of what else beside the text makes the sites. */
  readonly facts: string;
  readonly drafts: readonly SiteDraft[];
}

/** A file is read twice in one analysis: with what its plain variant says, and with what its tests add. */
const entriesPerFile = 2;

export class DraftMemo {
  /** By absolute path, the newest entry first. */
  readonly #files = new Map<string, readonly Entry[]>();
  readonly #functions = new Map<string, FunctionMemo>();
  readonly #below: DraftMemo | undefined;

  /** What `below` remembers is known here too, and nothing is added to it: for texts that nobody typed. */
  constructor(below?: DraftMemo) {
    this.#below = below;
  }

  /** As `siteDraftsInTurns`, which is only called for a text or facts that are not remembered. */
  async draftsOf(input: FileInput): Promise<readonly SiteDraft[]> {
    const { file, importPath, source, sharesLoopVariables = false } = input;
    const { heap, wrappers, variableMakes } = input.facts;
    const facts = createHash("sha256")
      .update(JSON.stringify([heap, wrappers, variableMakes, sharesLoopVariables]))
      .digest("base64");
    const known = this.#known(file, importPath, source.text, facts);
    if (known !== undefined) return known.drafts;
    // What is read once is not edited: its variants differ in whole files, if at all.
    const drafts = await siteDraftsInTurns(
      input,
      input.isReadOnce === true ? undefined : this.#functionsOf(file),
    );
    const entry = { importPath, text: source.text, facts, drafts };
    this.#files.set(file, [entry, ...(this.#files.get(file) ?? [])].slice(0, entriesPerFile));
    return drafts;
  }

  #known(file: string, importPath: string, text: string, facts: string): Entry | undefined {
    const own = this.#files
      .get(file)
      ?.find((entry) => entry.facts === facts && entry.importPath === importPath && entry.text === text);
    if (own !== undefined || this.#below === undefined) return own;
    return this.#below.#known(file, importPath, text, facts);
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
