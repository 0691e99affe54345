/** What a check tells is kept as well: of an unchanged project not even the report has to be read and judged again. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
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
  const before = await toldKey(check);
  const kept = before === undefined ? undefined : await cache?.get(before);
  if (kept !== undefined) return kept as Told;
  const told = await tell();
  // The reports are there by now, if they can be kept at all.
  const key = before ?? (await toldKey(check));
  if (key !== undefined) await cache?.put(key, told);
  return told;
}

/** Undefined where nothing is kept, or something has changed. */
async function toldKey({ requests, gate, format, ...rest }: KeptCheck): Promise<string | undefined> {
  if (gate.updatesBaseline || gate.newSince !== undefined) return undefined;
  const baseline = gate.baseline === undefined ? "" : await hashOf(gate.baseline);
  if (baseline === undefined) return undefined;
  const reports: string[] = [];
  for (const request of requests) {
    const report = await currentReport(request);
    if (report === undefined) return undefined;
    reports.push(report);
  }
  return keyOf("told", reports, gate, format, rest, baseline, repositoryPrefix(rest.folder));
}

/** Undefined for a file that cannot be read. */
async function hashOf(file: string): Promise<string | undefined> {
  const contents = await readFile(file).catch(() => undefined);
  return contents && createHash("sha256").update(contents).digest("hex");
}
