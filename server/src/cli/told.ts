/** What a check tells is kept as well: of an unchanged project not even the report has to be read and judged again. */
import { readFile } from "node:fs/promises";
import { hashOf } from "../go/projectStamp.js";
import type { CheckPlan } from "./check.js";
import type { CheckFormat } from "./formats.js";
import { keptResults, keyOf } from "./keptResults.js";
import { currentReport } from "./reportOf.js";
import { repositoryPrefix } from "./repositoryPrefix.js";

/** All that a check tells: its output, what it says on stderr, line by line, and its exit status. */
export interface Told {
  readonly stdout: string;
  readonly complaints: readonly string[];
  readonly status: number;
}

/** A check without fixes, and how it is printed. */
export type KeptCheck = CheckPlan & { readonly format: CheckFormat };

/**
 * What an earlier run told of the same reports by the same rules; otherwise what `tell` makes of them, which is kept.
 * Checks that write a baseline or look at a git revision are always made. Rejects as `tell` does.
 */
export async function toldOnce(check: KeptCheck, tell: () => Promise<Told>): Promise<Told> {
  const cache = await keptResults();
  const { gate } = check;
  // Hashed before anything is judged by it: who writes it meanwhile is not told what was judged by the one of before.
  const baseline = gate.baseline === undefined ? "" : await hashOfFile(gate.baseline);
  if (cache === undefined || baseline === undefined || gate.updatesBaseline || gate.newSince !== undefined)
    return await tell();
  const before = await toldKey(check, baseline);
  const kept = before === undefined ? undefined : await cache.get(before);
  if (kept !== undefined) return kept as Told;
  const told = await tell();
  // The reports are there by now, if they can be kept at all.
  const key = before ?? (await toldKey(check, baseline));
  if (key !== undefined) await cache.put(key, told);
  return told;
}

/** Undefined where nothing is kept, or something has changed. */
async function toldKey(
  { requests, gate, format, ...rest }: KeptCheck,
  baseline: string,
): Promise<string | undefined> {
  const reports: string[] = [];
  for (const request of requests) {
    const report = await currentReport(request);
    if (report === undefined) return undefined;
    reports.push(report);
  }
  return keyOf("told", reports, gate, format, rest, baseline, repositoryPrefix(rest.folder));
}

/** Undefined for a file that cannot be read. */
async function hashOfFile(file: string): Promise<string | undefined> {
  const contents = await readFile(file).catch(() => undefined);
  return contents && hashOf(contents);
}
