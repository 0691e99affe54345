import type { Engine } from "../compiler/engine.js";
import { SourceText } from "../syntax/sourceText.js";
import { analyzePackages } from "./analyzePackages.js";
import { DraftMemo } from "./draftMemo.js";
import type { Snapshot } from "./snapshot.js";
import type { Recompile } from "./verify.js";

/** What a snapshot was analyzed with. */
export interface Basis {
  readonly engine: Engine;
  /** What the analysis remembers of the files' sites: an edit touches few files of its package. */
  readonly memo?: DraftMemo | undefined;
}

/**
 * Compiles a package with edits through an engine, by the same way as every analysis, so that sites before and after can
 * be compared. An edit that breaks any variant of the package, its tests included, counts as one that does not compile.
 */
export function recompileWith(basisOf: (snapshot: Snapshot) => Basis): Recompile {
  const memos = new WeakMap<Snapshot, DraftMemo>();
  return async (snapshot, edited, signal) => {
    const basis = basisOf(snapshot);
    const memo = memos.get(snapshot) ?? new DraftMemo(basis.memo);
    memos.set(snapshot, memo);
    const overlays = new Map([...snapshot.overlays, ...edited]);
    const texts = new Map([...edited].map(([file, text]) => [file, new SourceText(text)]));
    const input = {
      engine: basis.engine,
      memo,
      overlays,
      textOf: (file: string) => Promise.resolve(texts.get(file) ?? snapshot.texts.get(file)),
    };
    const { packages } = await analyzePackages([snapshot.package], input, signal);
    const [analysis] = packages;
    if (analysis === undefined) return { error: "The package is gone." };
    return analysis.error === null ? { sites: analysis.sites } : { error: analysis.error };
  };
}
