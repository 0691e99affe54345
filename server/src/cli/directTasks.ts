/**
 * Compiles variants without the go command, each once: what is asked of the machine code comes from the compile that tells
 * what escapes, and external tests import what the compile of the package with its in-package tests has just written.
 */
import { type CompileRequest, runCompile } from "../compiler/compileRun.js";
import type { Fact } from "../compiler/facts.js";
import { recompiledExports } from "../compiler/recompiledExports.js";
import type { Assembly } from "../evidence/allocationCall.js";
import { assemblyReader } from "../evidence/assemblyReader.js";
import { neededVariants } from "../evidence/neededVariants.js";
import { GoCommandError } from "../go/commandError.js";
import { type DirectBuild, planSource } from "../go/listedBuild.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import type { PlanAnswer } from "../go/planStore.js";
import type { Toolchain } from "./toolchain.js";

/** One compile, and those that need what it writes. */
export interface DirectTask {
  readonly variant: PackageVariant;
  readonly build: DirectBuild;
  /** GOARCH whose machine code is read; empty where none is. */
  readonly goarch: string;
  readonly dependents: readonly DirectTask[];
}

export interface CompiledVariant {
  readonly variant: PackageVariant;
  readonly facts: readonly Fact[];
  /** Undefined where it was not asked for, or cannot be read. */
  readonly assembly: Assembly | undefined;
}

/**
 * Tasks for the variants that have a plan, in their order. A variant that another is based on and that go has not built
 * is compiled with it, whether it is among them or not.
 *
 * @param goarch Whose machine code is asked for; empty for none.
 */
export function directTasks(
  variants: readonly PackageVariant[],
  { builds, packages }: Toolchain,
  goarch: string,
): DirectTask[] {
  const wanted = new Set(variants);
  return packages.flatMap((goPackage) => {
    const readable = new Set(goarch === "" ? [] : neededVariants(goPackage.variants));
    const own = goPackage.variants.filter((variant) => wanted.has(variant));
    const simple = (variant: PackageVariant): DirectTask[] => {
      const build = builds.find(({ listing }) => listing.plans.has(variant.id));
      if (build === undefined || variant.error !== null) return [];
      return [{ variant, build, goarch: readable.has(variant) ? goarch : "", dependents: [] }];
    };
    const bases = new Map(own.flatMap(simple).map((task) => [task.variant, baseOf(task, goPackage)]));
    const heads = new Set(own.map((variant) => bases.get(variant) ?? variant));
    return [...heads].flatMap(simple).map((task) => ({
      ...task,
      dependents: own.filter((variant) => bases.get(variant) === task.variant).flatMap(simple),
    }));
  });
}

/** The variant that this one imports and that go has not built. */
function baseOf({ variant, build }: DirectTask, { variants }: GoPackage): PackageVariant | undefined {
  const outcome = build.listing.plans.get(variant.id);
  const id = outcome !== undefined && "plan" in outcome ? outcome.plan.base : null;
  return id === null || build.listing.exports.has(id) ? undefined : variants.find((each) => each.id === id);
}

const nothing: ReadonlyMap<string, string> = new Map();

/**
 * What is said of the variant and of those that depend on it. Those that do not compile, and those that only the go
 * command can compile, are left out. Rejects with AbortError, and GoCommandError where a compiler prints without end.
 */
export async function compileTask(task: DirectTask, signal: AbortSignal): Promise<CompiledVariant[]> {
  const found: CompiledVariant[] = [];
  await compileInto(found, task, nothing, signal);
  return found;
}

/** @param replaced Absolute paths of export data in place of the plan's, by package path. */
async function compileInto(
  found: CompiledVariant[],
  task: DirectTask,
  replaced: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const { variant, build } = task;
  const answer = await planSource(build).of(variant, nothing, signal);
  if ("unsuitable" in answer) return;
  const others = { tool: answer.tool, overlays: nothing, root: variant.root, replaced };
  const recompiled = await unlessBroken(recompiledExports(answer.plan, others, signal));
  if (recompiled === undefined) return;
  try {
    await compilePlanned(found, task, { ...answer, replaced: recompiled.replaced }, signal);
  } finally {
    recompiled.dispose();
  }
}

async function compilePlanned(
  found: CompiledVariant[],
  { variant, goarch, dependents }: DirectTask,
  answer: Planned & Pick<CompileRequest, "replaced">,
  signal: AbortSignal,
): Promise<void> {
  const assembly = assemblyReader(goarch, variant.dir);
  const useObject = async (file: string): Promise<void> => {
    const exports = new Map([[variant.importPath, file]]);
    for (const dependent of dependents) await compileInto(found, dependent, exports, signal);
  };
  const isWhole = assembly !== undefined || dependents.length > 0;
  const request: CompileRequest = {
    ...answer,
    overlays: nothing,
    root: variant.root,
    level: 2,
    finish: isWhole ? "exit" : "sentinel",
    ...(assembly !== undefined && { assembly }),
    useObject,
  };
  const facts = await unlessBroken(factsOf(request, signal));
  if (facts !== undefined) found.push({ variant, facts, assembly: assembly?.end() });
}

type Planned = Extract<PlanAnswer, { plan: unknown }>;

/** Undefined where the go command knows the words for what is wrong. */
async function factsOf(request: CompileRequest, signal: AbortSignal): Promise<readonly Fact[] | undefined> {
  const facts: (readonly Fact[])[] = [];
  for await (const some of runCompile(request, signal)) {
    if (some.some(({ kind }) => kind === "error")) return undefined;
    facts.push(some);
  }
  signal.throwIfAborted();
  return facts.flat();
}

/** Undefined where the compiler cannot be called directly after all. */
async function unlessBroken<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    // What printed without end would do so again.
    if (error instanceof GoCommandError && error.kind !== "output-limit") return undefined;
    throw error;
  }
}
