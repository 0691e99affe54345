/** `escapelens fix`: applies the fixes that the compiler has checked, package by package. */
import * as l10n from "@vscode/l10n";
import { Engines } from "../analysis/engines.js";
import { fixes } from "../fixes/proposals.js";
import type { FixId, Proposal } from "../fixes/fix.js";
import { complain, guarded } from "./check.js";
import { exitCodes } from "./exitCodes.js";
import { type FixedPackage, fixPackage } from "./fixPackage.js";
import { type FixOutcome, formatDiff, formatFixes, formatFixJson, formatFixSummary } from "./fixReport.js";
import type { FixFormat } from "./formats.js";
import { type AnalysisFlags, planAnalysis, UsageError } from "./options.js";
import { relativeTo } from "./report.js";
import { openToolchain } from "./toolchain.js";
import { ChangedMeanwhile, writeFiles } from "./writeFiles.js";

export interface FixFlags extends Pick<AnalysisFlags, "tags" | "go" | "target" | "config"> {
  readonly format: FixFormat;
  readonly dryRun?: boolean;
  readonly diff?: boolean;
  /** Ids of the fixes that are wanted; the preferred ones when left out. */
  readonly fix?: readonly string[];
  /** Whether fixes count that can change behavior. */
  readonly unsafe?: boolean;
  readonly everywhere?: boolean;
}

/**
 * Fixes the packages in the current folder and prints what was done to stdout; returns the exit status. A package is
 * written when all of it, its tests included, still compiles, and else left as it is.
 */
export async function fix(
  packages: readonly string[],
  flags: FixFlags,
  signal: AbortSignal,
): Promise<number> {
  return await guarded(async () =>
    conclude(await fixPackages(process.cwd(), packages, flags, signal), flags),
  );
}

/**
 * Fixes the packages of a folder (absolute path). With `dryRun` or `diff` nothing is written. Rejects with what `mendable`
 * knows, and with AbortError.
 */
export async function fixPackages(
  folder: string,
  packages: readonly string[],
  flags: Omit<FixFlags, "format">,
  signal: AbortSignal,
): Promise<FixOutcome> {
  const wanted = wantedFixes(flags.fix);
  const { requests } = await planAnalysis(folder, packages, flags);
  const [request, ...others] = requests;
  if (request === undefined || others.length > 0)
    throw new UsageError(l10n.t("Fixes are made for one version of Go and one target."));
  // Tests are part of what must still compile.
  const toolchain = await openToolchain({ ...request, tests: true }, signal);
  const log = () => undefined;
  const engine = new Engines({ parallelism: toolchain.batch.parallelism, log }).of(toolchain.setup);
  const choice = {
    rules: request.rules,
    everywhere: flags.everywhere === true,
    accepts: acceptance(wanted, flags.unsafe === true),
  };
  const writes = flags.dryRun !== true && flags.diff !== true;
  const fixed: FixedPackage[] = [];
  try {
    for (const goPackage of toolchain.packages) {
      showProgress(fixed.length, toolchain.packages.length, goPackage.importPath);
      const outcome = await fixPackage(goPackage, engine, toolchain, choice, signal);
      fixed.push(writes ? await written(outcome) : outcome);
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write(wipe);
  }
  const { go, target } = toolchain;
  return { go, target, packages: fixed, written: writes, relative: relativeTo(folder) };
}

/** Back to the start of a terminal's line, which is then empty. */
const wipe = "\r\u001B[K";

/** One line on a terminal, which the next one takes the place of. */
function showProgress(done: number, all: number, importPath: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`${wipe}${l10n.t("Fixing: {0} of {1} packages ({2})", done + 1, all, importPath)}`);
}

function wantedFixes(names: readonly string[] | undefined): ReadonlySet<FixId> | undefined {
  if (names === undefined) return undefined;
  const ids = fixes.map(({ id }) => id);
  return new Set(
    names.map((name) => {
      const id = ids.find((each) => each === name);
      if (id === undefined) throw new UsageError(`--fix ${name}: expected one of ${ids.join(", ")}`);
      return id;
    }),
  );
}

/** Preferred ones, or those of a named kind where no number is the person's to choose. */
function acceptance(
  wanted: ReadonlySet<FixId> | undefined,
  unsafe: boolean,
): (proposal: Proposal) => boolean {
  return ({ fix: id, isPreferred, behaviour, choice }) => {
    if (choice !== null || (behaviour !== null && !unsafe)) return false;
    return wanted === undefined ? isPreferred || behaviour !== null : wanted.has(id);
  };
}

async function written(outcome: FixedPackage): Promise<FixedPackage> {
  const undone = { ...outcome, applied: [], texts: new Map<string, string>() };
  try {
    await writeFiles(outcome.texts, outcome.snapshot);
    return outcome;
  } catch (error) {
    if (error instanceof ChangedMeanwhile)
      return { ...undone, error: l10n.t("{0} has changed meanwhile.", error.message) };
    return { ...undone, error: error instanceof Error ? error.message : String(error) };
  }
}

function conclude(outcome: FixOutcome, flags: FixFlags): number {
  if (flags.format === "json") process.stdout.write(formatFixJson(outcome));
  else process.stdout.write(flags.diff === true ? formatDiff(outcome) : formatFixes(outcome));
  const failed = outcome.packages.filter(({ error }) => error !== null);
  for (const { package: entry, error } of failed) complain(`${entry.importPath}: ${error?.trimEnd() ?? ""}`);
  complain(formatFixSummary(outcome));
  if (failed.length > 0) return exitCodes.failed;
  const hasFixes = outcome.packages.some(({ applied }) => applied.length > 0);
  return hasFixes && !outcome.written ? exitCodes.findings : exitCodes.nothing;
}
