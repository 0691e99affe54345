/** What an analysis looked at. Every result names its snapshot, so that it is never shown on another text. */
import { createHash } from "node:crypto";
import { filesOf, type GoPackage, type Overlays } from "../go/packages.js";
import { SourceText } from "../syntax/sourceText.js";
import { sourceLimit } from "../syntax/treeSitter.js";

/** The state of one file: its contents' hash, and its version when it was open in the editor. */
export interface FileVersion {
  readonly hash: string;
  /** LSP document version; null for a file on disk. */
  readonly version: number | null;
}

export interface Snapshot {
  readonly package: GoPackage;
  /** By absolute path; files that could not be read are missing. */
  readonly files: ReadonlyMap<string, FileVersion>;
  /** The texts that are compiled; of those that are too large to be parsed, nothing is found out. */
  readonly texts: ReadonlyMap<string, SourceText>;
  /** Those of them that are not on disk as they are. */
  readonly overlays: Overlays;
}

/** An open document, as far as an analysis needs it. */
export interface OpenFile {
  readonly text: string;
  readonly version: number;
}

/** Reads a file's bytes as text; rejects when there is no such file. */
export type ReadFile = (path: string) => Promise<string>;

/**
 * Takes the state of all files of a package: the editor's where they are open and changed, else the disk's.
 *
 * @param before An earlier one of the package: what has not changed since is taken from there.
 */
export async function takeSnapshot(
  goPackage: GoPackage,
  open: ReadonlyMap<string, OpenFile>,
  readFile: ReadFile,
  before?: Snapshot,
): Promise<Snapshot> {
  const files = new Map<string, FileVersion>();
  const texts = new Map<string, SourceText>();
  const overlays = new Map<string, string>();
  const paths = filesOf(goPackage.variants);
  await Promise.all(
    paths.map(async (path) => {
      const document = open.get(path);
      const disk = await readFile(path).catch(() => undefined);
      const isSaved = document === undefined || (disk !== undefined && isSame(disk, document.text));
      // The disk's own text counts while it says the same: its byte order mark shifts the compiler's columns.
      const text = isSaved ? disk : document.text;
      if (text === undefined) return;
      if (!isSaved) overlays.set(path, text);
      const known = before?.texts.get(path);
      const source = known?.contents === text ? known : undefined;
      const hash = (source && before?.files.get(path)?.hash) ?? hashOf(text);
      files.set(path, { hash, version: document?.version ?? null });
      if (text.length <= sourceLimit) texts.set(path, source ?? new SourceText(text));
    }),
  );
  return { package: goPackage, files, texts, overlays };
}

function isSame(a: string, b: string): boolean {
  return a === b || hashOf(a) === hashOf(b);
}

/** Hash of a text; line ends and a byte order mark do not count, because editors change both without being asked. */
export function hashOf(text: string): string {
  const marked = text.startsWith("\uFEFF") ? text.slice(1) : text;
  // To look for one is faster than to replace none.
  const unified = marked.includes("\r") ? marked.replace(/\r\n?/g, "\n") : marked;
  return createHash("sha256").update(unified).digest("hex");
}
