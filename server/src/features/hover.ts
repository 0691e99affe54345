import type { Connection, Hover, HoverParams } from "vscode-languageserver/node";
import { cutFlowWords } from "../explain/cutFlow.js";
import { MarkupKind } from "vscode-languageserver/node";
import { type FunctionInfo, functionAt, type ParameterInfo } from "../analysis/functionInfo.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import { passedTo } from "../analysis/passedTo.js";
import type { Results } from "../analysis/results.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { Capabilities } from "../capabilities.js";
import { fileUri, goFilePath } from "../documents.js";
import { type HoverContext, siteHover } from "../explain/hover.js";
import { sentence } from "../explain/markdown.js";
import { parameterWords } from "../explain/parameter.js";
import { problemSentence } from "../explain/problem.js";
import { compare } from "../analysis/remap.js";
import type { Position, Range } from "../syntax/sourceText.js";
import { tellsFlow } from "./diagnostics.js";
import type { TakerOf } from "./takers.js";

interface HoverOptions {
  /** Looks for the flows of a file that were cut. */
  explain?(file: string): void;
  readonly results: Pick<Results, "of">;
  readonly capabilities: Capabilities;
  /** Whether the editor's hover shows the diagnostics as well (InitializationOptions). */
  readonly diagnosticsInHover: boolean;
  readonly functions?: FunctionTable;
  /** Finds the parameter that takes a value. */
  readonly takerOf?: TakerOf;
  /** Whether a hover on a parameter says what becomes of it. */
  explainsParameters?(uri: string): Promise<boolean>;
  rulesOf(uri: string): Promise<SeverityRules>;
}

/** Most sites that one hover explains: generated code can have hundreds on one name. */
const siteLimit = 5;

/** Explains the sites under the cursor; answers null where there is nothing to say, so that other hovers stand alone. */
export function registerHover(connection: Connection, options: HoverOptions): void {
  connection.onHover(async ({ textDocument, position }: HoverParams): Promise<Hover | null> => {
    const file = goFilePath(textDocument.uri);
    const result = file === undefined ? undefined : options.results.of(file);
    if (result === undefined) return null;
    const rules = await options.rulesOf(textDocument.uri);
    const sites = result.sites.filter((site) => isUnder(site, position) && isWorthAHover(site, rules));
    const [first] = sites;
    if (first === undefined) return parameterHover(textDocument.uri, file ?? "", position, options);
    const markdown = options.capabilities.markdownHover;
    const stale = result.stale && problemSentence(result.stale);
    const texts = sites.slice(0, siteLimit).map(async (site) => {
      const isShown = options.diagnosticsInHover && severityOf(site, rules) !== "off";
      // Of several sites each needs its heading, or nobody could tell whose costs these are.
      const shown = isShown ? shownBy(site, sites.length === 1, options.capabilities) : nothing;
      const { functions } = options;
      const isCut = !result.isExplained && site.flow.length === 0;
      if (isCut) options.explain?.(site.file);
      const words = siteHover(site, {
        uriOf: fileUri,
        stale,
        markdown,
        shown,
        enclosing: functions && functionAt(functions.of(site.file), site.range.start),
        inlined: site.inlinedFrom === null ? undefined : functions?.named(site.file, site.inlinedFrom),
        passedTo: await options.takerOf?.(site),
      });
      return isCut ? `${words}\n\n${cutFlowWords()}` : words;
    });
    const words = await Promise.all(texts);
    return {
      contents: {
        kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
        value: words.join(markdown ? "\n\n---\n\n" : "\n\n"),
      },
      range: first.range,
    };
  });
}

/** What becomes of the parameter under the cursor, for who asked for it in the settings. */
async function parameterHover(
  uri: string,
  file: string,
  position: Position,
  options: HoverOptions,
): Promise<Hover | null> {
  const { functions, results } = options;
  const info = functions && functionAt(functions.of(file), position);
  const parameter = info?.parameters.find(({ range }) => isWithin(range, position));
  if (functions === undefined || info === undefined || parameter === undefined) return null;
  if ((await options.explainsParameters?.(uri)) !== true) return null;
  const sites = functions.filesBeside(file).flatMap((each) => results.of(each)?.sites ?? []);
  const paying = sites.filter((site) => pays(site, info, parameter, functions));
  const words = parameterWords(parameter, paying.length);
  if (words === undefined) return null;
  const { markdownHover } = options.capabilities;
  const kind = markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: markdownHover ? sentence(words) : words }, range: parameter.range };
}

function pays(site: Site, info: FunctionInfo, parameter: ParameterInfo, functions: FunctionTable): boolean {
  if (site.allocates === "no") return false;
  const passed = passedTo(site, (name) => functions.named(site.file, name));
  return passed?.function.name === info.name && passed.parameter.index === parameter.index;
}

const nothing: HoverContext["shown"] = { message: false, flow: false };

function shownBy(site: Site, isAlone: boolean, capabilities: Capabilities): HoverContext["shown"] {
  return { message: isAlone, flow: tellsFlow(site, capabilities) };
}

/** Sites that are quiet because of where they stand are still explained to whoever asks; those that cost nothing are not. */
function isWorthAHover(site: Site, rules: SeverityRules): boolean {
  return site.allocates !== "no" || severityOf(site, rules) !== "off";
}

function isUnder(site: Site, position: Position): boolean {
  return isWithin(site.range, position);
}

function isWithin(range: Range, position: Position): boolean {
  return compare(range.start, position) <= 0 && compare(position, range.end) <= 0;
}
