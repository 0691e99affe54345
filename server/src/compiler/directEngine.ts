/**
 * Calls the compiler without the go command, with a recorded plan, and is done when the last verdict is printed: several
 * times faster than a build, and without a trace in Go's cache. What cannot be compiled so is left to another engine.
 */
import { createHash } from "node:crypto";
import { GoCommandError } from "../go/commandError.js";
import { type CompilePlan, planKey } from "../go/compilePlan.js";
import type { Overlays, PackageVariant } from "../go/packages.js";
import type { PlanSource } from "../go/planStore.js";
import { assemblyText } from "./assemblyRun.js";
import { compileExports, type CompiledExports } from "./compileExports.js";
import { DirectCompiler, type DirectRequest } from "./directCompiler.js";
import { runCompile } from "./compileRun.js";
import type { Engine } from "./engine.js";
import type { CompilerPosition, Fact } from "./facts.js";
import { recompiledExports, type RecompiledExports } from "./recompiledExports.js";
import { type ParameterLeaks, parameterLeaks } from "./parameterLeaks.js";

export interface DirectEngineOptions {
  readonly plans: PlanSource;
  /** Compiles what cannot be compiled directly. */
  readonly fallback: Engine;
  /** Whether LeakTargetFacts are yielded; false where nothing is said. */
  readonly leakTargets?: boolean;
  log(message: string): void;
}

const nothing: ReadonlyMap<string, string> = new Map();

export class DirectEngine implements Engine {
  readonly #options: DirectEngineOptions;
  readonly #compiler = new DirectCompiler();
  /** Why a variant was left to the other engine, so that it is logged once and not at every keystroke. */
  readonly #reasons = new Map<string, string>();

  constructor(options: DirectEngineOptions) {
    this.#options = options;
  }

  /** One variant after the other, those of the fallback last. */
  async *compile(
    variants: readonly PackageVariant[],
    overlays: Overlays,
    signal: AbortSignal,
    bases: readonly PackageVariant[] = variants,
    only?: string,
  ): AsyncGenerator<Fact> {
    const left: PackageVariant[] = [];
    for (const variant of variants) {
      const groups = this.#compileDirectly(variant, bases, overlays, signal, only);
      const reason = yield* flattened(groups);
      if (reason === undefined) this.#reasons.delete(variant.id);
      else left.push(this.#refuse(variant, reason));
    }
    if (left.length > 0) yield* this.#options.fallback.compile(left, overlays, signal);
  }

  async keyOf(
    variants: readonly PackageVariant[],
    overlays: Overlays,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const hash = createHash("sha256");
    for (const variant of variants) {
      const answer = await this.#options.plans.of(variant, overlays, signal);
      // What is compiled anew depends on texts that are not the package's.
      if ("unsuitable" in answer || answer.plan.recompiled.length > 0) return undefined;
      hash.update(`${variant.id}\n${planKey(answer.plan)}\n`);
    }
    return hash.digest("hex");
  }

  /** Also undefined for external tests of a package with unsaved contents, whose export data is gone by then. */
  async assemblyOf(
    variant: PackageVariant,
    overlays: Overlays,
    signal: AbortSignal,
    bases: readonly PackageVariant[],
  ): Promise<AsyncIterable<string> | undefined> {
    const answer = await this.#options.plans.of(variant, overlays, signal);
    if ("unsuitable" in answer) return undefined;
    const base = bases.find(({ id }) => id === answer.plan.base);
    if (base !== undefined && !isCompiled(base, answer.plan, overlays)) return undefined;
    return assemblyText({ ...answer, overlays, replaced: nothing }, signal);
  }

  async leaksOf(
    variant: PackageVariant,
    overlays: Overlays,
    parameter: CompilerPosition,
    signal: AbortSignal,
  ): Promise<ParameterLeaks | undefined> {
    const answer = await this.#options.plans.of(variant, overlays, signal);
    if ("unsuitable" in answer) return undefined;
    const request = { ...answer, overlays, root: variant.root, replaced: nothing };
    try {
      return await parameterLeaks(request, parameter, signal);
    } catch (error) {
      if (error instanceof GoCommandError) return undefined;
      throw error;
    }
  }

  /** Also undefined for external tests, for cgo, and where pointers are checked, which lets all of them escape. */
  async excerptOf(
    variant: PackageVariant,
    overlays: Overlays,
    texts: Overlays,
    signal: AbortSignal,
  ): Promise<AsyncIterable<readonly Fact[]> | undefined> {
    const answer = await this.#options.plans.of(variant, overlays, signal);
    if ("unsuitable" in answer) return undefined;
    const { base, cgoFiles, flags } = answer.plan;
    if (
      base !== null ||
      cgoFiles.length > 0 ||
      flags.some((flag) => flag === "-asan" || flag.startsWith("-d="))
    )
      return undefined;
    const request = {
      ...answer,
      overlays: new Map([...overlays, ...texts]),
      root: variant.root,
      replaced: nothing,
    };
    return runCompile({ ...request, level: 2, finish: "sentinel" }, signal);
  }

  dependsOn(variant: PackageVariant, dir: string): boolean {
    return this.#options.plans.dependsOn(variant, dir);
  }

  /** Returns why the variant has to be compiled otherwise; undefined when all is said. */
  async *#compileDirectly(
    variant: PackageVariant,
    bases: readonly PackageVariant[],
    overlays: Overlays,
    signal: AbortSignal,
    only: string | undefined,
  ): AsyncGenerator<readonly Fact[], string | undefined> {
    const answer = await this.#options.plans.of(variant, overlays, signal);
    if ("unsuitable" in answer) return answer.unsuitable;
    const { leakTargets } = this.#options;
    const request = { ...answer, overlays, root: variant.root, replaced: nothing, leakTargets, only };
    const base = bases.find(({ id }) => id === answer.plan.base);
    try {
      if (base !== undefined && !isCompiled(base, answer.plan, overlays)) {
        return yield* this.#compileWithBase(request, base, signal);
      }
      yield* this.#compiler.compile(request, signal);
      return undefined;
    } catch (error) {
      // What printed without end would do so again.
      if (error instanceof GoCommandError && error.kind !== "output-limit")
        return `${error.message}: ${error.stderr}`;
      throw error;
    }
  }

