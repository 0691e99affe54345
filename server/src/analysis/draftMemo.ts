/** Remembers the sites of files, so that an edit costs the anchoring of one file and not of its whole package. */
import { createHash } from "node:crypto";
import { type FileInput, type SiteDraft, siteDraftsOfFile } from "./fileSites.js";

interface Entry {
  readonly importPath: string;
  readonly text: string;
  readonly facts: string;
  readonly drafts: readonly SiteDraft[];
}

/** A file is read twice in one analysis: with what its plain variant says, and with what its tests add. */
const entriesPerFile = 2;

export class DraftMemo {
  /** By absolute path, the newest entry first. */
  readonly #files = new Map<string, readonly Entry[]>();

  /** As `siteDraftsOfFile`, which is only called for a text or facts that are not remembered. */
  draftsOf(input: FileInput): readonly SiteDraft[] {
    const { file, importPath, source } = input;
    const { heap, wrappers, variableMakes } = input.facts;
    const facts = createHash("sha256")
      .update(JSON.stringify([heap, wrappers, variableMakes]))
      .digest("base64");
    const entries = this.#files.get(file) ?? [];
    const known = entries.find(
      (entry) => entry.facts === facts && entry.importPath === importPath && entry.text === source.text,
    );
    if (known !== undefined) return known.drafts;
    const drafts = siteDraftsOfFile(input);
    const entry = { importPath, text: source.text, facts, drafts };
    this.#files.set(file, [entry, ...entries].slice(0, entriesPerFile));
    return drafts;
  }
}
