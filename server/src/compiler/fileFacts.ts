/**
 * Sorts facts by file and joins what belongs together. Explanations are joined to their verdicts by position and text:
 * the two are up to a million lines apart (escape analysis explains while it solves, and prints verdicts at the end).
 */
import { ExplanationSet, wordsOf } from "./explanationSet.js";
import type {
  CompilerPosition,
  ExplanationFact,
  Fact,
  HeapFact,
  InlinedCallFact,
  InlineFact,
  LeakFact,
  StackFact,
} from "./facts.js";
import { GrowingHash } from "./growingHash.js";

/** One verdict, however often it was printed: generic instances and test variants repeat it. */
export interface HeapMessage {
  readonly form: HeapFact["form"];
  readonly position: CompilerPosition;
  readonly text: string;
  /** Empty when the compiler gave none (`-m`, or a block that was cut). */
  readonly explanations: readonly ExplanationFact[];
  /** The callees that were inlined at this very position, outermost first. */
  readonly inlinedCalls: readonly string[];
  /** The callees that were inlined where the steps of its flows are. */
  readonly stepCalls: readonly string[];
}

/** What sites of a file are made from. */
export interface FileFacts {
  /** In the order of their places. */
  readonly heap: readonly HeapMessage[];
  /** Closures that the compiler made for a go or defer statement: explained, but without a verdict. */
  readonly wrappers: readonly ExplanationFact[];
  /** `make` of slices of variable size that stay on the stack while they are small (since Go 1.25). */
  readonly variableMakes: readonly StackFact[];
}

/** What is said of the functions that a file declares. */
export interface DeclaredFacts {
  /** Of the inliner, one each. */
  readonly inlining: readonly InlineFact[];
  /** What they do with their parameters. */
  readonly leaks: readonly LeakFact[];
}

interface Collected {
  readonly heap: Map<string, HeapFact>;
  /** By position. */
  readonly explanations: Map<string, ExplanationSet>;
  readonly inlinedCalls: Map<string, Set<string>>;
  readonly variableMakes: Map<string, StackFact>;
  readonly inlining: Map<string, InlineFact>;
  readonly leaks: Map<string, LeakFact>;
  /** Of what sites are made from, in the order in which it was said first; undefined where nobody compares it. */
  readonly hash: GrowingHash | undefined;
  /** What these come to, once somebody has asked; undefined again when more is added. */
  joined: FileFacts | undefined;
}

const noFacts: FileFacts = { heap: [], wrappers: [], variableMakes: [] };

export class FactCollector {
  readonly #files = new Map<string, Collected>();
  readonly #isCompared: boolean;

  /** `isCompared`: fingerprints are asked for, which takes longer. */
  constructor({ isCompared = false }: { readonly isCompared?: boolean } = {}) {
    this.#isCompared = isCompared;
  }

