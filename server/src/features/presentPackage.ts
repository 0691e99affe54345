/** A package as it is in the editor while its text is being analyzed: the present texts, and the sites as they are shown. */
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import type { Results } from "../analysis/results.js";
import { type FileVersion, hashOf } from "../analysis/snapshot.js";
import type { Documents } from "../documents.js";
import { SourceText } from "../syntax/sourceText.js";

export interface PresentPackageSources {
  readonly documents: Pick<Documents, "goFiles">;
  readonly results: Pick<Results, "of">;
}

/**
 * What an open file (absolute path) and its package have become since they were analyzed. Nothing was compiled with these
 * texts, so the sites are no ground for a verdict. Undefined where they are not those of the document's version, or where
 * the text does not compile.
 */
export function presentPackage(
  file: string,
  before: AnalyzedPackage,
  { documents, results }: PresentPackageSources,
): AnalyzedPackage | undefined {
  const { snapshot } = before;
  const shown = results.of(file);
  if (shown === undefined || shown.stale !== undefined || shown.version === null) return undefined;
  const files = new Map<string, FileVersion>(snapshot.files);
  const texts = new Map(snapshot.texts);
  const overlays = new Map(snapshot.overlays);
  for (const { path, document } of documents.goFiles()) {
    const known = files.get(path);
    if (known === undefined || known.version === document.version) continue;
    const text = document.getText();
    const hash = hashOf(text);
    files.set(path, { hash, version: document.version });
    // The disk's own text counts while it says the same (analysis/snapshot.ts).
    if (known.hash === hash) continue;
    texts.set(path, new SourceText(text));
    overlays.set(path, text);
  }
  if (shown.version !== files.get(file)?.version) return undefined;
  const sites = [...files.keys()].flatMap((each) => results.of(each)?.sites ?? []);
  return { snapshot: { package: snapshot.package, files, texts, overlays }, sites, goMinor: before.goMinor };
}
