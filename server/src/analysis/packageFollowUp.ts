/** What is found out about a package once its sites are there: what they really allocate, and which fixes hold. */
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../compiler/engine.js";
import type { GoPackage } from "../go/packages.js";
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

  /** Waits for so many milliseconds before it begins. Does not reject. */
  async run(wait: number, signal: AbortSignal): Promise<void> {
    const { state, report } = this.#input;
    try {
      if (!state.isFollowed) await this.#follow(wait, signal);
      signal.throwIfAborted();
      state.isFollowed = true;
      report("idle");
    } catch (error) {
      if (signal.aborted) return;
      this.#options.log.warn(`What allocates was not found out: ${String(error)}`);
      report("idle");
    }
  }

  async #follow(wait: number, signal: AbortSignal): Promise<void> {
    const { located, snapshot, report } = this.#input;
    report("flows");
    if (wait > 0) await pause(wait, undefined, { signal });
    await this.#prove(signal);
    const analyzed = this.#analyzed();
    // What has not come by now is gone.
    this.#options.results.put({ ...analyzed, files: [...snapshot.files.keys()], isLater: true });
    this.#rememberLate(analyzed.sites);
    this.#options.onFound(analyzed, located.engine);
    this.#options.onProven(
      analyzed,
      this.#input.found.flatMap(({ files }) => files),
    );
    report("evidence");
    await this.#options.verifyFixes(analyzed, signal);
    signal.throwIfAborted();
    report("verdicts");
  }

  async #prove(signal: AbortSignal): Promise<void> {
    const { located, snapshot, found, state } = this.#input;
    const { engine, target } = located;
    const goarch = target.split("/")[1] ?? "";
    for (const { part, sites } of found) {
      if (state.proven.has(part.importPath)) continue;
      const proven = await this.#options.evidenceOf({ part, sites, snapshot, engine, goarch }, signal);
      signal.throwIfAborted();
      state.proven.set(part.importPath, proven);
    }
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
