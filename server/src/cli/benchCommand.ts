/** `escapelens bench`: benchmarks with a fix, or of the working tree, against what was before. */
import * as l10n from "@vscode/l10n";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Engines } from "../analysis/engines.js";
import { benchmarkPage } from "../benchmark/benchmarkPage.js";
import { compare } from "../benchmark/comparison.js";
import { BenchmarkError, type BenchmarkSide, runBenchmarks } from "../benchmark/runBenchmarks.js";
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

/** Both sides of a package. */
interface Sides {
  readonly before: BenchmarkSide;
  readonly after: BenchmarkSide;
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
        : withFix(flags.fix, flags.unsafe === true, request.rules, toolchain, signal);
    const pages: string[] = [];
    try {
      for (const goPackage of toolchain.packages.filter(hasTests)) {
        const sides = await sidesOf(goPackage);
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
        if (measured.length === 0) continue;
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
      complain(l10n.t("There is nothing to compare: no benchmark was found, or no fix applies."));
      return exitCodes.usage;
    }
    if (flags.output === undefined) process.stdout.write(pages.join("\n"));
    else await writeFile(path.resolve(folder, flags.output), pages.join("\n"));
    return exitCodes.nothing;
  });
}

function hasTests({ variants }: GoPackage): boolean {
  return variants.some(({ forTest }) => forTest !== null);
}

function showStep(share: number, name: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${Math.floor(100 * share)} % ${name}`);
}

type SidesOf = (goPackage: GoPackage) => Promise<Sides | undefined>;

/** The revision's packages are built in a temporary folder. */
async function againstRevision(folder: string, revision: string, signal: AbortSignal): Promise<SidesOf> {
  const out = await checkOutRevision(folder, revision, signal).catch((error: unknown) => {
    throw error instanceof RevisionError ? new UsageError(error.message) : error;
  });
  return ({ dir, root }) => {
    const moved = (each: string) => path.join(out.folder ?? "", path.relative(folder, each));
    const overlays = new Map<string, string>();
    if (out.folder === undefined) return Promise.resolve(undefined);
    return Promise.resolve({
      before: { name: revision, dir: moved(dir), root: moved(root), overlays },
      after: { name: l10n.t("now"), dir, root, overlays },
    });
  };
}

/** The fix is only in an overlay. */
function withFix(
  id: string,
  unsafe: boolean,
  rules: Parameters<typeof fixPackage>[3]["rules"],
  toolchain: Toolchain,
  signal: AbortSignal,
): SidesOf {
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
  return async (goPackage) => {
    const { applied, texts, error } = await fixPackage(goPackage, engine, toolchain, choice, signal);
    if (error !== null) complain(`${goPackage.importPath}: ${error.trimEnd()}`);
    if (applied.length === 0) return undefined;
    const { dir, root } = goPackage;
    const after = applied.length === 1 ? l10n.t("with the fix") : l10n.t("with {0} fixes", applied.length);
    return {
      before: { name: l10n.t("as it is"), dir, root, overlays: new Map() },
      after: { name: after, dir, root, overlays: texts },
    };
  };
}
