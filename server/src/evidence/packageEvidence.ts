/** Runs the compiler for the assembly of a package's variants, and adds to its sites what that says. */
import type { EvidenceRequest } from "../analysis/packageFollowUp.js";
import { inTurns } from "../analysis/inTurns.js";
import type { Site } from "../analysis/site.js";
import { GoCommandError } from "../go/commandError.js";
import { isReadable, readAssembly } from "./assemblyReader.js";
import { type EvidenceFile, evidenceSteps, type VariantAssembly } from "./gatherEvidence.js";
import { neededVariants } from "./neededVariants.js";

/**
 * The sites of a part of a package with evidence, and the hidden ones; the given ones where no assembly can be had. One
 * compiler after the other. Rejects with AbortError.
 */
export async function packageEvidence(
  { part, sites, snapshot, engine, goarch }: EvidenceRequest,
  signal: AbortSignal,
): Promise<readonly Site[]> {
  if (!isReadable(goarch)) return sites;
  const variants: VariantAssembly[] = [];
  for (const variant of neededVariants(part.variants)) {
    try {
      const text = await engine.assemblyOf(variant, snapshot.overlays, signal, snapshot.package.variants);
      const assembly = text === undefined ? undefined : await readAssembly(text, goarch, variant.dir);
      if (assembly !== undefined) variants.push({ assembly, files: variant.files });
    } catch (error) {
      // Without its assembly a variant's sites stay as they are.
      if (!(error instanceof GoCommandError)) throw error;
    }
  }
  signal.throwIfAborted();
  if (variants.length === 0) return sites;
  const files = new Map<string, EvidenceFile>();
  for (const { importPath, files: own } of part.variants) {
    for (const file of own) {
      const source = snapshot.texts.get(file);
      if (source !== undefined && !files.has(file)) files.set(file, { importPath, source });
    }
  }
  return await inTurns(evidenceSteps({ sites, variants, files, mapGrowth: true }), signal);
}
