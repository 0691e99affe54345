/** The way of a parameter to the heap, through the functions of its package that it is passed on to. */
import type { CompilerPosition, LeakFlowFact } from "../compiler/facts.js";
import type { ParameterLeaks } from "../compiler/parameterLeaks.js";
import { placeKey } from "../compiler/placeKey.js";
import type { FunctionInfo } from "./functionInfo.js";
import { lastCall, type PassedTo, passedTo } from "./passedTo.js";
import type { Site, SiteFlowStep } from "./site.js";
import { stepAt } from "./stepAt.js";

/** What the sources of the package tell. */
export interface PackageSources {
  /** A function of the package by its name, as the compiler writes it within the package. */
  named(name: string): Promise<FunctionInfo | undefined>;
  /** Where the compiler's messages about a parameter stand. */
  placeOf(passed: PassedTo): Promise<CompilerPosition>;
}

/** As many functions are followed: whoever reads the steps looks there for the rest. */
const limit = 6;

/**
 * The last step of each function on the way from a parameter to the heap: where it is stored, or passed to a function of
 * another package or one that only the running program knows. Empty where the compiler explained nothing. Rejects as the
 * sources do.
 */
export async function leakPath(
  from: PassedTo,
  { flows }: Pick<ParameterLeaks, "flows">,
  sources: PackageSources,
): Promise<SiteFlowStep[]> {
  const path: SiteFlowStep[] = [];
  const seen = new Set<string>();
  let passed: PassedTo | undefined = from;
  while (passed !== undefined && path.length < limit) {
    const key = placeKey(await sources.placeOf(passed));
    const fact = seen.has(key) ? undefined : flows.get(key);
    if (fact === undefined) break;
    seen.add(key);
    const walked = lastLeg(fact);
    path.push(...walked.flow.slice(-1));
    const called = await sources.named(lastCall(walked)?.name ?? "");
    passed = called && passedTo(walked, () => called);
  }
  return path;
}

/** What flows last, under its last name, and its steps. */
function lastLeg({ flows, name }: LeakFlowFact): Pick<Site, "flow" | "expression"> {
  const leg = flows.findLast(({ steps }) => steps.length > 0);
  return { flow: (leg?.steps ?? []).map(stepAt), expression: leg?.from ?? name };
}