  add(fact: Fact): void {
    switch (fact.kind) {
      case "heap":
        this.#addHeap(fact);
        break;
      case "explanation":
        this.#addExplanation(fact);
        break;
      case "inlined-call":
        this.#addInlinedCall(fact);
        break;
      case "stack":
        if (isVariableMake(fact.text)) this.#addVariableMake(fact);
        break;
      case "inline":
        this.#addInlining(fact);
        break;
      case "leak":
        this.#file(fact.position.file).leaks.set(
          `${at(fact.position)} ${fact.content ? "content" : ""} ${fact.result?.name ?? ""}`,
          fact,
        );
        break;
      default:
    }
  }

  /** Absolute paths of the files that anything was said about. */
  files(): string[] {
    return [...this.#files.keys()];
  }

  /** The places in a file where calls were inlined. */
  inlinedCallsOf(file: string): CompilerPosition[] {
    const places = this.#files.get(file)?.inlinedCalls.keys() ?? [];
    return Array.from(places, (place) => {
      const [line = 0, column = 0] = place.split(":").map(Number);
      return { file, line, column: column === 0 ? undefined : column };
    });
  }

  declaredIn(path: string): DeclaredFacts {
    const { inlining, leaks } = this.#files.get(path) ?? {};
    return { inlining: [...(inlining?.values() ?? [])], leaks: [...(leaks?.values() ?? [])] };
  }

  of(path: string): FileFacts {
    const collected = this.#files.get(path);
    if (collected === undefined) return noFacts;
    collected.joined ??= joinedFacts(collected);
    return collected.joined;
  }

  /**
   * A hash that is the same where the same was said of a file that sites are made from, in the same order. Throws where the
   * collector was not told that it compares: files would look the same whatever was said of them.
   */
  fingerprintOf(path: string): string {
    if (!this.#isCompared) throw new Error("The collector has no fingerprints.");
    return this.#files.get(path)?.hash?.digest() ?? "";
  }

  #addHeap(fact: HeapFact): void {
    const { heap, hash } = this.#file(fact.position.file);
    const key = `${at(fact.position)} ${fact.form} ${fact.text}`;
    if (heap.has(key)) return;
    heap.set(key, fact);
    hash?.add(key);
  }

  #addVariableMake(fact: StackFact): void {
    const { variableMakes, hash } = this.#file(fact.position.file);
    const place = at(fact.position);
    if (variableMakes.get(place)?.text !== fact.text) hash?.add(`${place} ${fact.text}`);
    variableMakes.set(place, fact);
  }

  #addExplanation(fact: ExplanationFact): void {
    const { explanations, hash } = this.#file(fact.position.file);
    const place = at(fact.position);
    const here = explanations.get(place);
    const before = here?.add(fact);
    if (here === undefined) explanations.set(place, new ExplanationSet(fact));
    if (before === undefined || before.function !== fact.function || before.truncated !== fact.truncated)
      hash?.add(`${place} ${fact.function} ${fact.truncated} ${wordsOf(fact)}`);
  }

  #addInlinedCall(fact: InlinedCallFact): void {
    const { inlinedCalls, hash } = this.#file(fact.position.file);
    const place = at(fact.position);
    const here = inlinedCalls.get(place);
    if (here?.has(fact.callee) === true) return;
    if (here === undefined) inlinedCalls.set(place, new Set([fact.callee]));
    else here.add(fact.callee);
    hash?.add(`${place} ${fact.callee}`);
  }

  /** Instances of generic functions stand at one place; the cost of one that was instantiated is not the function's. */
  #addInlining(fact: InlineFact): void {
    const { inlining } = this.#file(fact.position.file);
    const place = at(fact.position);
    const known = inlining.get(place);
    if (known === undefined || (fact.cost ?? 0) < (known.cost ?? 0)) inlining.set(place, fact);
  }

  #file(path: string): Collected {
    let collected = this.#files.get(path);
    if (collected === undefined) {
      collected = {
        heap: new Map(),
        explanations: new Map(),
        inlinedCalls: new Map(),
        variableMakes: new Map(),
        inlining: new Map(),
        leaks: new Map(),
        hash: this.#isCompared ? new GrowingHash() : undefined,
        joined: undefined,
      };
      this.#files.set(path, collected);
    }
    collected.joined = undefined;
    return collected;
  }
}

function joinedFacts(collected: Collected): FileFacts {
  const heap = [...collected.heap.values()].map((fact) => joined(fact, collected));
  heap.sort((a, b) => comparePositions(a.position, b.position));
  const decided = new Set(heap.map((message) => at(message.position)));
  const wrappers = [...collected.explanations].flatMap(([place, explanations]) =>
    decided.has(place) ? [] : explanations.facts.filter((fact) => fact.text === "func literal").slice(0, 1),
  );
  return {
    heap,
    wrappers,
    variableMakes: [...collected.variableMakes.values()],
  };
}

function joined(fact: HeapFact, collected: Collected): HeapMessage {
  const place = at(fact.position);
  const explanations = explanationsOf(fact, collected.explanations.get(place)?.facts ?? []);
  const steps = explanations.flatMap(({ flows }) => flows.flatMap((flow) => flow.steps));
  const { file } = fact.position;
  const places = new Set(steps.flatMap(({ position }) => (position?.file === file ? [at(position)] : [])));
  return {
    form: fact.form,
    position: fact.position,
    text: fact.text,
    explanations,
    inlinedCalls: [...(collected.inlinedCalls.get(place) ?? [])],
    stepCalls: [...places].flatMap((each) => [...(collected.inlinedCalls.get(each) ?? [])]),
  };
}

/**
 * The header repeats the verdict's text, but for two cases: `append` is printed whole in the header and bare in the
 * verdict (escape/escape.go since Go 1.25), and constants may be folded between the two, so that only the place agrees.
 */
function explanationsOf(fact: HeapFact, here: readonly ExplanationFact[]): ExplanationFact[] {
  const same = here.filter((explanation) => explanation.text === fact.text);
  if (same.length > 0) return same;
  if (fact.text === "append") return here.filter((explanation) => explanation.text.startsWith("append("));
  const texts = new Set(here.map((explanation) => explanation.text));
  return texts.size === 1 ? [...here] : [];
}

/**
 * Whether this is `make([]T, …, n)` with n not known to the compiler, which folds what it knows. Up to 32 bytes then lie
 * on the stack, and more on the heap (cmd/compile/internal/walk/builtin.go, walkMakeSlice).
 */
function isVariableMake(text: string): boolean {
  return /^make\(\[\].*, [^,]*\)$/s.test(text) && !/, \d+\)$/.test(text);
}

function at(position: CompilerPosition): string {
  return `${position.line}:${position.column ?? 0}`;
}

function comparePositions(a: CompilerPosition, b: CompilerPosition): number {
  return a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}
