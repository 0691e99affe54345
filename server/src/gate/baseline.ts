/** The baseline file: the sites that a project had when it began to be checked, one to a line, so that it merges well. */
import * as v from "valibot";
import { reasonCodes } from "../analysis/reasonCodes.js";
import type { KnownSite } from "./matching.js";

const entry = v.object({
  id: v.string(),
  package: v.string(),
  file: v.string(),
  function: v.string(),
  kind: v.picklist(["moved", "escapes", "hidden"]),
  expression: v.string(),
  reason: v.picklist(reasonCodes),
  surroundings: v.nullable(v.string()),
});

const baseline = v.object({ schema: v.literal(1), sites: v.array(entry) });

/** Reads a baseline. Throws an Error whose message names the place and what was expected there. */
export function parseBaseline(text: string): KnownSite[] {
  const result = v.safeParse(baseline, JSON.parse(text));
  if (result.success) return result.output.sites;
  const [issue] = result.issues;
  throw new Error(`${v.getDotPath(issue) ?? ""}: ${issue.message}`);
}

/**
 * The text of a baseline: sorted by package, function, expression and id, so that moving code changes few lines, and
 * without positions, so that editing elsewhere changes none.
 */
export function formatBaseline(sites: readonly KnownSite[]): string {
  const lines = [...sites].sort(byIdentity).map((site) => JSON.stringify(entryOf(site)));
  const body = lines.length === 0 ? "" : `\n${lines.join(",\n")}\n`;
  return `{"schema":1,"sites":[${body}]}\n`;
}

function entryOf(site: KnownSite): KnownSite {
  const { id, file, kind, expression, reason, surroundings } = site;
  return { id, package: site.package, file, function: site.function, kind, expression, reason, surroundings };
}

function byIdentity(a: KnownSite, b: KnownSite): number {
  return (
    compare(a.package, b.package) ||
    compare(a.function, b.function) ||
    compare(a.expression, b.expression) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
