/** Remembers what the compiler said about fixes, so that a menu opens at once and nothing is compiled twice. */
import { createHash } from "node:crypto";
import { perObject } from "../syntax/perObject.js";
import { operandTypes, type OperandTypes, type TypeQuestion } from "./operandTypes.js";
import { LatestQueue } from "./queue.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";
import { unlessAborted } from "./unlessAborted.js";
import { type Claim, type Recompile, verify, type Verdict } from "./verify.js";

interface Entry {
  /** What the verdict is about besides the claim: the texts of the package. */
  readonly state: string;
  readonly controller: AbortController;
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
  /** By the folder (absolute) of a package, what ends the runs about its present texts. */
  readonly #interruptions = new Map<string, AbortController>();
  /** By package, then by claim. */
  readonly #packages = new Map<string, Map<string, Entry>>();
  readonly #types = new WeakMap<Snapshot, Map<string, Promise<OperandTypes | undefined>>>();

  constructor(options: VerdictsOptions) {
    this.#options = options;
    this.#queue = new LatestQueue(options.limit);
  }

  /** The verdict, if the compiler has already spoken; undefined else. */
  known(claim: Claim, snapshot: Snapshot): Verdict | undefined {
    const entry = this.#packages.get(packageKey(snapshot))?.get(claimKey(claim));
    return entry?.state === stateKey(snapshot) ? entry.known : undefined;
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
    const claims = this.#claimsOf(snapshot);
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
    const interruption = this.#interruptionOf(snapshot);
    const answer = await this.#queue.run(name, async (queued) => {
      const signal = AbortSignal.any([queued, interruption]);
      return { types: await operandTypes(question, snapshot, this.#options.recompile, signal) };
    });
    return orOvertaken(answer).types;
  }

  /** Drops what is known of packages whose texts have changed, and ends their compilers. */
  overtake(snapshot: Snapshot): void {
    this.#claimsOf(snapshot);
  }

  /** A text of the package in a folder (absolute path) has changed: ends its runs. What is known stays known. */
  interrupt(folder: string): void {
    this.#interruptions.get(folder)?.abort();
    this.#interruptions.delete(folder);
  }

  #interruptionOf({ package: { dir } }: Snapshot): AbortSignal {
    const controller = this.#interruptions.get(dir) ?? new AbortController();
    this.#interruptions.set(dir, controller);
    return controller.signal;
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    for (const claims of this.#packages.values()) abortAll(claims);
    this.#packages.clear();
    await this.#queue.cancel();
  }

  /** The claims about these very texts; those about older ones are ended. */
  #claimsOf(snapshot: Snapshot): Map<string, Entry> {
    const name = packageKey(snapshot);
    const state = stateKey(snapshot);
    const known = this.#packages.get(name);
    const [any] = known?.values() ?? [];
    if (known !== undefined && (any === undefined || any.state === state)) return known;
    if (known !== undefined) abortAll(known);
    const claims = new Map<string, Entry>();
    this.#packages.set(name, claims);
    return claims;
  }

  #start(claim: Claim, snapshot: Snapshot, before: readonly Site[], forget: () => void): Entry {
    const controller = new AbortController();
    const state = stateKey(snapshot);
    const key = [packageKey(snapshot), state, claimKey(claim)].join("\0");
    const interruption = this.#interruptionOf(snapshot);
    const verdict = this.#queue.run(key, async (queued) => {
      const signal = AbortSignal.any([queued, controller.signal, interruption]);
      signal.throwIfAborted();
      return verify(claim, snapshot, before, this.#options.recompile, signal);
    });
    const entry: Entry = { state, controller, known: undefined, verdict: verdict.then(orOvertaken) };
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

function abortAll(claims: ReadonlyMap<string, Entry>): void {
  for (const entry of claims.values()) {
    entry.controller.abort();
    // Whoever waits hears of it; nobody may be waiting.
    entry.verdict.catch(() => undefined);
  }
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
