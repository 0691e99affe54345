/** What the compiler says about variants: kept from earlier runs, or compiled now, many at once. */
import { DirectEngine } from "../compiler/directEngine.js";
import type { CompilerPosition, Fact } from "../compiler/facts.js";
import type { DiskCache } from "../analysis/diskCache.js";
import { inParallel } from "../analysis/inParallel.js";
import type { FactRecorder } from "../assertions/factRecorder.js";
import type { PackageVariant } from "../go/packages.js";
import { keyOf } from "./keptResults.js";
import { planSource, type Toolchain } from "./toolchain.js";

export interface FactsRequest {
  readonly toolchain: Toolchain;
  readonly variants: readonly PackageVariant[];
  /** By the variant's id: see variantKeys.ts. */
  readonly keys: ReadonlyMap<string, string>;
  readonly cache: DiskCache | undefined;
  /** Hears all facts that are not kept from earlier runs. */
  readonly recorder: FactRecorder;
  /** Told after each variant that was compiled: how many are done of how many. */
  readonly onProgress: (done: number, all: number) => void;
}

/** No limits: the whole of what the compiler says. */
const everything = {
  atOnce: Number.MAX_SAFE_INTEGER,
  characters: Number.MAX_SAFE_INTEGER,
  milliseconds: Number.MAX_SAFE_INTEGER,
};

/**
 * The facts about the files, variant by variant, in the order of the variants. Those that do not compile give an
 * ErrorFact in the go command's words. Rejects as an engine throws.
 */
export async function variantFacts(request: FactsRequest, signal: AbortSignal): Promise<Fact[][]> {
  const facts = new Map<string, readonly Fact[]>();
  const { toolchain, variants, keys, cache } = request;
  await inParallel(variants, 2 * toolchain.batch.parallelism, async ({ id }) => {
    const key = keys.get(id);
    const known = key === undefined ? undefined : await cache?.get(keyOf("facts", key));
    if (Array.isArray(known)) facts.set(id, known as Fact[]);
  });
  const missing = variants.filter(({ id }) => !facts.has(id));
  await compileAll(missing, facts, request, signal);
  return variants.map(({ id }) => [...(facts.get(id) ?? [])]);
}

async function compileAll(
  variants: readonly PackageVariant[],
  facts: Map<string, readonly Fact[]>,
  request: FactsRequest,
  signal: AbortSignal,
): Promise<void> {
  const { toolchain, keys, cache, onProgress } = request;
  const refused: PackageVariant[] = [];
  let done = 0;
  await inParallel(variants, toolchain.batch.parallelism, async (variant) => {
    const said = await compileDirectly(variant, request, signal);
    onProgress(++done, variants.length);
    if (said === undefined) {
      refused.push(variant);
      return;
    }
    const kept = relevant(said);
    facts.set(variant.id, kept);
    const key = keys.get(variant.id);
    if (key !== undefined) await cache?.put(keyOf("facts", key), kept);
  });
  for (const [id, said] of await compileByGo(refused, request, signal)) {
    facts.set(id, relevant(said));
  }
}

/** Undefined where only the go command can compile it, or knows the words for what is wrong with it. */
async function compileDirectly(
  variant: PackageVariant,
  { toolchain, recorder }: FactsRequest,
  signal: AbortSignal,
): Promise<Fact[] | undefined> {
  const build = toolchain.builds.find(({ listing }) => listing.plans.has(variant.id));
  if (build === undefined || variant.error !== null) return undefined;
  let isRefused = false;
  const fallback = {
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield
    async *compile() {
      isRefused = true;
    },
    keyOf: () => Promise.resolve(undefined),
    assemblyOf: () => Promise.resolve(undefined),
    dependsOn: () => false,
  };
  const log = () => undefined;
  const engine = new DirectEngine({ plans: planSource(build), fallback, log, limits: everything });
  const facts: Fact[] = [];
  const bases = toolchain.packages.find(({ variants }) => variants.includes(variant))?.variants;
  for await (const fact of engine.compile([variant], new Map(), signal, bases ?? [variant])) {
    if (fact.kind === "error") isRefused = true;
    else recorder.record(fact);
    facts.push(fact);
  }
  signal.throwIfAborted();
  return isRefused ? undefined : facts;
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
