/** Evidence for the sites of the command-line tool, from machine code that is at hand or for which the compiler runs again. */
import { inTurns } from "../analysis/inTurns.js";
import type { Site } from "../analysis/site.js";
import { assemblyText } from "../compiler/assemblyRun.js";
import { type CompiledExports, compileExports } from "../compiler/compileExports.js";
import { recompiledExports, type RecompiledExports } from "../compiler/recompiledExports.js";
import type { Assembly } from "../evidence/allocationCall.js";
import { isReadable, readAssembly } from "../evidence/assemblyReader.js";
import { type EvidenceFile, evidenceSteps, type VariantAssembly } from "../evidence/gatherEvidence.js";
import { neededVariants } from "../evidence/neededVariants.js";
import { GoCommandError } from "../go/commandError.js";
import { type DirectBuild, planSource } from "../go/listedBuild.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import { goarchOf } from "../go/targets.js";
import type { Sources } from "./sources.js";
import type { Toolchain } from "./toolchain.js";

export interface EvidenceFor {
  /** What a package's evidence depends on beside its sites and texts; undefined where it cannot be told. */
  keyOf(goPackage: GoPackage): readonly string[] | undefined;
  /** Whether no compiler has to run for the machine code of the package. */
  isAtHand(goPackage: GoPackage): boolean;
  /** The sites of a package with evidence, and those that the compiler hid. Rejects with AbortError. */
  gather(goPackage: GoPackage, sites: readonly Site[], signal: AbortSignal): Promise<readonly Site[]>;
}

export interface EvidenceRequest {
  readonly toolchain: Toolchain;
  readonly sources: Sources;
  /** What was read of variants already, by their ids. */
  readonly assemblies: ReadonlyMap<string, Assembly>;
}

const nothing: ReadonlyMap<string, string> = new Map();

/**
 * Where the machine code of a target is not known here, and for packages that only the go command can build (with cgo, for
 * instance), sites stay as they are.
 *
 * @param keys By the variant's id: see variantKeys.ts.
 */
export function evidenceSource(
  { toolchain, sources, assemblies }: EvidenceRequest,
  keys: ReadonlyMap<string, string>,
): EvidenceFor {
  const goarch = goarchOf(toolchain.target);
  return {
    keyOf({ variants }) {
      const found = neededVariants(variants).map(({ id }) => keys.get(id));
      return found.every((key) => key !== undefined) ? found : undefined;
    },
    isAtHand({ variants }) {
      return neededVariants(variants).every(({ id }) => assemblies.has(id));
    },
    async gather(goPackage, sites, signal) {
      if (!isReadable(goarch)) return sites;
      const variants: VariantAssembly[] = [];
      for (const variant of neededVariants(goPackage.variants)) {
        const assembly =
          assemblies.get(variant.id) ?? (await assemblyOf(variant, goPackage, toolchain, goarch, signal));
        if (assembly !== undefined) variants.push({ assembly, files: variant.files });
      }
      if (variants.length === 0) return sites;
      const input = { sites, variants, files: filesOf(goPackage, sources), mapGrowth: true };
      return await inTurns(evidenceSteps(input), signal);
    },
  };
}

async function assemblyOf(
  variant: PackageVariant,
  goPackage: GoPackage,
  { builds }: Toolchain,
  goarch: string,
  signal: AbortSignal,
): Promise<Assembly | undefined> {
  const build = builds.find(({ listing }) => listing.plans.has(variant.id));
  const answer = build && (await planSource(build).of(variant, nothing, signal));
  if (build === undefined || answer === undefined || "unsuitable" in answer) return undefined;
  let base: Base | undefined;
  let recompiled: RecompiledExports | undefined;
  try {
    base = await baseOf(answer.plan.base, goPackage, build, signal);
    if (base === undefined) return undefined;
    const { replaced } = base;
    const others = { tool: answer.tool, overlays: nothing, root: variant.root, replaced };
    recompiled = await recompiledExports(answer.plan, others, signal);
    if (recompiled === undefined) return undefined;
    const request = { ...answer, overlays: nothing, replaced: recompiled.replaced };
    return await readAssembly(assemblyText(request, signal), goarch, variant.dir);
  } catch (error) {
    // What does not compile was reported with the sites.
    if (error instanceof GoCommandError) return undefined;
    throw error;
  } finally {
    recompiled?.dispose();
    base?.exports?.dispose();
  }
}

interface Base {
  /** Absolute path of export data by package path. */
  readonly replaced: ReadonlyMap<string, string>;
  readonly exports?: CompiledExports;
}

/** External tests import the package with its in-package tests, which go has not built; undefined where it fails. */
async function baseOf(
  id: string | null,
  { variants }: GoPackage,
  build: DirectBuild,
  signal: AbortSignal,
): Promise<Base | undefined> {
  const variant = variants.find((each) => each.id === id);
  if (id === null || variant === undefined || build.listing.exports.has(id)) return { replaced: nothing };
  const answer = await planSource(build).of(variant, nothing, signal);
  if ("unsuitable" in answer) return undefined;
  const exports = await compileExports({ ...answer, overlays: nothing, root: variant.root }, signal);
  if ("error" in exports) {
    exports.dispose();
    return undefined;
  }
  return { replaced: new Map([[variant.importPath, exports.file]]), exports };
}

function filesOf({ variants }: GoPackage, { texts }: Sources): ReadonlyMap<string, EvidenceFile> {
  const files = new Map<string, EvidenceFile>();
  for (const { importPath, files: paths } of variants) {
    for (const file of paths) {
      const source = texts.get(file);
      if (source !== undefined && !files.has(file)) files.set(file, { importPath, source });
    }
  }
  return files;
}
