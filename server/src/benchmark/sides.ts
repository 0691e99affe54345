/** The two texts that benchmarks are compared under: neither is written into the workspace. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { GoPackage, Overlays } from "../go/packages.js";
import type { BenchmarkSide } from "./runBenchmarks.js";

export interface BenchmarkSides {
  readonly before: BenchmarkSide;
  readonly after: BenchmarkSide;
}

type Place = Pick<GoPackage, "dir" | "root">;

/** The package as it is, and with fixes that are only in overlays. Both overlays hold whole texts by absolute path. */
export function fixSides(
  { dir, root }: Place,
  overlays: Readonly<Record<keyof BenchmarkSides, Overlays>>,
  fixCount: number,
): BenchmarkSides {
  const after = fixCount === 1 ? l10n.t("with the fix") : l10n.t("with {0} fixes", fixCount);
  return {
    before: { name: l10n.t("as it is"), dir, root, overlays: overlays.before },
    after: { name: after, dir, root, overlays: overlays.after },
  };
}

/**
 * A revision of the package, and the package as it is.
 *
 * @param folder An absolute folder above both the package and its module.
 * @param counterpart What `checkOutRevision` made of that folder.
 * @param overlays Texts that are not on disk, of now.
 */
export function revisionSides(
  { dir, root }: Place,
  revision: string,
  { folder, counterpart }: { readonly folder: string; readonly counterpart: string },
  overlays: Overlays,
): BenchmarkSides {
  const moved = (each: string) => path.join(counterpart, path.relative(folder, each));
  return {
    before: { name: revision, dir: moved(dir), root: moved(root), overlays: new Map() },
    after: { name: l10n.t("now"), dir, root, overlays },
  };
}
