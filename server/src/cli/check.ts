/** `escapelens check` and `escapelens merge`: analyze, or read what was analyzed, then judge it and print it. */
import * as l10n from "@vscode/l10n";
import { visible } from "../explain/visible.js";
import {
  ConfigurationError,
  loadConfiguration,
  type LoadedConfiguration,
} from "../gate/configurationFile.js";
import { exitCodes } from "./exitCodes.js";
import { fileProblem } from "./fileProblem.js";
import type { CheckFormat } from "./formats.js";
import { formatGithub } from "./github.js";
import { formatJson } from "./json.js";
import { judge, type Judgment } from "./judgment.js";
import { knownSites, updateBaseline } from "./known.js";
import { formatMarkdown } from "./markdown.js";
import { mergeReports } from "./mergeReports.js";
import {
  type AnalysisFlags,
  type AnalysisPlan,
  type GateFlags,
  type GatePlan,
  planAnalysis,
  planGate,
  UsageError,
} from "./options.js";
import { ReportFileError, readReport } from "./readReport.js";
import type { Report } from "./report.js";
import { reportOf } from "./reportOf.js";
import { repositoryPrefix } from "./repositoryPrefix.js";
import { formatSarif } from "./sarif.js";
import type { Session } from "./session.js";
import { formatSummary, formatText } from "./text.js";
import { type Told, toldOnce } from "./told.js";
import { ToolchainProblem } from "./toolchainProblem.js";

export interface CheckFlags extends AnalysisFlags, GateFlags {
  readonly format: CheckFormat;
  /** Whether fixes of what is reported are looked for; by default for formats that hold edits. */
  readonly fixes?: "on" | "off";
}

/** Runs the check in the current folder, prints the report to stdout and all else to stderr; returns the exit status. */
export async function check(
  packages: readonly string[],
  flags: CheckFlags,
  session: Session,
): Promise<number> {
  return await guarded(async () => {
    const plan = await planCheck(process.cwd(), packages, flags);
    const wantsFixes = (flags.fixes ?? (flags.format === "sarif" ? "on" : "off")) === "on";
    const [first] = plan.requests;
    if (!wantsFixes || first === undefined) {
      return print(
        await toldOnce({ ...plan, format: flags.format }, () => judged(plan, flags.format, session)),
      );
    }
    const { report, outcome } = await analyze(plan, session);
    const told = judge(report, { ...outcome, ...outcome.gate }).findings.flatMap(
      ({ site }) => site?.id ?? [],
    );
    const { withFixes } = await import("./checkedFixes.js");
    const fixed = await withFixes(report, new Set(told), first, session);
    return print(await conclude(fixed, flags.format, outcome));
  });
}

async function judged(plan: CheckPlan, format: CheckFormat, session: Session): Promise<Told> {
  const { report, outcome } = await analyze(plan, session);
  return await conclude(report, format, outcome);
}

/** Prints what is to be told, and returns the exit status. */
function print({ stdout, complaints, status }: Told): number {
  process.stdout.write(stdout);
  for (const complaint of complaints) complain(complaint);
  return status;
}

/** What is to be analyzed in a folder (absolute path), and how it is judged. */
export interface CheckPlan extends AnalysisPlan {
  readonly folder: string;
  readonly gate: GatePlan;
}

/** Makes the plan of a check. Rejects with UsageError and ConfigurationError. */
export async function planCheck(
  folder: string,
  packages: readonly string[],
  flags: AnalysisFlags & GateFlags,
): Promise<CheckPlan> {
  const plan = await planAnalysis(folder, packages, flags);
  return { ...plan, folder, gate: planGate(folder, flags, plan.loaded) };
}

/**
 * Analyzes the packages, and says what the report is to be judged by. Rejects with what `mendable` knows, and with
 * AbortError.
 */
export async function analyze(
  { folder, gate, requests, loaded, isWhole }: CheckPlan,
  session: Session,
): Promise<{ readonly report: Report; readonly outcome: Outcome }> {
  const known = await knownSites(gate, requests, complain, session);
  const reports: Report[] = [];
  for (const request of requests) reports.push(await reportOf(request, session));
  return { report: mergeReports(reports), outcome: { folder, gate, known, loaded, isWhole } };
}

