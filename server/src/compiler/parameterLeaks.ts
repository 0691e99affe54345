/** Compiles a package for one question: why a parameter of its functions leaks. */
import type { CompilerPosition, Fact, LeakFact, LeakFlowFact } from "./facts.js";
import { runCompile } from "./compileRun.js";
import { defaultLimits, type DirectRequest } from "./directCompiler.js";
import { placeKey } from "./placeKey.js";

export interface ParameterLeaks {
  /** What the compiler decided of the parameter that was asked for; at least one. */
  readonly leaks: readonly LeakFact[];
  /** How a parameter reaches the heap, by `placeKey`: of that one and of those that the compiler looked at before. */
  readonly flows: ReadonlyMap<string, LeakFlowFact>;
}

/** As much text as comes with the verdicts of an edited package: what prints more is too large to be asked in passing. */
const limit = { characters: defaultLimits.atOnce, milliseconds: defaultLimits.milliseconds };

/**
 * Ends the compiler when it has said all of the parameter: functions come after those that they call
 * (cmd/compile/internal/ir/scc.go), and in a group of such that call each other all flows come before the first verdict
 * (cmd/compile/internal/escape/escape.go, analyze). Undefined where the parameter does not leak, where the package does not
 * compile, and where there is more text before it than is read. Rejects as runCompile does.
 */
export async function parameterLeaks(
  request: DirectRequest,
  parameter: CompilerPosition,
  signal: AbortSignal,
): Promise<ParameterLeaks | undefined> {
  const collector = new LeakCollector(placeKey(parameter));
  const leaksOf = () => true;
  const compile = { ...request, level: 2, finish: "sentinel", limit, leaksOf } as const;
  for await (const facts of runCompile(compile, signal))
    if (!facts.every((fact) => collector.add(fact))) break;
  return collector.result();
}

class LeakCollector {
  readonly #asked: string;
  readonly #leaks: LeakFact[] = [];
  readonly #flows = new Map<string, LeakFlowFact[]>();
  /** Names of the results that parameters leak to, by the parameter. */
  readonly #results = new Map<string, Set<string>>();

  constructor(asked: string) {
    this.#asked = asked;
  }

  /** False when the verdicts of the parameter that was asked for are behind it. */
  add(fact: Fact): boolean {
    if (fact.kind === "leak-flow") this.#flows.set(placeKey(fact.position), [...this.#flowsOf(fact), fact]);
    if (fact.kind === "leak") this.#addLeak(fact);
    else if (this.#leaks.length > 0) return false;
    return true;
  }

  result(): ParameterLeaks | undefined {
    const flows = new Map(
      [...this.#flows].flatMap(([place, all]) => {
        const worst = this.#worst(place, all);
        return worst === undefined ? [] : [[place, worst] as const];
      }),
    );
    const leaks = this.#leaks.length > 0 ? this.#leaks : leaksOfInstance(flows.get(this.#asked));
    return leaks.length === 0 ? undefined : { leaks, flows };
  }

  #addLeak(fact: LeakFact): void {
    const place = placeKey(fact.position);
    if (fact.result !== undefined) {
      const names = this.#results.get(place) ?? new Set();
      this.#results.set(place, names.add(fact.result.name));
    }
    if (place === this.#asked) this.#leaks.push(fact);
  }

  #flowsOf({ position }: LeakFlowFact): readonly LeakFlowFact[] {
    return this.#flows.get(placeKey(position)) ?? [];
  }

  /** The flow that lets go the most, and not to a result; one that ends in the heap itself says more than another's storage. */
  #worst(place: string, flows: readonly LeakFlowFact[]): LeakFlowFact | undefined {
    const results = this.#results.get(place);
    return flows
      .filter((fact) => results?.has(endOf(fact)) !== true)
      .toSorted((a, b) => rank(a) - rank(b))[0];
  }
}

/** Of generic functions only the flows are printed, none of the verdicts on parameters (escape.go, paramTag). */
function leaksOfInstance(fact: LeakFlowFact | undefined): LeakFact[] {
  if (fact === undefined) return [];
  const { name, position, derefs } = fact;
  return [{ kind: "leak", name, position, content: derefs > 0, result: undefined }];
}

function endOf({ flows }: LeakFlowFact): string {
  return flows.at(-1)?.to ?? "";
}

/** Dereferences are never as many. */
function rank(fact: LeakFlowFact): number {
  return (endOf(fact) === "{heap}" ? 0 : 1000) + fact.derefs;
}
