import type { Connection, TextDocumentPositionParams } from "vscode-languageserver/node";
import { functionAt } from "../analysis/functionInfo.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import { passedTo } from "../analysis/passedTo.js";
import { compare } from "../analysis/remap.js";
import type { Results } from "../analysis/results.js";
import type { Site } from "../analysis/site.js";
import path from "node:path";
import { fileUri, goFilePath } from "../documents.js";
import { explanationPage, type PageLink, type SiteSurroundings } from "../explain/explanation.js";
import { problemSentence } from "../explain/problem.js";
import { type Explanation, type ExplanationLink, explainMethod } from "../protocol.js";
import type { Position } from "../syntax/sourceText.js";

interface ExplainOptions {
  readonly results: Pick<Results, "of">;
  readonly functions: Pick<FunctionTable, "of" | "named">;
}

/** Answers `goEscapeLens/explain`: all that is known of the escape at the cursor; null where there is none on its line. */
export function registerExplain(connection: Connection, options: ExplainOptions): void {
  connection.onRequest(
    explainMethod,
    ({ textDocument, position }: TextDocumentPositionParams): Explanation | null => {
      const file = goFilePath(textDocument.uri);
      const result = file === undefined ? undefined : options.results.of(file);
      if (result === undefined) return null;
      const sites = sitesAt(result.sites, position);
      const [first] = sites;
      if (first === undefined) return null;
      const stale = result.stale && problemSentence(result.stale);
      const page = explanationPage(sites, (site) => surroundingsOf(site, options, stale));
      return {
        title: `${path.basename(first.file)}:${first.range.start.line + 1}`,
        text: `${page.lines.join("\n")}\n`,
        links: page.links.map(linkOf),
      };
    },
  );
}

/** The sites under a position, the innermost first; without any, those that begin on its line. */
export function sitesAt(sites: readonly Site[], position: Position): readonly Site[] {
  const under = sites.filter(
    ({ range }) => compare(range.start, position) <= 0 && compare(position, range.end) <= 0,
  );
  if (under.length > 0) return under.toSorted((a, b) => compare(b.range.start, a.range.start));
  return sites.filter(({ range }) => range.start.line === position.line);
}

function surroundingsOf(
  site: Site,
  { functions }: ExplainOptions,
  stale: string | undefined,
): SiteSurroundings {
  const named = (name: string) => functions.named(site.file, name);
  return {
    enclosing: functionAt(functions.of(site.file), site.range.start),
    passedTo: passedTo(site, named),
    inlined: site.inlinedFrom === null ? undefined : named(site.inlinedFrom),
    stale,
  };
}

function linkOf({ line, start, end, target }: PageLink): ExplanationLink {
  return typeof target === "string"
    ? { line, start, end, uri: target, position: null }
    : { line, start, end, uri: fileUri(target.file), position: target.position };
}
