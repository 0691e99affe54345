/** From the calls that are a site's to its verdict. */
import type { Evidence, Site } from "../analysis/site.js";
import type { AllocationCall, Certainty } from "./allocationCall.js";

export type EvidenceVerdict = Pick<Site, "allocates" | "when" | "evidence">;

const strength: Readonly<Record<Certainty, number>> = { yes: 3, likely: 2, sometimes: 1, no: 0 };

/** The verdict where all of the calls are the site's: that of the surest one. `calls` must not be empty. */
export function verdictOfAll(calls: readonly AllocationCall[]): EvidenceVerdict {
  const surest = sorted(calls)[0];
  return {
    allocates: surest?.certainty ?? "unknown",
    when: surest?.when ?? null,
    evidence: evidenceOf(calls),
  };
}

/** The verdict where one of the calls is the site's, and nothing tells which: only what is true of all of them. */
export function verdictOfOne(calls: readonly AllocationCall[]): EvidenceVerdict {
  const weakest = sorted(calls).at(-1);
  const evidence = evidenceOf(calls);
  return {
    allocates: weakest?.certainty ?? "unknown",
    when: calls.every(({ when }) => when === weakest?.when) ? (weakest?.when ?? null) : null,
    evidence: evidence.length === 1 ? evidence : [],
  };
}

function sorted(calls: readonly AllocationCall[]): AllocationCall[] {
  return [...calls].sort((a, b) => strength[b.certainty] - strength[a.certainty]);
}

/** The calls as evidence, equal ones of several instances, variants or copies once. */
function evidenceOf(calls: readonly AllocationCall[]): Evidence[] {
  const byWords = new Map<string, Evidence>();
  for (const { call, type, bytes } of calls) {
    byWords.set(`${call} ${type ?? ""} ${bytes ?? ""}`, { call, type, bytes });
  }
  return [...byWords.values()];
}
