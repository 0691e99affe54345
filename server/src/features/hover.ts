import type { Connection, Hover, HoverParams } from "vscode-languageserver/node";
import { MarkupKind } from "vscode-languageserver/node";
import type { Results } from "../analysis/results.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { Capabilities } from "../capabilities.js";
import { fileUri, goFilePath } from "../documents.js";
import { type HoverContext, siteHover } from "../explain/hover.js";
import { problemSentence } from "../explain/problem.js";
import { compare } from "../analysis/remap.js";
import { tellsFlow } from "./diagnostics.js";

interface HoverOptions {
  readonly results: Results;
  readonly capabilities: Capabilities;
  /** Whether the editor's hover shows the diagnostics as well (InitializationOptions). */
  readonly diagnosticsInHover: boolean;
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
    if (first === undefined) return null;
    const markdown = options.capabilities.markdownHover;
    const stale = result.stale && problemSentence(result.stale);
    const value = sites.slice(0, siteLimit).map((site) => {
      const isShown = options.diagnosticsInHover && severityOf(site, rules) !== "off";
      // Of several sites each needs its heading, or nobody could tell whose costs these are.
      const shown = isShown ? shownBy(site, sites.length === 1, options.capabilities) : nothing;
      return siteHover(site, { uriOf: fileUri, stale, markdown, shown });
    });
    return {
      contents: {
        kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
        value: value.join(markdown ? "\n\n---\n\n" : "\n\n"),
      },
      range: first.range,
    };
  });
}

const nothing: HoverContext["shown"] = { message: false, flow: false };

function shownBy(site: Site, isAlone: boolean, capabilities: Capabilities): HoverContext["shown"] {
  return { message: isAlone, flow: tellsFlow(site, capabilities) };
}

/** Sites that are quiet because of where they stand are still explained to whoever asks; those that cost nothing are not. */
function isWorthAHover(site: Site, rules: SeverityRules): boolean {
  return site.allocates !== "no" || severityOf(site, rules) !== "off";
}

function isUnder(site: Site, position: HoverParams["position"]): boolean {
  return compare(site.range.start, position) <= 0 && compare(position, site.range.end) <= 0;
}
