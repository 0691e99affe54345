import { analyzePackages } from "../analysis/analyzePackages.js";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { describeSetup } from "../analysis/goSetups.js";
import { readText } from "../analysis/readText.js";
import { takeSnapshot } from "../analysis/snapshot.js";
import type { Engine } from "../compiler/engine.js";
import type { GoSetup } from "../go/goSetup.js";
import type { GoPackage } from "../go/packages.js";

export interface InMemory {
  /** Without evidence; its sites are empty where the package does not compile. */
  readonly analyzed: AnalyzedPackage;
  /** Why it, or its tests, could not be compiled; in the go command's words. */
  readonly error: string | null;
}

/** Analyzes a package as it is on disk now, so that edits of it can be compiled and compared. Rejects as the engine throws. */
export async function analyzedInMemory(
  goPackage: GoPackage,
  engine: Engine,
  setup: GoSetup,
  signal: AbortSignal,
): Promise<InMemory> {
  const snapshot = await takeSnapshot(goPackage, new Map(), readText);
  const textOf = (file: string) => Promise.resolve(snapshot.texts.get(file));
  const { packages } = await analyzePackages(
    [goPackage],
    { engine, overlays: snapshot.overlays, textOf },
    signal,
  );
  const { sites = [], error = null } = packages[0] ?? {};
  return { analyzed: { snapshot, sites, goMinor: describeSetup(setup).goMinor }, error };
}
