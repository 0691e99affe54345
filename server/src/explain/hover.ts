/** The hover's text: what moved, why, what it costs, and the compiler's own lines last. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { Site, SiteFlowStep } from "../analysis/site.js";
import { adviceFor } from "./advice.js";
import { costWords } from "./cost.js";
import { flowStepWords, tellingSteps } from "./flow.js";
import { codeBlock, link, sentence } from "./markdown.js";
import { siteMessage } from "./message.js";

const { t } = l10n;

export interface HoverContext {
  /** The URI of an absolute path. */
  uriOf(file: string): string;
  /** Why the results are not of the newest text; undefined when they are. */
  readonly stale: string | undefined;
  readonly markdown: boolean;
  /** What the editor shows beside this text already, with the site's diagnostic, so that it is left out here. */
  readonly shown: { readonly message: boolean; readonly flow: boolean };
}

/** The compiler's lines that a hover shows at most; the rest is counted. */
const lineLimit = 12;

/** The text of one site, as markdown or plain. All words of the compiler and the source are escaped. */
export function siteHover(site: Site, context: HoverContext): string {
  return context.markdown ? markdownHover(site, context) : plainHover(site, context);
}

function markdownHover(site: Site, context: HoverContext): string {
  const steps = stepsOf(site, context).map(
    (step, index) => `${index + 1}. ${sentence(flowStepWords(step))}${place(step, context)}`,
  );
  const advice = adviceFor(site);
  return [
    ...(context.shown.message ? [] : [`**${sentence(siteMessage(site))}**`]),
    ...(context.stale === undefined ? [] : [`*${sentence(context.stale)}*`]),
    ...(steps.length === 0 ? [] : [steps.join("\n")]),
    sentence(costWords(site)),
    ...(advice === undefined ? [] : [sentence(advice)]),
    ...(site.compilerLines.length === 0 ? [] : [compilerText(site)]),
  ].join("\n\n");
}

function plainHover(site: Site, context: HoverContext): string {
  const steps = stepsOf(site, context).map(
    (step, index) => `${index + 1}. ${flowStepWords(step)}${plainPlace(step)}`,
  );
  const advice = adviceFor(site);
  return [
    ...(context.shown.message ? [] : [siteMessage(site)]),
    ...(context.stale === undefined ? [] : [context.stale]),
    ...steps,
    costWords(site),
    ...(advice === undefined ? [] : [advice]),
    ...limited(site.compilerLines),
  ].join("\n");
}

function stepsOf(site: Site, context: HoverContext): readonly SiteFlowStep[] {
  return context.shown.flow ? [] : tellingSteps(site.flow);
}

/** In the language that syntaxes/go-escape.tmLanguage.json colors; editors without it show plain text. */
function compilerText(site: Site): string {
  return codeBlock(limited(site.compilerLines).join("\n"), "go-escape");
}

function place(step: SiteFlowStep, context: HoverContext): string {
  if (step.file === null || step.range === null) return "";
  const { line, character } = step.range.start;
  const words = `${path.basename(step.file)}:${line + 1}`;
  return ` · ${link(words, `${context.uriOf(step.file)}#L${line + 1},${character + 1}`)}`;
}

function plainPlace(step: SiteFlowStep): string {
  if (step.file === null || step.range === null) return "";
  return ` (${path.basename(step.file)}:${step.range.start.line + 1})`;
}

function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= lineLimit) return lines;
  return [...lines.slice(0, lineLimit), t("… {0} more lines", lines.length - lineLimit)];
}
