/** What a hover says of the sites under the cursor. */
import type { FunctionTable } from "../analysis/functionTable.js";
import type { FileResult } from "../analysis/results.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { Capabilities } from "../capabilities.js";
import { fileUri } from "../documents.js";
import { cutFlowWords } from "../explain/cutFlow.js";
import { type HoverContext, siteHover } from "../explain/hover.js";
import { problemSentence } from "../explain/problem.js";
import { surroundingsOf } from "../explain/surroundings.js";
import { tellsFlow } from "./diagnostics.js";
import { hoverPatience, type TakerOf } from "../analysis/takers.js";

export interface SiteHoverOptions {
  readonly capabilities: Capabilities;
  /** Whether the editor's hover shows the diagnostics as well (InitializationOptions). */
  readonly diagnosticsInHover: boolean;
  readonly functions: FunctionTable;
  /** Finds the parameter that takes a value. */
  readonly takerOf: TakerOf;
  /** Looks for the flows of a file that were cut. */
  explain?(file: string): void;
}

/** Most sites that one hover explains: generated code can have hundreds on one name. */
const siteLimit = 5;

/** The words for each of the sites of one file, markdown where the client reads it; at most five of them. */
export async function siteHovers(
  sites: readonly Site[],
  result: Pick<FileResult, "stale" | "isExplained">,
  rules: SeverityRules,
  options: SiteHoverOptions,
): Promise<string[]> {
  const stale = result.stale && problemSentence(result.stale);
  const { functions, capabilities, diagnosticsInHover, takerOf } = options;
  const texts = sites.slice(0, siteLimit).map(async (site) => {
    const isShown = diagnosticsInHover && severityOf(site, rules) !== "off";
    const isCut = !result.isExplained && site.flow.length === 0;
    if (isCut) options.explain?.(site.file);
    const words = siteHover(site, {
      ...surroundingsOf(site, functions, await takerOf(site, hoverPatience), stale),
      uriOf: fileUri,
      markdown: capabilities.markdownHover,
      // Of several sites each needs its heading, or nobody could tell whose costs these are.
      shown: isShown ? shownBy(site, sites.length === 1, capabilities) : nothing,
    });
    return isCut ? `${words}\n\n${cutFlowWords()}` : words;
  });
  return await Promise.all(texts);
}

const nothing: HoverContext["shown"] = { message: false, flow: false };

/** What the diagnostic in the same hover says already. */
function shownBy(site: Site, isAlone: boolean, capabilities: Capabilities): HoverContext["shown"] {
  return { message: isAlone, flow: tellsFlow(site, capabilities) };
}
