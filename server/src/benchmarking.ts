/** Wiring of benchmarks: of a fix, or of the working tree against a revision, listed, run and shown. */
import * as l10n from "@vscode/l10n";
import type { CancellationToken, Connection } from "vscode-languageserver/node";
import type { Capabilities } from "./capabilities.js";
import { benchmarkPage, comparisonSentence } from "./benchmark/benchmarkPage.js";
import { compare } from "./benchmark/comparison.js";
import { namesPattern } from "./benchmark/listBenchmarks.js";
import { BenchmarkError, runBenchmarks } from "./benchmark/runBenchmarks.js";
import type { BenchmarkSides } from "./benchmark/sides.js";
import { fileUri } from "./documents.js";
import {
  comparedBenchmarks,
  type ComparedSources,
  fixComparison,
  type Problem,
  revisionComparison,
  type TargetPackage,
  targetPackage,
} from "./features/benchmark/compared.js";
import { readBenchmarkTarget } from "./features/benchmark/readTarget.js";
import { signalOf } from "./features/cancellation.js";
import type { ChosenFix } from "./features/chosenFix.js";
import type { Report } from "./features/progress.js";
import { showMessage } from "./features/showMessage.js";
import { showPage } from "./features/showPage.js";
import { declinedWords } from "./features/status.js";
import { trustedWork } from "./features/trustedWork.js";
import { withTemporaryFolder } from "./go/temporary.js";
import {
  type BenchmarkResult,
  type Benchmarks,
  benchmarksMethod,
  type BenchmarkTarget,
  type FixTarget,
} from "./protocol.js";
import type { Settings } from "./settings.js";

export interface BenchmarkingOptions extends ComparedSources {
  readonly capabilities: Pick<Capabilities, "workDoneProgress" | "showsDocuments">;
  readonly live: { readonly isTrusted: boolean };
  settingsOf(uri: string): Promise<Settings>;
  /** The fix as it holds for the present text; undefined where it does not, which the person is told. */
  chosenFix(target: FixTarget, signal: AbortSignal): Promise<ChosenFix | undefined>;
}

/** Answers requests for the benchmarks of a target; returns what the command does. */
export function registerBenchmarks(connection: Connection, options: BenchmarkingOptions) {
  connection.onRequest(benchmarksMethod, (params: unknown, token: CancellationToken) =>
    benchmarksOf(params, options, signalOf(token)),
  );
  const work = trustedWork(connection, options.live, options.capabilities.workDoneProgress);
  const runner = new BenchmarkRunner(connection, options);
  return {
    async benchmark(argument: unknown, token: CancellationToken): Promise<BenchmarkResult | null> {
      const target = readBenchmarkTarget(argument);
      if (target === undefined) throw new Error("benchmark needs a file, and a fix or a revision.");
      const title = l10n.t("Running benchmarks");
      return (await work(title, token, (signal, report) => runner.run(target, report, signal))) ?? null;
    },
  };
}

async function benchmarksOf(
  params: unknown,
  options: BenchmarkingOptions,
  signal: AbortSignal,
): Promise<Benchmarks | null> {
  const target = readBenchmarkTarget(params);
  if (target === undefined) return null;
  if (!options.live.isTrusted) return { problem: declinedWords("untrusted") };
  const found = await targetPackage(target, options, signal);
  if ("problem" in found) return found;
  const benchmarks = await comparedBenchmarks(target, found, options, signal);
  if ("problem" in benchmarks) return benchmarks;
  return {
    importPath: found.snapshot.package.importPath,
    benchmarks: benchmarks.map(({ file, ...rest }) => ({ ...rest, uri: fileUri(file) })),
  };
}

interface Sided {
  readonly sides: BenchmarkSides;
  readonly heading: readonly string[];
}

class BenchmarkRunner {
  readonly #connection: Connection;
  readonly #options: BenchmarkingOptions;

  constructor(connection: Connection, options: BenchmarkingOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Runs the benchmarks and shows the page; null where nothing was measured, which the person is told. */
  async run(target: BenchmarkTarget, report: Report, signal: AbortSignal): Promise<BenchmarkResult | null> {
    const found = await targetPackage(target, this.#options, signal);
    if ("problem" in found) return this.#warn(found);
    const names = await this.#names(target, found, signal);
    if ("problem" in names) return this.#warn(names);
    const { compare } = target;
    if ("fix" in compare) {
      const chosen = await this.#options.chosenFix(compare.fix, signal);
      if (chosen === undefined) return null;
      return await this.#measure(target, found, names, fixComparison(chosen), report, signal);
    }
    return await withTemporaryFolder("revision", async (folder) => {
      const { revision } = compare;
      const sided = await revisionComparison(revision, found.snapshot, this.#options, folder, signal);
      if ("problem" in sided) return this.#warn(sided);
      return await this.#measure(target, found, names, sided, report, signal);
    });
  }

  async #names(
    target: BenchmarkTarget,
    found: TargetPackage,
    signal: AbortSignal,
  ): Promise<readonly string[] | Problem> {
    if (target.benchmarks !== null && target.benchmarks.length > 0) return target.benchmarks;
    const all = await comparedBenchmarks(target, found, this.#options, signal);
    if ("problem" in all) return all;
    if (all.length === 0) return { problem: l10n.t("No benchmark was found.") };
    const reaching = all.filter(({ reaches }) => reaches);
    return (reaching.length > 0 ? reaching : all).map(({ name }) => name);
  }

  async #measure(
    { uri }: BenchmarkTarget,
    { setup, snapshot }: TargetPackage,
    names: readonly string[],
    { sides, heading }: Sided,
    report: Report,
    signal: AbortSignal,
  ): Promise<BenchmarkResult | null> {
    const { importPath } = snapshot.package;
    const { count, time } = (await this.#options.settingsOf(uri)).benchmark;
    try {
      const request = { setup, importPath, ...sides, pattern: namesPattern(names), count, time };
      const measured = await runBenchmarks(request, report, signal);
      const comparison = await compare(measured, process.env["PATH"] ?? "", signal);
      const about = { importPath, before: sides.before.name, after: sides.after.name, count };
      const page = [...heading, benchmarkPage(comparison, about)].join("\n\n");
      const summary = comparisonSentence(comparison);
      const shown = { name: "benchmark", text: page, takeFocus: false, sentence: summary };
      await showPage(this.#connection, this.#options.capabilities, shown);
      return { page, summary };
    } catch (error) {
      if (!(error instanceof BenchmarkError)) throw error;
      return this.#warn({ problem: error.message });
    }
  }

  #warn({ problem }: Problem): null {
    showMessage(this.#connection, "warning", problem);
    return null;
  }
}
