/** All that is known of sites, as a page of plain text that a person reads at leisure: nothing is left out or cut. */
import * as l10n from "@vscode/l10n";
import type { FunctionInfo } from "../analysis/functionInfo.js";
import type { PassedTo } from "../analysis/passedTo.js";
import type { Site, SiteFlowStep } from "../analysis/site.js";
import { adviceFor } from "./advice.js";
import { beliefWords } from "./belief.js";
import { costWords } from "./cost.js";
import { flowStepWords, tellingSteps } from "./flow.js";
import { overBudgetWords } from "./inlining.js";
import { leaveAloneWords } from "./leaveAlone.js";
import { siteMessage } from "./message.js";
import { type Page, PageWriter } from "./page.js";
import { leakPathWords, passedToWords } from "./parameter.js";
import { reasonPage, reasonPagePath } from "./reasonPage.js";
import { reasonTitle } from "./reasonTitle.js";

const { t } = l10n;

/** What is known beside a site itself, as far as it is. */
export interface SiteSurroundings {
  /** The function that the site stands in, and the parameter that takes its value. */
  readonly enclosing: FunctionInfo | undefined;
  readonly passedTo: PassedTo | undefined;
  /** The function that was inlined at the site, where it is of the same package. */
  readonly inlined: FunctionInfo | undefined;
  /** Why the results are not of the newest text; undefined when they are. */
  readonly stale: string | undefined;
}

/** The page of some sites, one after the other. Headings are one word, so that the grammar of go-escape colors them. */
export function explanationPage(
  sites: readonly Site[],
  surroundingsOf: (site: Site) => SiteSurroundings,
): Page {
  const page = new PageWriter();
  sites.forEach((site, index) => {
    if (index > 0) page.write("", "-".repeat(80), "");
    writeSite(page, site, surroundingsOf(site));
  });
  return page;
}

function writeSite(page: PageWriter, site: Site, surroundings: SiteSurroundings): void {
  const { enclosing, passedTo, inlined, stale } = surroundings;
  page.write(siteMessage(site));
  if (stale !== undefined) page.write(stale);
  page.write("");
  page.writePlace(t("in {0}, package {1}", site.function, site.package), site.file, site.range.start);
  if (inlined !== undefined)
    page.writePlace(t("`{0}` is inlined here", inlined.name), inlined.file, inlined.nameRange.start);
  writeFlow(page, site);
  const taken = passedToWords(site, passedTo);
  if (taken !== undefined && passedTo !== undefined)
    page.writePlace(taken, passedTo.function.file, passedTo.parameter.range.start);
  const leakPath = leakPathWords(passedTo);
  if (leakPath !== undefined) page.write(leakPath);
  writeSteps(page, passedTo?.leakPath ?? []);
  page.write("", `# ${t("Cost")}`, "", costWords(site));
  writeAdvice(page, site, enclosing);
  if (site.compilerLines.length > 0) page.write("", `# ${t("Compiler")}`, "", ...site.compilerLines);
  page.write("", `# ${t("Reason")}`, "", `${site.reason}: ${reasonTitle(site.reason)}`);
  page.writeAddress(reasonPagePath(site.reason), reasonPage(site.reason));
}

function writeFlow(page: PageWriter, site: Site): void {
  const steps = tellingSteps(site.flow);
  if (steps.length === 0) return;
  page.write("", `# ${t("Flow")}`, "");
  writeSteps(page, steps);
}

function writeSteps(page: PageWriter, steps: readonly SiteFlowStep[]): void {
  for (const step of steps) {
    if (step.file === null || step.range === null) page.write(flowStepWords(step));
    else page.writePlace(flowStepWords(step), step.file, step.range.start);
  }
}

function writeAdvice(page: PageWriter, site: Site, enclosing: FunctionInfo | undefined): void {
  const words = [adviceFor(site), overBudgetWords(site, enclosing), leaveAloneWords(site), beliefWords(site)];
  const advice = words.filter((each) => each !== undefined);
  if (advice.length > 0) page.write("", `# ${t("Advice")}`, "", ...advice);
}
