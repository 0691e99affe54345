/** The texts of the packages that are analyzed, each read once. */
import { readFile } from "node:fs/promises";
import type { GoPackage } from "../go/packages.js";
import { hashOf } from "../go/projectStamp.js";
import { SourceText } from "../syntax/sourceText.js";
import { sourceLimit } from "../syntax/treeSitter.js";

export interface Sources {
  /** By absolute path; a file that could not be read, or is too large to be parsed, is missing. */
  readonly texts: Map<string, SourceText>;
  /** Of the files' bytes, by absolute path. */
  readonly hashes: Map<string, string>;
  /** Absolute paths of those that are too large. */
  readonly tooLarge: Set<string>;
}

/** Reads the files of all variants. */
export async function readSources(packages: readonly GoPackage[]): Promise<Sources> {
  const sources: Sources = { texts: new Map(), hashes: new Map(), tooLarge: new Set() };
  const files = new Set(packages.flatMap(({ variants }) => variants.flatMap((variant) => variant.files)));
  await Promise.all([...files].map((file) => sourceOf(file, sources)));
  return sources;
}

/** The text of a file (absolute path), which is added to the others. */
export async function sourceOf(
  file: string,
  { texts, hashes, tooLarge }: Sources,
): Promise<SourceText | undefined> {
  const known = texts.get(file);
  if (known !== undefined || tooLarge.has(file)) return known;
  // A package whose file is gone does not compile, which is reported in the go command's words.
  const contents = await readFile(file).catch(() => undefined);
  if (contents === undefined) return undefined;
  hashes.set(file, hashOf(contents));
  const text = contents.toString("utf8");
  if (text.length > sourceLimit) {
    tooLarge.add(file);
    return undefined;
  }
  const source = new SourceText(text);
  texts.set(file, source);
  return source;
}
