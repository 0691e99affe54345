import type { Connection, TextDocumentPositionParams } from "vscode-languageserver/node";
import type { FunctionTable } from "../analysis/functionTable.js";
import { compare, touches } from "../analysis/remap.js";
import type { Results } from "../analysis/results.js";
import type { Site } from "../analysis/site.js";
import { goFilePath } from "../documents.js";
import { explanationPage } from "../explain/explanation.js";
import { problemSentence } from "../explain/problem.js";
import { surroundingsOf } from "../explain/surroundings.js";
import { type Explanation, explainMethod } from "../protocol.js";
import type { Position } from "../syntax/sourceText.js";
import { pagePatience, type TakerOf, takersOf } from "../analysis/takers.js";
import { explanationOf, placeTitle } from "./explanationDocument.js";

interface ExplainOptions {
  readonly results: Pick<Results, "of">;
  readonly functions: Pick<FunctionTable, "of" | "named">;
  readonly takerOf: TakerOf;
  /** Resolves when how the values of an absolute file reach the heap is known, as far as it can be. */
  readonly explained: (file: string) => Promise<void>;
}

/** Answers `goEscapeLens/explain`: all that is known of the escape at the cursor; null where there is none on its line. */
export function registerExplain(connection: Connection, options: ExplainOptions): void {
  connection.onRequest(
    explainMethod,
    async ({ textDocument, position }: TextDocumentPositionParams): Promise<Explanation | null> => {
      const file = goFilePath(textDocument.uri);
      if (file === undefined) return null;
      await options.explained(file);
      const result = options.results.of(file);
      if (result === undefined) return null;
      const sites = sitesAt(result.sites, position);
      const [first] = sites;
      if (first === undefined) return null;
      const stale = result.stale && problemSentence(result.stale);
      const passed = await takersOf(sites, options.takerOf, pagePatience);
      const page = explanationPage(sites, (site) =>
        surroundingsOf(site, options.functions, passed.get(site), stale),
      );
      return explanationOf(page, placeTitle(first.file, first.range.start));
    },
  );
}

/** The sites under a position, the innermost first; without any, those that begin on its line. */
export function sitesAt(sites: readonly Site[], position: Position): readonly Site[] {
  const under = sites.filter(({ range }) => touches(range, position));
  if (under.length > 0) return under.toSorted((a, b) => compare(b.range.start, a.range.start));
  return sites.filter(({ range }) => range.start.line === position.line);
}
