/** Compiles one variant of a package with its recorded plan, and chooses how much the compiler is to explain. */
import { GoCommandError } from "../go/commandError.js";
import type { CompilePlan } from "../go/compilePlan.js";
import type { CompileTool } from "../go/compileTool.js";
import type { Overlays } from "../go/packages.js";
import { remember } from "../go/remember.js";
import { runCompile, type CompileEnd } from "./compileRun.js";
import type { Fact } from "./facts.js";

export interface DirectLimits {
  /** Flows come with the verdicts, in one compile, where they were at most as many characters the last time. */
  readonly atOnce: number;
  /** Otherwise verdicts come first, and of the flows as many characters, for as many milliseconds. */
  readonly characters: number;
  readonly milliseconds: number;
}

/** Below the first limit all but one of std's packages stay; net/http prints 4 million characters, go/types 90. */
export const defaultLimits: DirectLimits = {
  atOnce: 8_000_000,
  characters: 16_000_000,
  milliseconds: 3000,
};

export interface DirectRequest {
  readonly plan: CompilePlan;
  readonly tool: CompileTool;
  readonly overlays: Overlays;
  /** Absolute paths of export data in place of the plan's, by package path. */
  readonly replaced: ReadonlyMap<string, string>;
  /** Absolute folder from which paths in error messages start. */
  readonly root: string;
  /** Whether LeakTargetFacts are yielded; false where nothing is said. */
  readonly leakTargets?: boolean | undefined;
  /** A file (absolute path) that is explained whatever it takes, while nothing is said of the others. */
  readonly only?: string | undefined;
}

/** Counts are kept for as many variants: those that were compiled last. */
const capacity = 1024;

export class DirectCompiler {
  readonly #limits: DirectLimits;
  /** Characters that the flows of a variant took the last time; more than the limit where they were cut. */
  readonly #flowSizes = new Map<string, number>();

  constructor(limits: DirectLimits = defaultLimits) {
    this.#limits = limits;
  }

  /**
   * Yields the facts of the variant behind its PackageFact, and a ProgressFact when the verdicts are complete and when
   * nothing more comes. Verdicts can come twice where flows turn out to be too many. Groups and errors: as runCompile.
   */
  async *compile(request: DirectRequest, signal: AbortSignal): AsyncGenerator<readonly Fact[]> {
    const { variant } = request.plan;
    yield [{ kind: "package", variant }];
    if (request.only !== undefined) {
      yield* this.#explain(request, request.only, signal);
      return;
    }
    const { atOnce, characters, milliseconds } = this.#limits;
    /** Says the verdicts where there is too much to wait for. */
    const plain: Plain = {};
    const meanwhile = async function* (): AsyncGenerator<readonly Fact[], void> {
      const end = yield* runCompile({ ...request, level: 1, finish: "sentinel" }, signal);
      plain.ending = end.ending;
    };
    const isLarge = (this.#flowSizes.get(variant) ?? 0) > atOnce;
    if (isLarge) yield* meanwhile();
    if (plain.ending === "failed") return;
    const more = { characters: characters - atOnce, milliseconds };
    const limits = isLarge
      ? { limit: { characters, milliseconds } }
      : { limit: { characters: atOnce, milliseconds }, atLimit: { meanwhile, more } };
    const run = runCompile({ ...request, level: 2, finish: "sentinel", ...limits }, signal);
    const end = yield* withFlows(run, plain);
    if (end !== undefined) this.#remember(variant, end);
    if ((plain.ending ?? end?.ending) === "failed") return;
    const isWhole = end?.ending === "sentinel" || end?.ending === "exit";
    yield [{ kind: "progress", variant, done: "flows", cut: !isWhole }];
  }

  /** All of one file, and errors. */
  async *#explain(
    request: DirectRequest,
    only: string,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Fact[]> {
    const leaksOf = (file: string) => file === only;
    const explaining = { ...request, level: 2, finish: "sentinel", leaksOf } as const;
    for await (const facts of runCompile(explaining, signal)) {
      yield facts.filter(
        (fact) => !("position" in fact) || fact.kind === "error" || fact.position.file === only,
      );
    }
    yield [{ kind: "progress", variant: request.plan.variant, done: "flows", cut: false }];
  }

  #remember(variant: string, { ending, characters }: CompileEnd): void {
    if (ending === "failed") return;
    const size = ending === "cut" ? Math.max(characters, this.#limits.atOnce + 1) : characters;
    remember(this.#flowSizes, variant, size, capacity);
  }
}

/** How a compile without flows has ended; empty before, and where there is none. */
interface Plain {
  ending?: CompileEnd["ending"];
}

/**
 * The facts of a compile with flows, but flows alone behind the plain one. Returns how it ended; undefined where the plain one
 * failed meanwhile, and where it broke behind it.
 */
async function* withFlows(
  run: ReturnType<typeof runCompile>,
  plain: Plain,
): AsyncGenerator<readonly Fact[], CompileEnd | undefined> {
  try {
    for (let next = await run.next(); plain.ending !== "failed"; next = await run.next()) {
      if (next.done === true) return next.value;
      yield plain.ending === undefined ? next.value : next.value.filter(isOfFlow);
    }
    return undefined;
  } catch (error) {
    // The verdicts stand, whatever happens to their explanations.
    if (error instanceof GoCommandError && plain.ending !== undefined) return undefined;
    throw error;
  } finally {
    await run.return({ ending: "cut", characters: 0 });
  }
}

function isOfFlow({ kind }: Fact): boolean {
  return kind === "explanation" || kind === "capture" || kind === "leak-target";
}
