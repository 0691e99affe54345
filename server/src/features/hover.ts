/** Which hover there is under the cursor: that of the sites, else that of a parameter, else none. */
import { type Connection, type Hover, type HoverParams, MarkupKind } from "vscode-languageserver/node";
import { touches } from "../analysis/remap.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import { goFilePath } from "../documents.js";
import { parameterHover, type ParameterHoverOptions } from "./parameterHover.js";
import { siteHovers, type SiteHoverOptions } from "./siteHovers.js";

interface HoverOptions extends SiteHoverOptions, ParameterHoverOptions {
  rulesOf(uri: string): Promise<SeverityRules>;
}

/** Explains the sites under the cursor; answers null where there is nothing to say, so that other hovers stand alone. */
export function registerHover(connection: Connection, options: HoverOptions): void {
  connection.onHover(async ({ textDocument, position }: HoverParams): Promise<Hover | null> => {
    const file = goFilePath(textDocument.uri);
    const result = file === undefined ? undefined : options.results.of(file);
    if (file === undefined || result === undefined) return null;
    const rules = await options.rulesOf(textDocument.uri);
    const sites = result.sites.filter((site) => touches(site.range, position) && isWorthAHover(site, rules));
    const [first] = sites;
    if (first === undefined) return await parameterHover(textDocument.uri, file, position, options);
    const markdown = options.capabilities.markdownHover;
    const words = await siteHovers(sites, result, rules, options);
    return {
      contents: {
        kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
        value: words.join(markdown ? "\n\n---\n\n" : "\n\n"),
      },
      range: first.range,
    };
  });
}

/** Sites that are quiet because of where they stand are still explained to whoever asks; those that cost nothing are not. */
function isWorthAHover(site: Site, rules: SeverityRules): boolean {
  return site.allocates !== "no" || severityOf(site, rules) !== "off";
}
