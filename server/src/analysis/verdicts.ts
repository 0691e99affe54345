/** Remembers what the compiler said about fixes, so that a menu opens at once and nothing is compiled twice. */
import { createHash } from "node:crypto";
import { perObject } from "../syntax/perObject.js";
import { operandTypes, type OperandTypes, type TypeQuestion } from "./operandTypes.js";
import { LatestQueue } from "./queue.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";
import { unlessAborted } from "./unlessAborted.js";
import { type Claim, type Recompile, verify, type Verdict } from "./verify.js";

/** What is asked about one state of a package's texts. */
interface State {
  readonly key: string;
  /** Absolute folder of the package. */
  readonly folder: string;
  /** By claim. */
  readonly claims: Map<string, Entry>;
  /** Ends the runs. */
  controller: AbortController;
}

interface Entry {
  readonly verdict: Promise<Verdict>;
  /** Set when it is there. */
  known: Verdict | undefined;
}

export interface VerdictsOptions {
  readonly recompile: Recompile;
  /** How many fixes are compiled at once. */
  readonly limit: number;
}

/**
 * Verdicts by package, texts and edit. They are kept while the package's texts stay as they are; the first question about
 * newer texts drops the older ones and ends their compilers.
 */
export class Verdicts {
  readonly #options: VerdictsOptions;
  readonly #queue: LatestQueue<string>;
  /** By package. */
  readonly #states = new Map<string, State>();
  readonly #types = new WeakMap<Snapshot, Map<string, Promise<OperandTypes | undefined>>>();

  constructor(options: VerdictsOptions) {
    this.#options = options;
    this.#queue = new LatestQueue(options.limit);
  }

  /** The verdict, if the compiler has already spoken; undefined else. */
  known(claim: Claim, snapshot: Snapshot): Verdict | undefined {
    const state = this.#states.get(packageKey(snapshot));
    return state?.key === stateKey(snapshot) ? state.claims.get(claimKey(claim))?.known : undefined;
  }

  /**
   * The verdict, from memory or from the compiler; questions about the same edit share one run. `before` are the package's
   * sites for the snapshot. Rejects with the signal's reason when it fires, while the run goes on for the next question;
   * and when a newer snapshot overtakes it, or the compiler cannot be run.
   */
  async verify(
    claim: Claim,
    snapshot: Snapshot,
    before: readonly Site[],
    signal: AbortSignal,
  ): Promise<Verdict> {
    signal.throwIfAborted();
    const { claims } = this.#stateOf(snapshot);
    const key = claimKey(claim);
    let entry = claims.get(key);
    if (entry === undefined) {
      entry = this.#start(claim, snapshot, before, () => claims.delete(key));
      claims.set(key, entry);
    }
    return unlessAborted(entry.verdict, signal);
  }

  /**
   * The types of a question's operands (operandTypes.ts), asked once for a snapshot, in turn with the fixes that are
   * compiled. Rejects when the compiler cannot be run, or is ended by `stop`.
   */
  typesOf(question: TypeQuestion, snapshot: Snapshot): Promise<OperandTypes | undefined> {
    const known = this.#types.get(snapshot) ?? new Map<string, Promise<OperandTypes | undefined>>();
    this.#types.set(snapshot, known);
    const key = JSON.stringify(question);
    let answer = known.get(key);
    if (answer === undefined) {
      answer = this.#askTypes(question, snapshot, key);
      known.set(key, answer);
      // What failed is not remembered: the next question tries again.
      answer.catch(() => known.delete(key));
    }
    return answer;
  }

  async #askTypes(
    question: TypeQuestion,
    snapshot: Snapshot,
    key: string,
  ): Promise<OperandTypes | undefined> {
    const name = [packageKey(snapshot), stateKey(snapshot), key].join("\0");
    const ended = this.#stateOf(snapshot).controller.signal;
    const answer = await this.#queue.run(name, async (queued) => {
      const signal = AbortSignal.any([queued, ended]);
      return { types: await operandTypes(question, snapshot, this.#options.recompile, signal) };
    });
    return orOvertaken(answer).types;
  }

  /** Drops what is known of packages whose texts have changed, and ends their compilers. */
  overtake(snapshot: Snapshot): void {
    this.#stateOf(snapshot);
  }

  /** A text of the package in a folder (absolute path) has changed: ends its runs. What is known stays known. */
  interrupt(folder: string): void {
    for (const state of this.#states.values()) {
      if (state.folder !== folder) continue;
      state.controller.abort();
      state.controller = new AbortController();
    }
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    for (const { controller } of this.#states.values()) controller.abort();
    this.#states.clear();
    await this.#queue.cancel();
  }

  /** What is asked about these very texts; what was asked about older ones is ended. */
  #stateOf(snapshot: Snapshot): State {
    const [name, key] = [packageKey(snapshot), stateKey(snapshot)];
    const known = this.#states.get(name);
    if (known?.key === key) return known;
    known?.controller.abort();
    const folder = snapshot.package.dir;
    const state = { key, folder, claims: new Map<string, Entry>(), controller: new AbortController() };
    this.#states.set(name, state);
    return state;
  }

  #start(claim: Claim, snapshot: Snapshot, before: readonly Site[], forget: () => void): Entry {
    const { key: state, controller } = this.#stateOf(snapshot);
    const key = [packageKey(snapshot), state, claimKey(claim)].join("\0");
    const verdict = this.#queue.run(key, async (queued) => {
      const signal = AbortSignal.any([queued, controller.signal]);
      signal.throwIfAborted();
      return verify(claim, snapshot, before, this.#options.recompile, signal);
    });
    const entry: Entry = { known: undefined, verdict: verdict.then(orOvertaken) };
    entry.verdict.then(
      (value) => {
        entry.known = value;
      },
      // What failed is not remembered: the next question tries again.
      forget,
    );
    return entry;
  }
}

function orOvertaken<Result>(result: Result | undefined): Result {
  if (result === undefined) throw new DOMException("A newer text has overtaken this one.", "AbortError");
  return result;
}

function packageKey(snapshot: Snapshot): string {
  return [snapshot.package.root, snapshot.package.importPath].join("\0");
}

/** Computed once for each snapshot: it is asked for with each claim. */
const stateKey = perObject((snapshot: Snapshot): string => {
  const files = [...snapshot.files].map(([file, { hash }]) => `${file}\0${hash}`).sort();
  return createHash("sha256").update(files.join("\0")).digest("hex");
});

function claimKey({ edit, proof, site }: Claim): string {
  const words = JSON.stringify([proof, site.id, [...edit]]);
  return createHash("sha256").update(words).digest("hex");
}
