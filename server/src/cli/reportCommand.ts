/** `escapelens report`: pages for people, from an analysis or from the JSON of earlier ones. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { loadConfiguration } from "../gate/configurationFile.js";
import { guarded } from "./check.js";
import { formatCsv } from "./csv.js";
import { exitCodes } from "./exitCodes.js";
import type { ReportFormat } from "./formats.js";
import { formatJson } from "./json.js";
import { judge } from "./judgment.js";
import { formatMarkdown } from "./markdown.js";
import type { CollectRequest } from "./collect.js";
import type { ProfileNames } from "./profiled.js";
import type { Metric } from "../profile/decodedProfile.js";
import { mergeReports } from "./mergeReports.js";
import { type AnalysisFlags, planAnalysis, UsageError } from "./options.js";
import { formatPage } from "./page/page.js";
import { readSourceLines } from "./page/sourceLines.js";
import { readReport } from "./readReport.js";
import type { Report } from "./report.js";
import { reportOf } from "./reportOf.js";
import type { Session } from "./session.js";

export interface ReportFlags extends AnalysisFlags {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly from?: readonly string[];
  /** Memory profiles: files, and addresses of running servers. */
  readonly profile?: readonly string[];
  /** Memory profiles of before. */
  readonly before?: readonly string[];
  readonly metric?: Metric;
}

/** Writes the page; returns the exit status, which findings do not change. */
export async function report(
  packages: readonly string[],
  flags: ReportFlags,
  session: Session,
): Promise<number> {
  return await guarded(async () => {
    const folder = process.cwd();
    checkProfileFlags(flags);
    const reports =
      flags.from === undefined
        ? await analyzed(folder, packages, flags, session)
        : await Promise.all(flags.from.map((file) => readReport(file, folder)));
    const merged = mergeReports(reports);
    const text = await formatted(merged, flags, folder);
    if (flags.output === undefined) process.stdout.write(text);
    else await writeFile(path.resolve(folder, flags.output), text);
    return merged.packages.some(({ error }) => error !== null) ? exitCodes.failed : exitCodes.nothing;
  });
}

function checkProfileFlags({ from, profile, before }: ReportFlags): void {
  if (profile === undefined && before !== undefined)
    throw new UsageError("--before: of no use without --profile");
  if (profile !== undefined && from !== undefined)
    throw new UsageError("--profile: of no use with --from, whose reports say what profiles had of them");
}

async function analyzed(
  folder: string,
  packages: readonly string[],
  flags: ReportFlags,
  session: Session,
): Promise<Report[]> {
  const { requests } = await planAnalysis(folder, packages, flags);
  const { profile: sources = [], before = [], metric = "alloc" } = flags;
  const reports: Report[] = [];
  for (const request of requests) {
    // A profile is of one build: the first one.
    const isProfiled = sources.length > 0 && reports.length === 0;
    reports.push(
      isProfiled
        ? await profiled(request, { sources, before, metric }, session)
        : await reportOf(request, session),
    );
  }
  return reports;
}

async function profiled(
  request: CollectRequest,
  named: ProfileNames,
  { prepare, signal }: Session,
): Promise<Report> {
  await prepare();
  const { collectProfiled } = await import("./profiled.js");
  return await collectProfiled(request, named, signal);
}

async function formatted(merged: Report, flags: ReportFlags, folder: string): Promise<string> {
  if (flags.format === "csv") return formatCsv(merged);
  const loaded = await loadConfiguration(folder, flags.config);
  const level = loaded.configuration.level ?? "information";
  const judgment = judge(merged, { level, failOn: "off", loaded, folder, known: undefined, isWhole: true });
  if (flags.format === "json") return formatJson(merged, judgment);
  if (flags.format === "markdown") return formatMarkdown(merged, judgment);
  return formatPage(merged, await readSourceLines(merged.sites, folder));
}
