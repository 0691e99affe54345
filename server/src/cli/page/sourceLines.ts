import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FoundSite } from "../report.js";

/** Finds the source line of a site; undefined where its file is not at hand. */
export type SourceLines = (site: FoundSite) => string | undefined;

/** Reads the files of the sites, whose paths are relative to `folder` (absolute). */
export async function readSourceLines(sites: readonly FoundSite[], folder: string): Promise<SourceLines> {
  const lines = new Map<string, readonly string[]>();
  for (const file of new Set(sites.map((site) => site.file))) {
    const text = await readFile(path.resolve(folder, file), "utf8").catch(() => "");
    lines.set(file, text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/));
  }
  return (site) => lines.get(site.file)?.[site.range.start.line];
}
