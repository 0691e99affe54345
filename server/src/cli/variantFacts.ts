/** What the compiler says about variants: kept from earlier runs, or compiled now, many at once. */
import type { CompilerPosition, Fact } from "../compiler/facts.js";
import type { ResultCache } from "../analysis/resultCache.js";
import { inParallel } from "../analysis/inParallel.js";
import type { FactRecorder } from "../assertions/factRecorder.js";
import type { Assembly } from "../evidence/allocationCall.js";
import type { PackageVariant } from "../go/packages.js";
import { goarchOf } from "../go/targets.js";
import { compileTask, directTasks } from "./directTasks.js";
import type { FileOwners } from "./foreignFacts.js";
import { keyOf } from "./keptResults.js";
import type { Toolchain } from "./toolchain.js";

export interface FactsRequest {
  readonly toolchain: Toolchain;
  readonly variants: readonly PackageVariant[];
  readonly owners: FileOwners;
  /** By the variant's id: see variantKeys.ts. */
  readonly keys: ReadonlyMap<string, string>;
  readonly cache: ResultCache | undefined;
  /** Gets the machine code of variants that are compiled directly, by their ids; without it none is asked for. */
  readonly assemblies: Map<string, Assembly> | undefined;
  /** Hears all facts that are not kept from earlier runs. */
  readonly recorder: FactRecorder;
  /** Told of each variant of which an earlier run has kept all (not `isNew`) or that was compiled directly, as soon as its facts are known. */
  readonly onFacts: (variant: PackageVariant, facts: readonly Fact[], isNew: boolean) => void;
  /** Told after each variant that was compiled: how many are done of how many. */
  readonly onProgress: (done: number, all: number) => void;
}

/** What the compiler says of variants. */
export interface SaidOfVariants {
  /** The facts about the files, in the order of the variants. */
  readonly facts: ReadonlyMap<PackageVariant, readonly Fact[]>;
  /** Variants of which an earlier run has only kept what they say of other packages. */
  readonly partial: ReadonlySet<PackageVariant>;
}

/** What is kept of a variant. */
interface Kept {
  /** Whether that is all, and not only what it says of other packages. */
  readonly isWhole: boolean;
  readonly facts: readonly Fact[];
}

/**
 * Variants that do not compile give an ErrorFact in the go command's words. Rejects as an engine throws.
 */
export async function variantFacts(request: FactsRequest, signal: AbortSignal): Promise<SaidOfVariants> {
  const said = {
    facts: new Map<PackageVariant, readonly Fact[]>(),
    partial: new Set<PackageVariant>(),
  };
  const { toolchain, variants, keys, cache } = request;
  await inParallel(variants, 2 * toolchain.batch.parallelism, async (variant) => {
    const key = keys.get(variant.id);
    const known =
      key === undefined ? undefined : ((await cache?.get(keyOf("facts", key))) as Kept | undefined);
    if (known === undefined) return;
    said.facts.set(variant, known.facts);
    if (known.isWhole) request.onFacts(variant, known.facts, false);
    else said.partial.add(variant);
  });
  const missing = variants.filter((variant) => !said.facts.has(variant));
  await compileAll(missing, said.facts, request, signal);
  // In an order that does not depend on which compiler was the quickest.
  const facts = new Map(variants.map((variant) => [variant, said.facts.get(variant) ?? []]));
  return { ...said, facts };
}

/**
 * The sites of a package are kept by the keys of its variants. Where it has only one, what that says of the package itself
 * is not read again but when others say something else of it, and then that one is compiled again.
 */
function toKeep(variant: PackageVariant, facts: readonly Fact[], owners: FileOwners): Kept {
  const isOnly = owners.packageOf(variant)?.variants.length === 1;
  if (!isOnly || facts.some(({ kind }) => kind === "unknown")) return { isWhole: true, facts };
  return { isWhole: false, facts: facts.filter((fact) => owners.foreignTo(variant, fact) !== undefined) };
}

async function compileAll(
  variants: readonly PackageVariant[],
  facts: Map<PackageVariant, readonly Fact[]>,
  request: FactsRequest,
  signal: AbortSignal,
): Promise<void> {
  const { toolchain, owners, keys, cache, assemblies, recorder, onFacts, onProgress } = request;
  const goarch = assemblies === undefined ? "" : goarchOf(toolchain.target);
  const left = new Set(variants);
  let done = 0;
  const writes: Promise<void>[] = [];
  try {
    await inParallel(directTasks(variants, toolchain, goarch), toolchain.batch.parallelism, async (task) => {
      for (const { variant, facts: said, assembly } of await compileTask(task, signal)) {
        if (!left.delete(variant)) continue;
        for (const fact of said) recorder.record(fact);
        const about = relevant(said);
        facts.set(variant, about);
        if (assembly !== undefined) assemblies?.set(variant.id, assembly);
        onFacts(variant, about, true);
        onProgress(++done, variants.length);
        const key = keys.get(variant.id);
        if (key === undefined || cache === undefined) continue;
        writes.push(cache.put(keyOf("facts", key), toKeep(variant, about, owners)));
      }
    });
  } finally {
    // Also of a run that is ended: nothing is left half written.
    await Promise.all(writes);
  }
  for (const [variant, said] of await compileByGo([...left], request, signal)) {
    facts.set(variant, relevant(said));
    onProgress(++done, variants.length);
  }
}

async function compileByGo(
  variants: readonly PackageVariant[],
  { toolchain, recorder }: FactsRequest,
  signal: AbortSignal,
): Promise<ReadonlyMap<PackageVariant, readonly Fact[]>> {
  const byId = new Map(variants.map((variant) => [variant.id, { variant, facts: new Array<Fact>() }]));
  for (const root of new Set(variants.map((variant) => variant.root))) {
    const group = variants.filter((variant) => variant.root === root);
    let current: Fact[] = [];
    for await (const fact of toolchain.engine.compile(group, new Map(), signal)) {
      // The go command compiles other variants of the packages as well: what was compiled directly is known.
      if (fact.kind === "package") current = byId.get(fact.variant)?.facts ?? [];
      if (fact.kind === "error") byId.get(fact.variant)?.facts.push(fact);
      else {
        recorder.record(fact);
        current.push(fact);
      }
    }
  }
  return new Map(Array.from(byId.values(), ({ variant, facts }) => [variant, facts]));
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
