/**
 * What the compiler knows of a function when it looks at a call of it: its body, where it can be inlined, or else where its
 * parameters go (cmd/compile/internal/escape, paramTag and rewriteArgument). Whoever stands in for the function has to look
 * the same from outside.
 */
import type { Fact } from "./facts.js";

/** Where a parameter goes; one that is moved to the heap goes there. */
export interface ParameterTarget {
  readonly name: string;
  /** A result's name, or anything else for the heap. */
  readonly to: string;
  readonly derefs: number;
}

export interface CalleeSummary {
  readonly canInline: boolean;
  readonly targets: readonly ParameterTarget[];
}

interface MutableSummary {
  /** Undefined until it is said. */
  canInline: boolean | undefined;
  readonly targets: Map<string, ParameterTarget>;
}

/** The summaries of one variant's functions, from all that is said of it at -m=2. */
export class CalleeSummaries {
  readonly #functions = new Map<string, MutableSummary>();
  readonly #groups = new Map<string, Set<string>>();
  /** Functions of which explanations came since the last verdict. */
  #group = new Set<string>();
  #isJudging = false;
  #isNamed = true;

  add(fact: Fact): void {
    this.#addToGroup(fact);
    if (fact.kind === "inline") this.#of(fact.function).canInline = fact.obstacle === undefined;
    else if (fact.kind === "leak-target") this.#addTarget(fact.function, fact);
  }

  /**
   * The summary of a function or method by the compiler's name for it; undefined where nothing was said of its inlining,
   * and where this version of Go does not say which function a parameter is of (before 1.25).
   */
  of(name: string): CalleeSummary | undefined {
    const known = this.#isNamed ? this.#functions.get(name) : undefined;
    if (known?.canInline === undefined) return undefined;
    return { ...known, canInline: known.canInline, targets: [...known.targets.values()] };
  }

  /**
   * The functions that were analyzed together with this one, itself included: they call each other, and the compiler follows
   * values from body to body, rather than by summaries. Of such a group all explanations come before the first verdict
   * (cmd/compile/internal/escape/escape.go, analyze), which tells where it ends; empty where nothing was explained.
   */
  groupOf(name: string): ReadonlySet<string> {
    return this.#groups.get(name) ?? new Set();
  }

  #addToGroup(fact: Fact): void {
    if (fact.kind === "heap" || fact.kind === "stack" || fact.kind === "leak") this.#isJudging = true;
    if ((fact.kind !== "explanation" && fact.kind !== "leak-target") || fact.function === undefined) return;
    if (this.#isJudging) this.#group = new Set();
    this.#isJudging = false;
    const name = outermost(fact.function);
    const known = this.#groups.get(name);
    if (known === this.#group) return;
    // Instances of generic functions have several.
    for (const other of known ?? [name]) {
      this.#group.add(other);
      this.#groups.set(other, this.#group);
    }
  }

  #addTarget(ofFunction: string | undefined, { name, to, derefs }: ParameterTarget): void {
    if (ofFunction === undefined) {
      this.#isNamed = false;
      return;
    }
    const { targets } = this.#of(ofFunction);
    const key = `${name} ${to}`;
    const known = targets.get(key);
    // Said again whenever the compiler finds a shorter way.
    if (known === undefined || derefs < known.derefs) targets.set(key, { name, to, derefs });
  }

  #of(name: string): MutableSummary {
    let known = this.#functions.get(name);
    if (known === undefined) {
      known = { canInline: undefined, targets: new Map() };
      this.#functions.set(name, known);
    }
    return known;
  }
}

/** The function that a func literal or a wrapper of a go or defer statement stands in: `F` of `F.func1.2`, `F-range1`. */
function outermost(name: string): string {
  return name.replace(/(?:\.(?:func|gowrap|deferwrap)\d|-range\d).*$/s, "");
}