export interface MergeFlags extends GateFlags {
  readonly format: CheckFormat;
  readonly config?: string;
}

/** Joins the JSON of several checks (of shards, or of several machines) and judges them as one. */
export async function merge(files: readonly string[], flags: MergeFlags, session: Session): Promise<number> {
  return await guarded(async () => {
    const folder = process.cwd();
    const loaded = await loadConfiguration(folder, flags.config);
    const gate = planGate(folder, flags, loaded);
    if (gate.newSince !== undefined)
      throw new UsageError(l10n.t("--new-since: of no use where nothing is analyzed"));
    const known = await knownSites(gate, [], complain, session);
    const reports: Report[] = [];
    for (const file of files) reports.push(await readReport(file, folder));
    const outcome = { folder, gate, known, loaded, isWhole: true };
    return print(await conclude(mergeReports(reports), flags.format, outcome));
  });
}

/** What a report is judged by. */
export interface Outcome {
  readonly folder: string;
  readonly gate: GatePlan;
  readonly known: Awaited<ReturnType<typeof knownSites>>;
  readonly loaded: LoadedConfiguration;
  readonly isWhole: boolean;
}

async function conclude(report: Report, format: CheckFormat, outcome: Outcome): Promise<Told> {
  const { gate, folder } = outcome;
  const hasErrors = report.packages.some((entry) => entry.error !== null);
  const judgment = judge(report, { ...outcome, ...gate });
  const complaints = errorsOf(report);
  if (gate.updatesBaseline && gate.baseline !== undefined) {
    // Half a baseline would call new what nobody touched.
    if (hasErrors) return { stdout: "", complaints, status: exitCodes.failed };
    const count = await updateBaseline(gate.baseline, report, outcome.isWhole);
    const written = l10n.t("Written: {0} ({1} sites).", gate.baseline, count);
    return { stdout: "", complaints: [...complaints, written], status: exitCodes.nothing };
  }
  if (report.unknownLines > 0)
    complaints.push(`${report.unknownLines} lines of the compiler were not understood.`);
  if (!(report.sites.length === 0 && hasErrors)) complaints.push(formatSummary(report, judgment));
  const passes = judgment.fails ? exitCodes.findings : exitCodes.nothing;
  const stdout = formatted(report, judgment, format, folder);
  return { stdout, complaints, status: hasErrors ? exitCodes.failed : passes };
}

function formatted(report: Report, judgment: Judgment, format: CheckFormat, folder: string): string {
  switch (format) {
    case "text":
      return formatText(report, judgment);
    case "json":
      return formatJson(report, judgment);
    case "markdown":
      return formatMarkdown(report, judgment);
    case "github":
      return formatGithub(judgment, repositoryPrefix(folder));
    case "sarif":
      return formatSarif(report, judgment, repositoryPrefix(folder));
  }
}

/** What was left out of the build, and what of it failed. */
function errorsOf({ notes, packages }: Report): string[] {
  const errors = packages.flatMap(({ importPath, error }) =>
    error === null ? [] : [`${importPath}: ${error.trimEnd()}`],
  );
  return [...notes, ...errors];
}

/** Runs a command; what went wrong in a way that a person can mend is said in one message. */
export async function guarded(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const found = mendable(error);
    if (found === undefined) throw error;
    complain(found.message);
    return found.status;
  }
}

/** What a person can mend, in a message for them, and the exit status; undefined for what is no fault of theirs. */
export function mendable(error: unknown): { readonly message: string; readonly status: number } | undefined {
  const isUsage =
    error instanceof UsageError || error instanceof ConfigurationError || error instanceof ReportFileError;
  if (isUsage) return { message: error.message, status: exitCodes.usage };
  const unusable = fileProblem(error);
  if (unusable !== undefined) return { message: unusable, status: exitCodes.usage };
  return error instanceof ToolchainProblem ? { message: error.message, status: exitCodes.failed } : undefined;
}

/** Tells a person something on stderr. */
export function complain(message: string): void {
  process.stderr.write(`escapelens: ${visible(message)}\n`);
}
