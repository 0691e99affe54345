/** The texts of the packages that are analyzed, each read once. */
import { readFile } from "node:fs/promises";
import type { GoPackage } from "../go/packages.js";
import { hashOf } from "../go/projectStamp.js";
import { SourceText } from "../syntax/sourceText.js";

export interface Sources {
  /** By absolute path; a file that could not be read is missing. */
  readonly texts: Map<string, SourceText>;
  /** Of the files' bytes, by absolute path. */
  readonly hashes: Map<string, string>;
}

/** Reads the files of all variants. */
export async function readSources(packages: readonly GoPackage[]): Promise<Sources> {
  const sources: Sources = { texts: new Map(), hashes: new Map() };
  const files = new Set(packages.flatMap(({ variants }) => variants.flatMap((variant) => variant.files)));
  await Promise.all([...files].map((file) => sourceOf(file, sources)));
  return sources;
}

/** The text of a file (absolute path), which is added to the others. */
export async function sourceOf(file: string, { texts, hashes }: Sources): Promise<SourceText | undefined> {
  const known = texts.get(file);
  if (known !== undefined) return known;
  // A package whose file is gone does not compile, which is reported in the go command's words.
  const contents = await readFile(file).catch(() => undefined);
  if (contents === undefined) return undefined;
  const text = new SourceText(contents.toString("utf8"));
  texts.set(file, text);
  hashes.set(file, hashOf(contents));
  return text;
}
