/** What an analysis looked at. Every result names its snapshot, so that it is never shown on another text. */
import { createHash } from "node:crypto";
import type { GoPackage } from "../go/packages.js";
import { SourceText } from "../syntax/sourceText.js";

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
  /** The texts that were hashed. */
  readonly texts: ReadonlyMap<string, SourceText>;
}

/** An open document, as far as an analysis needs it. */
export interface OpenFile {
  readonly text: string;
  readonly version: number;
}

/** Reads a file's bytes as text; rejects when there is no such file. */
export type ReadFile = (path: string) => Promise<string>;

/** Takes the state of all files of a package: the editor's where they are open, else the disk's. */
export async function takeSnapshot(
  goPackage: GoPackage,
  open: ReadonlyMap<string, OpenFile>,
  readFile: ReadFile,
): Promise<Snapshot> {
  const files = new Map<string, FileVersion>();
  const texts = new Map<string, SourceText>();
  const paths = new Set(goPackage.variants.flatMap((variant) => variant.files));
  await Promise.all(
    [...paths].map(async (path) => {
      const document = open.get(path);
      const text = document?.text ?? (await readFile(path).catch(() => undefined));
      if (text === undefined) return;
      files.set(path, { hash: hashOf(text), version: document?.version ?? null });
      texts.set(path, new SourceText(text));
    }),
  );
  return { package: goPackage, files, texts };
}

/** Hash of a text; line ends and a byte order mark do not count, because editors change both without being asked. */
export function hashOf(text: string): string {
  return createHash("sha256")
    .update(text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"))
    .digest("hex");
}
