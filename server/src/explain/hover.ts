/** The hover's text: what moved, why, what it costs, and the compiler's own lines last. */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { Site, SiteFlowStep } from "../analysis/site.js";
import type { Range } from "../syntax/sourceText.js";
import { adviceFor } from "./advice.js";
import { beliefWords } from "./belief.js";
import { bytesWords } from "./amounts.js";
import { costWords } from "./cost.js";
import type { SiteSurroundings } from "./explanation.js";
import { flowStepWords, tellingSteps } from "./flow.js";
import { overBudgetWords } from "./inlining.js";
import { leaveAloneWords } from "./leaveAlone.js";
import { codeBlock, link, sentence } from "./markdown.js";
import { siteMessage } from "./message.js";
import { leakPathWords, passedToWords } from "./parameter.js";
import { siteProfileWords } from "./siteProfile.js";
import { sentences } from "./sentences.js";

const { t } = l10n;

export interface HoverContext extends SiteSurroundings {
  /** The URI of an absolute path. */
  uriOf(file: string): string;
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
  const steps = numbered(stepsOf(site, context), context);
  const taken = passedToWords(site, context.passedTo);
  const advice = adviceWords(site, context);
  return [
    ...(context.shown.message ? [] : [`**${sentence(siteMessage(site))}**`]),
    ...(context.stale === undefined ? [] : [`*${sentence(context.stale)}*`]),
    ...(steps.length === 0 ? [] : [steps.join("\n")]),
    ...inlinedWords(context),
    ...(taken === undefined ? [] : [`${sentence(taken)}${takenPlace(context)}`]),
    ...leakPathLines(context),
    sentence(costWords(site)),
    ...profileLines(site, context),
    ...(advice === "" ? [] : [sentence(advice)]),
    ...(site.compilerLines.length === 0 ? [] : [compilerText(site)]),
  ].join("\n\n");
}

function plainHover(site: Site, context: HoverContext): string {
  const steps = plainlyNumbered(stepsOf(site, context));
  const taken = passedToWords(site, context.passedTo);
  const advice = adviceWords(site, context);
  return [
    ...(context.shown.message ? [] : [siteMessage(site)]),
    ...(context.stale === undefined ? [] : [context.stale]),
    ...steps,
    ...(taken === undefined ? [] : [taken]),
    ...plainLeakPath(context),
    costWords(site),
    ...(site.profile === undefined ? [] : [siteProfileWords(site.profile)]),
    ...(advice === "" ? [] : [advice]),
    ...limited(site.compilerLines),
  ].join("\n");
}

function numbered(steps: readonly SiteFlowStep[], context: HoverContext): string[] {
  return steps.map((step, index) => `${index + 1}. ${sentence(flowStepWords(step))}${place(step, context)}`);
}

function plainlyNumbered(steps: readonly SiteFlowStep[]): string[] {
  return steps.map((step, index) => `${index + 1}. ${flowStepWords(step)}${plainPlace(step)}`);
}

/** Where the parameter that takes the value leaks. */
function leakPathLines(context: HoverContext): string[] {
  const words = leakPathWords(context.passedTo);
  if (words === undefined) return [];
  return [sentence(words), numbered(context.passedTo?.leakPath ?? [], context).join("\n")];
}

function plainLeakPath({ passedTo }: HoverContext): string[] {
  const words = leakPathWords(passedTo);
  return words === undefined ? [] : [words, ...plainlyNumbered(passedTo?.leakPath ?? [])];
}

/** What a run allocated there, and the calls that pay for it. */
function profileLines({ profile }: Site, context: HoverContext): string[] {
  if (profile === undefined) return [];
  const callers = profile.callers.map(({ file, line, bytes }) => {
    const start = { line, character: 0 };
    return `- ${sentence(t("{0} for the call", bytesWords(bytes)))}${linkTo(file, { start, end: start }, context)}`;
  });
  return [sentence(siteProfileWords(profile)), ...(callers.length === 0 ? [] : [callers.join("\n")])];
}

/** What helps, when to leave it alone, and what is often believed of such code. */
function adviceWords(site: Site, { enclosing }: HoverContext): string {
  const words = [adviceFor(site), overBudgetWords(site, enclosing), leaveAloneWords(site), beliefWords(site)];
  return sentences(words.filter((each) => each !== undefined));
}

function stepsOf(site: Site, context: HoverContext): readonly SiteFlowStep[] {
  return context.shown.flow ? [] : tellingSteps(site.flow);
}

/** In the language that syntaxes/go-escape.tmLanguage.json colors; editors without it show plain text. */
function compilerText(site: Site): string {
  return codeBlock(limited(site.compilerLines).join("\n"), "go-escape");
}

function place({ file, range }: SiteFlowStep, context: HoverContext): string {
  return file === null || range === null ? "" : linkTo(file, range, context);
}

/** Where the function stands whose code allocates here. */
function inlinedWords(context: HoverContext): string[] {
  const { inlined } = context;
  if (inlined === undefined) return [];
  return [
    `${sentence(t("`{0}` is inlined here", inlined.name))}${linkTo(inlined.file, inlined.nameRange, context)}`,
  ];
}

function takenPlace(context: HoverContext): string {
  const { passedTo } = context;
  return passedTo === undefined ? "" : linkTo(passedTo.function.file, passedTo.parameter.range, context);
}

function linkTo(file: string, { start: { line, character } }: Range, context: HoverContext): string {
  const words = `${path.basename(file)}:${line + 1}`;
  return ` · ${link(words, `${context.uriOf(file)}#L${line + 1},${character + 1}`)}`;
}

function plainPlace(step: SiteFlowStep): string {
  if (step.file === null || step.range === null) return "";
  return ` (${path.basename(step.file)}:${step.range.start.line + 1})`;
}

function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= lineLimit) return lines;
  return [...lines.slice(0, lineLimit), t("… {0} more lines", lines.length - lineLimit)];
}
