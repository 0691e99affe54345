/** Runs an engine and keeps what it decides about the heap, as texts that can be compared. */
import type { Engine } from "../../server/src/compiler/engine.js";
import type { Overlays, PackageVariant } from "../../server/src/go/packages.js";

export interface Verdicts {
  /** `FILE:LINE:COLUMN form text` by id of the variant; those with an empty block are there, too. */
  readonly verdicts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly errors: readonly string[];
  readonly unknown: readonly string[];
}

export async function verdictsOf(
  engine: Engine,
  variants: readonly PackageVariant[],
  signal: AbortSignal,
  overlays: Overlays = new Map(),
): Promise<Verdicts> {
  const verdicts = new Map<string, Set<string>>();
  const errors: string[] = [];
  const unknown: string[] = [];
  let block = new Set<string>();
  for await (const fact of engine.compile(variants, overlays, signal)) {
    if (fact.kind === "package") {
      block = verdicts.get(fact.variant) ?? new Set();
      verdicts.set(fact.variant, block);
    } else if (fact.kind === "heap") {
      const { file, line, column } = fact.position;
      block.add(`${file}:${line}:${column ?? ""} ${fact.form} ${fact.text}`);
    } else if (fact.kind === "error") errors.push(fact.message);
    else if (fact.kind === "unknown") unknown.push(fact.line);
  }
  return { verdicts, errors, unknown };
}
