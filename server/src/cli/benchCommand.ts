/** `escapelens bench`: benchmarks with a fix, or of the working tree, against what was before. */
import * as l10n from "@vscode/l10n";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Engines } from "../analysis/engines.js";
import { readText } from "../analysis/readText.js";
import { benchmarkPage, sameWords } from "../benchmark/benchmarkPage.js";
import { compare } from "../benchmark/comparison.js";
import { hasBenchmarks } from "../benchmark/listBenchmarks.js";
import { BenchmarkError, runBenchmarks } from "../benchmark/runBenchmarks.js";
import { type BenchmarkSides, fixSides, revisionSides } from "../benchmark/sides.js";
import { RevisionError } from "../gate/git.js";
import { checkOutRevision } from "../gate/revision.js";
import { fixes } from "../fixes/proposals.js";
import type { GoPackage } from "../go/packages.js";
import { complain, guarded } from "./check.js";
import { exitCodes } from "./exitCodes.js";
import { fixPackage } from "./fixPackage.js";
import { type AnalysisFlags, planAnalysis, UsageError } from "./options.js";
import type { Session } from "./session.js";
import { openToolchain, type Toolchain } from "./toolchain.js";

export interface BenchFlags extends Pick<AnalysisFlags, "tags" | "go" | "config"> {
  /** Kind of a fix, or id of a site. */
  readonly fix?: string;
  readonly against?: string;
  readonly bench: string;
  readonly count: string;
  readonly benchtime: string;
  readonly output?: string;
  readonly unsafe?: boolean;
}

/** Runs the benchmarks and writes the page; returns the exit status. */
export async function bench(
  packages: readonly string[],
  flags: BenchFlags,
  { signal, prepare }: Session,
): Promise<number> {
  return await guarded(async () => {
    const count = Number(flags.count);
    if (!Number.isInteger(count) || count < 1)
      throw new UsageError(`--count ${flags.count}: expected a number`);
    if ((flags.fix === undefined) === (flags.against === undefined))
      throw new UsageError("bench: expected either --fix or --against");
    await prepare();
    const folder = process.cwd();
    const { requests } = await planAnalysis(folder, packages, flags);
    const [request] = requests;
    if (request === undefined || requests.length > 1)
      throw new UsageError("bench: expected one version of Go and one target");
    const toolchain = await openToolchain({ ...request, tests: true }, signal);
    const sidesOf =
      flags.fix === undefined
        ? await againstRevision(folder, flags.against ?? "", signal)
        : await withFix(flags.fix, flags.unsafe === true, request.rules, toolchain, signal);
    const pages: string[] = [];
    let hasSame = false;
    try {
      for (const goPackage of toolchain.packages) {
        if (!(await declaresBenchmarks(goPackage))) continue;
        const sides = sidesOf(goPackage);
        if (sides === undefined) continue;
        const { importPath } = goPackage;
        const options = {
          setup: toolchain.setup,
          importPath,
          pattern: flags.bench,
          count,
          time: flags.benchtime,
        };
        const measured = await runBenchmarks({ ...options, ...sides }, showStep, signal);
        hasSame ||= measured === "same";
        if (measured === "same" || measured.length === 0) continue;
        const comparison = await compare(measured, process.env["PATH"] ?? "", signal);
        const [before, after] = [sides.before.name, sides.after.name];
        pages.push(benchmarkPage(comparison, { importPath, before, after, count }));
      }
    } catch (error) {
      if (!(error instanceof BenchmarkError)) throw error;
      complain(error.message);
      return exitCodes.failed;
    }
    if (pages.length === 0) {
      complain(
        hasSame
          ? sameWords()
          : l10n.t("There is nothing to compare: no benchmark was found, or no fix applies."),
      );
      return exitCodes.usage;
    }
    if (flags.output === undefined) process.stdout.write(pages.join("\n"));
    else await writeFile(path.resolve(folder, flags.output), pages.join("\n"));
    return exitCodes.nothing;
  });
}

/** Without any there is nothing to build. */
async function declaresBenchmarks({ variants }: GoPackage): Promise<boolean> {
  const files = new Set(variants.filter(({ forTest }) => forTest !== null).flatMap((each) => each.files));
  const texts = await Promise.all([...files].map((file) => readText(file).catch(() => "")));
  return hasBenchmarks({
    texts: new Map([...files].map((file, index) => [file, { text: texts[index] ?? "" }])),
  });
}

function showStep(share: number, name: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${Math.floor(100 * share)} % ${name}`);
}

type SidesOf = (goPackage: GoPackage) => BenchmarkSides | undefined;

/** The revision's packages are built in a temporary folder. */
async function againstRevision(folder: string, revision: string, signal: AbortSignal): Promise<SidesOf> {
  const out = await checkOutRevision(folder, revision, signal).catch((error: unknown) => {
    throw error instanceof RevisionError ? new UsageError(error.message) : error;
  });
  const { folder: counterpart } = out;
  return (goPackage) =>
    counterpart === undefined
      ? undefined
      : revisionSides(goPackage, revision, { folder, counterpart }, new Map());
}

/** All that is fixed is only in an overlay: a benchmark may be in another package than what it runs. */
async function withFix(
  id: string,
  unsafe: boolean,
  rules: Parameters<typeof fixPackage>[3]["rules"],
  toolchain: Toolchain,
  signal: AbortSignal,
): Promise<SidesOf> {
  const isKind = fixes.some((fix) => fix.id === id);
  if (!isKind && !/^[0-9a-f]{8,}$/.test(id))
    throw new UsageError(
      `--fix ${id}: expected a site's id, or one of ${fixes.map((fix) => fix.id).join(", ")}`,
    );
  const log = () => undefined;
  const engine = new Engines({ parallelism: toolchain.batch.parallelism, log }).of(toolchain.setup);
  const choice = {
    rules,
    everywhere: true,
    ...(isKind ? {} : { site: id }),
    accepts: (proposal: { fix: string; proof: string; choice: unknown; behaviour: string | null }) =>
      proposal.proof !== "none" &&
      proposal.choice === null &&
      (proposal.behaviour === null || unsafe) &&
      (!isKind || proposal.fix === id),
  };
  const after = new Map<string, string>();
  let count = 0;
  for (const goPackage of toolchain.packages) {
    const { applied, texts, error } = await fixPackage(goPackage, engine, toolchain, choice, signal);
    if (error !== null) complain(`${goPackage.importPath}: ${error.trimEnd()}`);
    count += applied.length;
    for (const [file, text] of texts) after.set(file, text);
    if (!isKind && count > 0) break;
  }
  return (goPackage) => (count === 0 ? undefined : fixSides(goPackage, { before: new Map(), after }, count));
}
