/** What is found out about a package once its sites are there: what they really allocate, and which fixes hold. */
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../compiler/engine.js";
import type { GoPackage } from "../go/packages.js";
import { goarchOf } from "../go/targets.js";
import type { StatusPhase } from "../protocol.js";
import type { AnalyzedPackage, AnalyzerOptions } from "./analyzer.js";
import type { AnalyzedFile } from "./functionTable.js";
import type { LocatedPackage } from "./packageLocator.js";
import type { PackageState } from "./packageState.js";
import type { Site } from "./site.js";
import type { Snapshot } from "./snapshot.js";

/** A part of a package (packageState.ts) with the sites that messages and syntax tell of. */
export interface FoundPart {
  readonly part: GoPackage;
  readonly sites: readonly Site[];
  /** What else was said about its files. */
  readonly files: readonly AnalyzedFile[];
}

/** What evidence is to be had for. */
export interface EvidenceRequest extends Pick<FoundPart, "part" | "sites"> {
  readonly snapshot: Snapshot;
  readonly engine: Engine;
  /** `amd64` */
  readonly goarch: string;
}

export interface FollowUpInput {
  readonly located: LocatedPackage;
  readonly snapshot: Snapshot;
  readonly found: readonly FoundPart[];
  /** Ids of the sites that came first. */
  readonly early: ReadonlySet<string>;
  readonly state: PackageState;
  readonly report: (phase: StatusPhase) => void;
}

export class PackageFollowUp {
  readonly #options: AnalyzerOptions;
  readonly #input: FollowUpInput;

  constructor(options: AnalyzerOptions, input: FollowUpInput) {
    this.#options = options;
    this.#input = input;
  }

  /** Hands on what is known by now, so that fixes can be asked for. */
  announce(): void {
    if (!this.#input.state.isFollowed) this.#options.onFound(this.#analyzed(), this.#input.located.engine);
  }

  /**
   * Finds out what allocates, after so many milliseconds, and shows it. True when that is over, whatever came of it; false
   * when the signal fired. Does not reject.
   */
  async prove(wait: number, signal: AbortSignal): Promise<boolean> {
    const { state, report } = this.#input;
    if (state.isFollowed) return !signal.aborted;
    report("flows");
    try {
      if (wait > 0) await pause(wait, undefined, { signal });
      for (const part of this.#input.found) await this.#provePart(part, signal);
    } catch {
      return false;
    }
    this.#show();
    report("evidence");
    return true;
  }

  /** Checks the fixes of what is shown. Does not reject. */
  async verify(signal: AbortSignal): Promise<void> {
    const { state, report } = this.#input;
    try {
      if (!state.isFollowed) {
        await this.#options.verifyFixes(this.#analyzed(), signal);
        signal.throwIfAborted();
        report("verdicts");
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#options.log.warn(`Fixes were not checked: ${String(error)}`);
    }
    if (signal.aborted) return;
    state.isFollowed = true;
    report("idle");
  }

  /** Where nothing can be found out, the sites stay as they are. Rejects when the signal fired. */
  async #provePart({ part, sites }: FoundPart, signal: AbortSignal): Promise<void> {
    const { located, snapshot, state } = this.#input;
    if (state.proven.has(part.importPath)) return;
    const { engine, target } = located;
    const goarch = goarchOf(target);
    const request = { part, sites, snapshot, engine, goarch };
    const proven = await this.#options.evidenceOf(request, signal).catch((error: unknown) => {
      if (!signal.aborted) this.#options.log.warn(`What allocates was not found out: ${String(error)}`);
      return sites;
    });
    signal.throwIfAborted();
    state.proven.set(part.importPath, proven);
    state.evidence.learn(proven);
  }

  #show(): void {
    const { located, snapshot, found } = this.#input;
    const analyzed = this.#analyzed();
    // What has not come by now is gone.
    this.#options.results.put({ ...analyzed, files: [...snapshot.files.keys()], isLater: true });
    this.#rememberLate(analyzed.sites);
    this.#options.onFound(analyzed, located.engine);
    this.#options.onProven(
      analyzed,
      found.flatMap(({ files }) => files),
    );
  }

  #analyzed(): AnalyzedPackage {
    const { located, snapshot, found, state } = this.#input;
    const compared = found.flatMap(({ sites }) => sites);
    const proven = found.flatMap((each) => state.proven.get(each.part.importPath) ?? each.sites);
    const sites = this.#options.annotated(proven, snapshot.texts);
    return { snapshot, sites, compared, goMinor: located.goMinor, memo: state.memo };
  }

  #rememberLate(sites: readonly Site[]): void {
    const { early, found, state } = this.#input;
    for (const { part } of found) {
      const own = sites.filter((site) => site.package === part.importPath);
      // A part that was known before brings nothing early.
      if (!own.some(({ id }) => early.has(id))) continue;
      state.late.set(part.importPath, new Set(own.map(({ id }) => id).filter((id) => !early.has(id))));
    }
  }
}
