/** The one place where facts beyond the compiler's messages are added to the sites of the command-line tool. */
import type { Site } from "../analysis/site.js";
import type { GoPackage } from "../go/packages.js";
import type { Toolchain } from "./toolchain.js";

/** Adds what it knows to sites, and returns all of them in the same order; ids, codes and places stay as they are. */
export type EvidenceSource = (
  sites: readonly Site[],
  toolchain: Toolchain,
  packages: readonly GoPackage[],
  signal: AbortSignal,
) => Promise<readonly Site[]>;

/** What `--evidence=on` asks, in this order. */
const sources: readonly EvidenceSource[] = [];

/** The sites with all that the sources know. Rejects as they do, and with AbortError. */
export async function withEvidence(
  sites: readonly Site[],
  toolchain: Toolchain,
  packages: readonly GoPackage[],
  signal: AbortSignal,
): Promise<readonly Site[]> {
  let known = sites;
  for (const source of sources) known = await source(known, toolchain, packages, signal);
  return known;
}
