import { analyzePackages } from "../analysis/analyzePackages.js";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { DraftMemo } from "../analysis/draftMemo.js";
import { describeSetup } from "../analysis/goSetups.js";
import { partsOf } from "../analysis/packageState.js";
import { readText } from "../analysis/readText.js";
import type { Site } from "../analysis/site.js";
import { takeSnapshot } from "../analysis/snapshot.js";
import type { Engine } from "../compiler/engine.js";
import { packageEvidence } from "../evidence/packageEvidence.js";
import type { GoSetup } from "../go/goSetup.js";
import type { GoPackage } from "../go/packages.js";
import { goarchOf } from "../go/targets.js";

export interface InMemory {
  /** With evidence; its sites are empty where the package does not compile. */
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
  const memo = new DraftMemo();
  const input = { engine, overlays: snapshot.overlays, textOf, memo };
  const { packages } = await analyzePackages([goPackage], input, signal);
  const { sites: compared = [], error = null } = packages[0] ?? {};
  const { goMinor, target } = describeSetup(setup);
  const goarch = goarchOf(target);
  const sites: Site[] = [];
  for (const part of partsOf(goPackage)) {
    const own = compared.filter((site) => site.package === part.importPath);
    sites.push(...(await packageEvidence({ part, sites: own, snapshot, engine, goarch }, signal)));
  }
  return { analyzed: { snapshot, sites, compared, goMinor, memo }, error };
}
