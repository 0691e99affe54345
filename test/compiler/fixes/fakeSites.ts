/** Sites and snapshots without a compiler, for tests of what is done with them. */
import type { Site } from "../../../server/src/analysis/site.js";
import { hashOf, type Snapshot } from "../../../server/src/analysis/snapshot.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { madeSite } from "../../harness/sites.js";

/** A snapshot of one package with the given texts by absolute path. */
export function fakeSnapshot(
  texts: Readonly<Record<string, string>>,
  version: number | null = null,
): Snapshot {
  const entries = Object.entries(texts);
  const variant = {
    id: "p",
    importPath: "p",
    forTest: null,
    name: "p",
    dir: "/p",
    files: entries.map(([file]) => file),
    root: "/p",
    goVersion: "1.22",
    actionId: null,
    error: null,
  };
  return {
    package: {
      importPath: "p",
      dir: "/p",
      root: "/p",
      variants: [variant],
    } as unknown as Snapshot["package"],
    files: new Map(entries.map(([file, text]) => [file, { hash: hashOf(text), version }])),
    texts: new Map(entries.map(([file, text]) => [file, new SourceText(text)])),
    overlays: new Map(),
  };
}

/** A site on the first occurrence of `source` in the file. */
export function fakeSite(snapshot: Snapshot, file: string, source: string, rest: Partial<Site> = {}): Site {
  const text = snapshot.texts.get(file)!;
  return siteAt(file, text, text.text.indexOf(source), source, rest);
}

export function siteAt(
  file: string,
  text: SourceText,
  offset: number,
  source: string,
  rest: Partial<Site> = {},
): Site {
  const range = text.range(offset, offset + source.length);
  return madeSite(range.start.line, {
    id: `${source}@${offset}`,
    package: "p",
    file,
    function: "f",
    range,
    column: range.start.character + 1,
    nodeRange: range,
    form: "make",
    expression: source,
    source,
    reason: "too-large",
    ...rest,
  });
}
