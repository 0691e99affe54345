/** Tries one fix on a case's main file, at all sites that it applies to. */
import assert from "node:assert/strict";
import type { AnalyzedPackage } from "../../../server/src/analysis/analyzer.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { fixes } from "../../../server/src/fixes/proposals.js";
import type { MeasuredPackage } from "../../conformance/trial/measuredPackage.js";
import { analyzeFile, measureFile, noSignal, type TestPackage } from "./caseModule.js";
import type { FixCase } from "./cases.js";

/** The package of the case's main file (absolute path), as far as its site needs to be known. */
export function analyzeCase(each: FixCase, main: string): Promise<TestPackage | MeasuredPackage> {
  return each.expected.evidence === true ? measureFile(main) : analyzeFile(main);
}

/** What all sites of the main file lead to that the fix applies to; at least one must. */
export async function tryFix(each: FixCase, analyzed: TestPackage | MeasuredPackage, main: string) {
  const offered =
    "offers" in analyzed
      ? analyzed.offers
      : new FixOffers(new Verdicts({ recompile: analyzed.recompile, limit: 2 }));
  const sites = sitesFor(each, analyzed, main);
  const all = analyzed.sites.map((site) => `${site.kind} ${site.form} ${site.reason} ${site.source}`);
  assert.ok(sites.length > 0, `no site for ${each.fix} among:\n${all.join("\n")}`);
  const found = await Promise.all(sites.map((site) => offered.of(site, analyzed, noSignal)));
  return {
    offers: found.flatMap(({ offers }) => offers).filter(({ proposal }) => proposal.fix === each.fix),
    rejections: found
      .flatMap(({ rejections }) => rejections)
      .filter((rejection) => rejection.fix === each.fix),
  };
}

export function sitesFor(each: FixCase, analyzed: AnalyzedPackage, main: string): Site[] {
  const fix = fixes.find(({ id }) => id === each.fix);
  assert.ok(fix);
  return analyzed.sites.filter((site) => site.file === main && fix.appliesTo(site));
}
