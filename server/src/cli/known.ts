/** What is known already: read from a baseline, or found in another revision. */
import { readFile, rename, writeFile } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { mayAllocate } from "../assertions/mayAllocate.js";
import { formatBaseline, parseBaseline } from "../gate/baseline.js";
import type { KnownSite } from "../gate/matching.js";
import type { CollectRequest } from "./collect.js";
import { fileProblem } from "./fileProblem.js";
import { mergeReports } from "./mergeReports.js";
import { type GatePlan, UsageError } from "./options.js";
import type { FoundSite, Report } from "./report.js";
import { reportOf } from "./reportOf.js";
import type { Session } from "./session.js";

/**
 * The sites to compare with; undefined where there is nothing to. Rejects with UsageError for a baseline that cannot be
 * read and a revision that git does not know, and as `reportOf` does. `complain` is told what of the revision could not be analyzed.
 */
export async function knownSites(
  plan: GatePlan,
  requests: readonly CollectRequest[],
  complain: (message: string) => void,
  session: Session,
): Promise<readonly KnownSite[] | undefined> {
  if (plan.updatesBaseline) return undefined;
  if (plan.newSince !== undefined) return await sitesOfRevision(plan.newSince, requests, complain, session);
  return plan.baseline === undefined ? undefined : await readBaseline(plan.baseline);
}

async function readBaseline(file: string): Promise<KnownSite[]> {
  try {
    return parseBaseline(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new UsageError(l10n.t("{0}: there is no such baseline yet; --update-baseline writes it", file));
    const words = error instanceof Error ? error.message : String(error);
    throw new UsageError(fileProblem(error, file) ?? `${file}: ${words}`);
  }
}

/**
 * Writes the baseline. Where only a part of the packages was analyzed, what it has of others stays. The file is written
 * beside its place and moved there, so that it is never seen half.
 */
export async function updateBaseline(file: string, report: Report, isWhole: boolean): Promise<number> {
  const sites: KnownSite[] = report.sites.filter(counts);
  if (!isWhole) {
    const analyzed = new Set(report.packages.map(({ importPath }) => importPath));
    const before = await readBaseline(file).catch(() => []);
    const isAnalyzed = (name: string) => analyzed.has(name) || analyzed.has(name.replace(/_test$/, ""));
    sites.push(...before.filter((site) => !isAnalyzed(site.package)));
  }
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, formatBaseline(sites));
  await rename(temporary, file);
  return sites.length;
}

function counts(site: FoundSite): boolean {
  return site.allowed === undefined && mayAllocate(site);
}

async function sitesOfRevision(
  revision: string,
  requests: readonly CollectRequest[],
  complain: (message: string) => void,
  session: Session,
): Promise<readonly KnownSite[]> {
  const [first] = requests;
  if (first === undefined) return [];
  const folder = await folderOfRevision(first.folder, revision, session);
  // What the revision does not have is all new.
  if (folder === undefined) return [];
  const reports: Report[] = [];
  for (const request of requests) {
    // Its packages may lie elsewhere, so that another part of them would be compared. What only the machine code tells of
    // has to be told of both: it would be new each time.
    const there = { ...request, assertions: false, shard: undefined, folder };
    reports.push(await reportOf(there, session));
  }
  const report = mergeReports(reports);
  for (const { importPath, error } of report.packages)
    if (error !== null) complain(`${revision}: ${importPath}: ${error.trimEnd()}`);
  return report.sites.filter(counts);
}

/** The folder's counterpart in another revision; undefined where that does not have it. */
async function folderOfRevision(
  folder: string,
  revision: string,
  { signal, prepare }: Session,
): Promise<string | undefined> {
  await prepare();
  const { checkOutRevision } = await import("../gate/revision.js");
  const { RevisionError } = await import("../gate/git.js");
  try {
    return (await checkOutRevision(folder, revision, signal)).folder;
  } catch (error) {
    throw error instanceof RevisionError ? new UsageError(error.message) : error;
  }
}
