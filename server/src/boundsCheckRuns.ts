/** Wiring of assertions about bounds checks: the compiler is asked for these once more, and only where somebody asserts. */
import { cpus } from "node:os";
import type { AnalyzedPackage } from "./analysis/analyzer.js";
import type { AnalyzedFile } from "./analysis/functionTable.js";
import type { BoundsCheck } from "./assertions/assertion.js";
import { assertsBounds, findBoundsChecks } from "./assertions/boundsChecks.js";
import { isAbortError } from "./go/commandError.js";
import { parallelism } from "./go/buildPlan.js";
import type { GoSetup } from "./go/goSetup.js";

interface BoundsCheckOptions {
  /** How go is set up for a folder (absolute path); undefined where it is not, or nothing may be run. */
  setupOf(folder: string): Promise<GoSetup | undefined>;
  /** Told of the bounds checks that are left in a package. */
  onFound(analyzed: AnalyzedPackage, files: readonly AnalyzedFile[], checks: readonly BoundsCheck[]): void;
  warn(message: string): void;
}

export class BoundsCheckRuns {
  readonly #options: BoundsCheckOptions;
  /** By the package's import path. */
  readonly #runs = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();

  constructor(options: BoundsCheckOptions) {
    this.#options = options;
  }

  /**
   * Asks about a package that was analyzed, in place of what is asked about an older state of it. Texts that are not saved
   * are left for later: the go command compiles what is on disk, and what it says of that is kept in its cache.
   */
  take(analyzed: AnalyzedPackage, files: readonly AnalyzedFile[]): void {
    const { texts, overlays } = analyzed.snapshot;
    const { importPath } = analyzed.snapshot.package;
    this.#runs.get(importPath)?.controller.abort();
    this.#runs.delete(importPath);
    if (overlays.size > 0 || ![...texts.values()].some(({ text }) => assertsBounds(text))) return;
    const controller = new AbortController();
    const done = this.#run(analyzed, files, controller.signal).catch((error: unknown) => {
      if (!isAbortError(error)) this.#options.warn(`Bounds checks were not found out: ${String(error)}`);
    });
    this.#runs.set(importPath, { controller, done });
  }

  /** Ends all runs; resolves when their processes are gone. */
  async stop(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const { controller } of runs) controller.abort();
    await Promise.all(runs.map(({ done }) => done));
  }

  async #run(analyzed: AnalyzedPackage, files: readonly AnalyzedFile[], signal: AbortSignal): Promise<void> {
    const { root, variants } = analyzed.snapshot.package;
    const setup = await this.#options.setupOf(root);
    if (setup === undefined) return;
    const batch = { ...setup, parallelism: parallelism("editor", cpus().length) };
    const checks = await findBoundsChecks(batch, variants, signal);
    signal.throwIfAborted();
    this.#options.onFound(analyzed, files, checks);
  }
}
