/** All that is known of sites, as a page of plain text that a person reads at leisure: nothing is left out or cut. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { FunctionInfo } from "../analysis/functionInfo.js";
import type { PassedTo } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";
import type { Position } from "../syntax/sourceText.js";
import { adviceFor } from "./advice.js";
import { beliefWords } from "./belief.js";
import { costWords } from "./cost.js";
import { flowStepWords, tellingSteps } from "./flow.js";
import { overBudgetWords } from "./inlining.js";
import { leaveAloneWords } from "./leaveAlone.js";
import { siteMessage } from "./message.js";
import { passedToWords } from "./parameter.js";
import { reasonPage } from "./reasonPage.js";
import { reasonTitle } from "./reasonTitle.js";

const { t } = l10n;

/** A piece of a line that names a place of the source or a page; all numbers from 0, in UTF-16 code units. */
export interface PageLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** A place, with the absolute path of its file, or the address of a page. */
  readonly target: { readonly file: string; readonly position: Position } | string;
}

export interface Page {
  readonly lines: readonly string[];
  readonly links: readonly PageLink[];
}

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
  page.write("", `# ${t("Cost")}`, "", costWords(site));
  writeAdvice(page, site, enclosing);
  if (site.compilerLines.length > 0) page.write("", `# ${t("Compiler")}`, "", ...site.compilerLines);
  page.write("", `# ${t("Reason")}`, "", `${site.reason}: ${reasonTitle(site.reason)}`);
  page.writeAddress(reasonPage(site.reason));
}

function writeFlow(page: PageWriter, site: Site): void {
  const steps = tellingSteps(site.flow);
  if (steps.length === 0) return;
  page.write("", `# ${t("Flow")}`, "");
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

class PageWriter implements Page {
  readonly lines: string[] = [];
  readonly links: PageLink[] = [];

  write(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** A place as Go's tools print it, but with the column that editors count, and words behind it. */
  writePlace(words: string, file: string, position: Position): void {
    const name = `${path.basename(file)}:${position.line + 1}:${position.character + 1}`;
    this.#writeLink(name, `: ${words}`, { file, position });
  }

  writeAddress(address: string): void {
    this.#writeLink(address, "", address);
  }

  #writeLink(name: string, after: string, target: PageLink["target"]): void {
    this.links.push({ line: this.lines.length, start: 0, end: name.length, target });
    this.lines.push(name + after);
  }
}
