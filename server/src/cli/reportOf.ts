/** The report of one build: the one of an earlier run where nothing has changed since, or a new one. */
import type { ResultCache } from "../analysis/resultCache.js";
import { atOnce } from "../analysis/inTurns.js";
import { buildVariables } from "../go/buildVariables.js";
import { checkSteps, type ProjectStamp } from "../go/projectStamp.js";
import { findGo } from "../go/toolchain.js";
import { shellLocale } from "../language.js";
import type { CollectRequest } from "./collect.js";
import { keptResults, keyOf } from "./keptResults.js";
import type { Report } from "./report.js";
import type { Session } from "./session.js";

/**
 * Analyzes packages, unless an earlier run with the same request found all that it would read as it is now: then not even
 * the go command is started. Rejects with ToolchainProblem where nothing can be analyzed, and with AbortError.
 */
export async function reportOf(request: CollectRequest, { signal, prepare }: Session): Promise<Report> {
  const cache = await keptResults();
  const key = cache === undefined ? "" : await requestKey(request);
  const known = cache && (await currentKey(cache, key));
  const kept = known === undefined ? undefined : await cache?.get(known);
  if (kept !== undefined) return kept as Report;
  await prepare();
  const { collect } = await import("./collect.js");
  const { report, stamp: taken } = await collect(request, signal);
  const isWhole = report.packages.every(({ error }) => error === null);
  if (cache !== undefined && taken !== undefined && isWhole) {
    // The report is named by its stamp, so that two runs at once cannot mix theirs.
    await cache.put(keyOf(key, taken), report);
    await cache.put(key, taken);
  }
  return report;
}

/** The key of the report that an earlier run kept, where nothing has changed since; undefined otherwise. */
export async function currentReport(request: CollectRequest): Promise<string | undefined> {
  const cache = await keptResults();
  return cache && (await currentKey(cache, await requestKey(request)));
}

async function currentKey(cache: ResultCache, key: string): Promise<string | undefined> {
  const stamp = (await cache.get(key)) as ProjectStamp | undefined;
  return stamp !== undefined && atOnce(checkSteps(stamp)) ? keyOf(key, stamp) : undefined;
}

/** What the report depends on beside the stamp. */
async function requestKey(request: CollectRequest): Promise<string> {
  const env = { ...process.env, ...request.variables };
  const search = { configured: request.go ?? "", alternate: "", goroot: "", workspaceFolders: [], env };
  const go = await findGo(search);
  return keyOf("report", request, go, shellLocale(process.env), buildVariables(process.env));
}
