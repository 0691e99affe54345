/** What the compiler says about variants: kept from earlier runs, or compiled now, many at once. */
import type { CompilerPosition, Fact } from "../compiler/facts.js";
import type { ResultCache } from "../analysis/resultCache.js";
import { inParallel } from "../analysis/inParallel.js";
import type { FactRecorder } from "../assertions/factRecorder.js";
import type { Assembly } from "../evidence/allocationCall.js";
import type { PackageVariant } from "../go/packages.js";
import { goarchOf } from "../go/targets.js";
import { compileTask, directTasks } from "./directTasks.js";
import { keyOf } from "./keptResults.js";
import type { Toolchain } from "./toolchain.js";

export interface FactsRequest {
  readonly toolchain: Toolchain;
  readonly variants: readonly PackageVariant[];
  /** By the variant's id: see variantKeys.ts. */
  readonly keys: ReadonlyMap<string, string>;
  readonly cache: ResultCache | undefined;
  /** Whether the machine code is asked for as well. */
  readonly evidence: boolean;
  /** Hears all facts that are not kept from earlier runs. */
  readonly recorder: FactRecorder;
  /** Told of each variant that an earlier run knows (not `isNew`) or that was compiled directly, as soon as its facts are known. */
  readonly onFacts: (variant: PackageVariant, facts: readonly Fact[], isNew: boolean) => void;
  /** Told after each variant that was compiled: how many are done of how many. */
  readonly onProgress: (done: number, all: number) => void;
}

/** What the compiler says of variants. */
export interface SaidOfVariants {
  /** The facts about the files, variant by variant, in the order of the variants. */
  readonly facts: readonly (readonly Fact[])[];
  /** By the variant's id: of those that were compiled now, where it was asked for. */
  readonly assemblies: Map<string, Assembly>;
}

/**
 * Variants that do not compile give an ErrorFact in the go command's words. Rejects as an engine throws.
 */
export async function variantFacts(request: FactsRequest, signal: AbortSignal): Promise<SaidOfVariants> {
  const facts = new Map<string, readonly Fact[]>();
  const assemblies = new Map<string, Assembly>();
  const { toolchain, variants, keys, cache } = request;
  await inParallel(variants, 2 * toolchain.batch.parallelism, async (variant) => {
    const key = keys.get(variant.id);
    const known = key === undefined ? undefined : await cache?.get(keyOf("facts", key));
    if (!Array.isArray(known)) return;
    facts.set(variant.id, known as Fact[]);
    request.onFacts(variant, known as Fact[], false);
  });
  const missing = variants.filter(({ id }) => !facts.has(id));
  await compileAll(missing, { facts, assemblies }, request, signal);
  return { facts: variants.map(({ id }) => facts.get(id) ?? []), assemblies };
}

interface Found {
  readonly facts: Map<string, readonly Fact[]>;
  readonly assemblies: Map<string, Assembly>;
}

async function compileAll(
  variants: readonly PackageVariant[],
  { facts, assemblies }: Found,
  request: FactsRequest,
  signal: AbortSignal,
): Promise<void> {
  const { toolchain, keys, cache, recorder, onFacts, onProgress } = request;
  const goarch = request.evidence ? goarchOf(toolchain.target) : "";
  const left = new Set(variants);
  let done = 0;
  const writes: Promise<void>[] = [];
  try {
    await inParallel(directTasks(variants, toolchain, goarch), toolchain.batch.parallelism, async (task) => {
      for (const { variant, facts: said, assembly } of await compileTask(task, signal)) {
        if (!left.delete(variant)) continue;
        for (const fact of said) recorder.record(fact);
        const kept = relevant(said);
        facts.set(variant.id, kept);
        if (assembly !== undefined) assemblies.set(variant.id, assembly);
        onFacts(variant, kept, true);
        onProgress(++done, variants.length);
        const key = keys.get(variant.id);
        if (key !== undefined && cache !== undefined) writes.push(cache.put(keyOf("facts", key), kept));
      }
    });
  } finally {
    // Also of a run that is ended: nothing is left half written.
    await Promise.all(writes);
  }
  for (const [id, said] of await compileByGo([...left], request, signal)) {
    facts.set(id, relevant(said));
    onProgress(++done, variants.length);
  }
}

async function compileByGo(
  variants: readonly PackageVariant[],
  { toolchain, recorder }: FactsRequest,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const facts = new Map(variants.map(({ id }) => [id, new Array<Fact>()]));
  for (const root of new Set(variants.map((variant) => variant.root))) {
    const group = variants.filter((variant) => variant.root === root);
    let current: Fact[] = [];
    for await (const fact of toolchain.engine.compile(group, new Map(), signal)) {
      // The go command compiles other variants of the packages as well: what was compiled directly is known.
      if (fact.kind === "package") current = facts.get(fact.variant) ?? [];
      if (fact.kind === "error") facts.get(fact.variant)?.push(fact);
      else {
        recorder.record(fact);
        current.push(fact);
      }
    }
  }
  return facts;
}

/** What sites are made of, what is wrong with the variant, and lines that no rule knows. */
function relevant(facts: readonly Fact[]): Fact[] {
  const heap = new Set(facts.flatMap((fact) => (fact.kind === "heap" ? [placeOf(fact.position)] : [])));
  return facts.filter((fact) => isRelevant(fact, heap));
}

function isRelevant(fact: Fact, heap: ReadonlySet<string>): boolean {
  switch (fact.kind) {
    case "heap":
    case "error":
    case "unknown":
      return true;
    case "explanation":
      return fact.text === "func literal" || heap.has(placeOf(fact.position));
    case "inlined-call":
      return heap.has(placeOf(fact.position));
    case "stack":
      // See `variableMakes` of FileFacts.
      return fact.text.startsWith("make([]");
    default:
      return false;
  }
}

function placeOf({ file, line, column }: CompilerPosition): string {
  return `${line}:${column ?? 0}:${file}`;
}
