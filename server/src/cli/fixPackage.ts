/** Fixes one package in memory: analyzed as it is on disk now, fixed one by one, and built as a whole at the end. */
import { recompileWith } from "../analysis/recompile.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";
import { allowedSites } from "../assertions/allowances.js";
import type { Engine } from "../compiler/engine.js";
import { type AppliedFix, fixAll, WholeRejected } from "../fixAll/fixAll.js";
import type { Proposal } from "../fixes/fix.js";
import { type Format, formattedTexts } from "../fixes/formattedEdit.js";
import { formattedAsBefore } from "../go/gofmt.js";
import type { GoPackage } from "../go/packages.js";
import { analyzedInMemory } from "./analyzedInMemory.js";
import type { Toolchain } from "./toolchain.js";

export interface FixChoice {
  readonly rules: SeverityRules;
  /** Whether sites count that are quiet only because of where they stand: error paths, init, tests. */
  readonly everywhere: boolean;
  readonly accepts: (proposal: Proposal) => boolean;
  /** Id of the one site that is wanted; all unless given. */
  readonly site?: string;
}

export interface FixedPackage {
  readonly package: GoPackage;
  readonly snapshot: Snapshot;
  readonly applied: readonly AppliedFix[];
  /** New texts by absolute path, without byte order marks. */
  readonly texts: ReadonlyMap<string, string>;
  /** Why nothing was done, in the go command's words; null when all is well. */
  readonly error: string | null;
}

/**
 * What can be fixed in a package; nothing is written. `engine` compiles each step, and the toolchain's own engine, which is
 * the go command, the result. Rejects with GoCommandError and AbortError.
 */
export async function fixPackage(
  goPackage: GoPackage,
  engine: Engine,
  toolchain: Toolchain,
  choice: FixChoice,
  signal: AbortSignal,
): Promise<FixedPackage> {
  const { analyzed, error } = await analyzedInMemory(goPackage, engine, toolchain.setup, signal);
  const { snapshot } = analyzed;
  const nothing = { package: goPackage, snapshot, applied: [], texts: new Map<string, string>() };
  if (error !== null) return { ...nothing, error };
  const candidates = candidatesOf(analyzed.sites, snapshot, choice);
  try {
    const recompile = recompileWith(() => ({ engine, memo: analyzed.memo }));
    const result = await fixAll({ analyzed, candidates, accepts: choice.accepts, recompile }, signal);
    if (result.applied.length === 0) return { ...nothing, error: null };
    const format: Format = (_file, old, text) => formattedAsBefore(old, text, toolchain.setup, signal);
    const texts = await formattedTexts(result.texts, snapshot, format);
    const built = await recompileWith(() => toolchain)(snapshot, texts, signal);
    if ("error" in built) return { ...nothing, error: built.error };
    return { ...nothing, applied: result.applied, texts, error: null };
  } catch (error) {
    if (error instanceof WholeRejected) return { ...nothing, error: error.message };
    throw error;
  }
}

function candidatesOf(sites: readonly Site[], snapshot: Snapshot, choice: FixChoice): Site[] {
  const allowed = allowedSites(sites, snapshot.texts);
  return sites.filter(
    (site) =>
      !allowed.has(site) && (choice.site === undefined || choice.site === site.id) && isWanted(site, choice),
  );
}

function isWanted(site: Site, { rules, everywhere }: FixChoice): boolean {
  if (!everywhere) return severityOf(site, rules) !== "off";
  const isSetOff = [rules.severity[site.reason], rules.severity[site.context]].includes("off");
  return site.allocates !== "no" && !isSetOff;
}
