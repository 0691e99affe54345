/** The flows of one file of a package whose explanations are too many to be read at each edit. */
import type { Engine } from "../compiler/engine.js";
import { FactCollector } from "../compiler/fileFacts.js";
import { partsOf } from "./packageState.js";
import { packageSites } from "./packageSites.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";

/**
 * The sites of a file (absolute path) with their flows, at the places of the snapshot's text; none where the package does
 * not compile. Takes seconds. Rejects as the engine does.
 */
export async function fileFlows(
  file: string,
  snapshot: Snapshot,
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly Site[]> {
  const part = partsOf(snapshot.package).find(({ variants }) =>
    variants.some(({ files }) => files.includes(file)),
  );
  if (part === undefined) return [];
  const variants = part.variants.filter(({ files }) => files.includes(file));
  const collector = new FactCollector();
  const bases = snapshot.package.variants;
  for await (const fact of engine.compile(variants, snapshot.overlays, signal, bases, file)) {
    if (fact.kind === "error") return [];
    if (fact.kind !== "unknown" && fact.kind !== "progress") collector.add(fact);
  }
  signal.throwIfAborted();
  const textOf = (name: string) => Promise.resolve(name === file ? snapshot.texts.get(name) : undefined);
  return (await packageSites({ ...part, variants }, () => null, collector, textOf)).sites;
}