  /** External tests see the package under test as it is in the editor, too. */
  async *#compileWithBase(
    request: DirectRequest,
    base: PackageVariant,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Fact[], string | undefined> {
    const { overlays, root, plan } = request;
    const answer = await this.#options.plans.of(base, overlays, signal);
    if ("unsuitable" in answer) return answer.unsuitable;
    let exports: CompiledExports | undefined;
    let recompiled: RecompiledExports | undefined;
    try {
      exports = await compileExports({ ...answer, overlays, root }, signal);
      if ("error" in exports) {
        yield [
          { kind: "package", variant: plan.variant },
          { ...exports.error, variant: plan.variant },
        ];
        return undefined;
      }
      const replaced = new Map([[base.importPath, exports.file]]);
      const others = { tool: answer.tool, overlays, root, replaced };
      recompiled = await recompiledExports(plan, others, signal);
      if (recompiled === undefined) return "what is compiled anew for the test does not compile";
      yield* this.#compiler.compile({ ...request, replaced: recompiled.replaced }, signal);
      return undefined;
    } finally {
      recompiled?.dispose();
      exports?.dispose();
    }
  }

  #refuse(variant: PackageVariant, reason: string): PackageVariant {
    if (this.#reasons.get(variant.id) !== reason) {
      this.#options.log(`${variant.id} is compiled by way of the go command: ${reason}`);
    }
    this.#reasons.set(variant.id, reason);
    return variant;
  }
}

/** The facts one by one. */
async function* flattened<End>(groups: AsyncGenerator<readonly Fact[], End>): AsyncGenerator<Fact, End> {
  try {
    for (let next = await groups.next(); ; next = await groups.next()) {
      if (next.done === true) return next.value;
      for (const fact of next.value) yield fact;
    }
  } finally {
    await groups.return(undefined as End);
  }
}

/** Whether the plan has export data of the variant that the compile is based on, for the contents that it has now. */
function isCompiled(base: PackageVariant, plan: CompilePlan, overlays: Overlays): boolean {
  return plan.exports.has(base.importPath) && !base.files.some((file) => overlays.has(file));
}
