/** Keys of all that the compiler's answer about a variant depends on: equal keys, equal answers. */
import { planKey } from "../go/compilePlan.js";
import { toolKey } from "../go/compileTool.js";
import type { DirectBuild } from "../go/listedBuild.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import { keyOf } from "./keptResults.js";
import type { Toolchain } from "./toolchain.js";

/**
 * By the variant's id; missing where it cannot be told: variants that do not compile, and tests that only the go command
 * can build. The action part of a build id names all inputs (cmd/go/internal/work/buildid.go); where go does not build
 * the variant itself, it is the command line of its compile, whose export data is named by its contents, and the sources.
 *
 * @param hashes Of the sources' bytes, by absolute path.
 */
export function variantKeys(
  toolchain: Toolchain,
  packages: readonly GoPackage[],
  hashes: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const build of toolchain.builds) {
    const salt = [toolchain.go, toolchain.target, toolchain.batch.flags, toolKey(build.tool)];
    for (const goPackage of packages) {
      for (const variant of goPackage.variants) {
        const parts = partsOf(variant, goPackage, build, hashes);
        if (parts !== undefined) keys.set(variant.id, keyOf(salt, variant.id, parts));
      }
    }
  }
  return keys;
}

function partsOf(
  variant: PackageVariant,
  goPackage: GoPackage,
  build: DirectBuild,
  hashes: ReadonlyMap<string, string>,
): readonly unknown[] | undefined {
  const outcome = build.listing.plans.get(variant.id);
  if (outcome === undefined || variant.error !== null) return undefined;
  const texts = variant.files.map((file) => [file, hashes.get(file) ?? ""]);
  if ("unsuitable" in outcome) return variant.actionId === null ? undefined : [variant.actionId, texts];
  // What is compiled anew for tests can belong to packages that were not asked for: its texts are not at hand then.
  const anew = outcome.plan.recompiled
    .flatMap(({ sources }) => sources)
    .map((file) => [file, hashes.get(file)]);
  if (anew.some(([, hash]) => hash === undefined)) return undefined;
  const own = [planKey(outcome.plan), texts, anew];
  const { base } = outcome.plan;
  if (base === null) return own;
  const imported = goPackage.variants.find(({ id }) => id === base);
  const parts = imported && partsOf(imported, goPackage, build, hashes);
  return parts && [...own, parts];
}
