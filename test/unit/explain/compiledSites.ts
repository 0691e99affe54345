/** Sites of a source as the real compiler and the real syntax give them, for tests of words. */
import { type FunctionInfo, functionsOfFile } from "../../../server/src/analysis/functionInfo.js";
import { siteDraftsOfFile } from "../../../server/src/analysis/fileSites.js";
import type { Site } from "../../../server/src/analysis/site.js";
import type { DeclaredFacts, FileFacts } from "../../../server/src/compiler/fileFacts.js";
import type { SourceText } from "../../../server/src/syntax/sourceText.js";
import { compileFile } from "../syntax/marked.js";

export interface CompiledFile {
  /** Absolute; the file is gone by now. */
  readonly path: string;
  readonly source: SourceText;
  readonly facts: FileFacts & DeclaredFacts;
  readonly sites: readonly Site[];
  readonly functions: readonly FunctionInfo[];
  /** The sites that start on the line of the only occurrence of `needle`. */
  at(needle: string): readonly Site[];
}

/** Compiles one file, with ids that only count. */
export function compiled(contents: string): CompiledFile {
  const { source, facts } = compileFile(contents);
  const file = facts.heap[0]?.position.file ?? "a.go";
  const drafts = siteDraftsOfFile({ file, importPath: "example.com/m", source, facts });
  const sites = drafts.map((draft, index) => ({ ...draft, id: String(index) }));
  return {
    path: file,
    source,
    facts,
    sites,
    functions: functionsOfFile({ file, source, facts }),
    at: (needle) => {
      const line = contents.slice(0, contents.indexOf(needle)).split("\n").length - 1;
      return sites.filter((site) => site.range.start.line === line);
    },
  };
}
