import { type CodeLens, CodeLensRefreshRequest, type Connection } from "vscode-languageserver/node";
import { type FunctionInfo, functionAt } from "../analysis/functionInfo.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import type { Results } from "../analysis/results.js";
import type { Site } from "../analysis/site.js";
import { goFilePath } from "../documents.js";
import { lensWords } from "../explain/lens.js";

interface CodeLensOptions {
  readonly results: Pick<Results, "of">;
  readonly functions: Pick<FunctionTable, "of">;
  /** Whether the client can be asked to ask again (LSP 3.17, workspace/codeLens/refresh). */
  readonly canRefresh: boolean;
  isEnabled(uri: string): Promise<boolean>;
}

/** Answers `textDocument/codeLens`. The returned function asks the client to ask again: after results and settings changed. */
export function registerCodeLens(connection: Connection, options: CodeLensOptions): () => void {
  connection.onCodeLens(async ({ textDocument }): Promise<CodeLens[]> => {
    const file = goFilePath(textDocument.uri);
    const result = file === undefined ? undefined : options.results.of(file);
    if (file === undefined || result === undefined || !(await options.isEnabled(textDocument.uri))) return [];
    return codeLensesOf(options.functions.of(file), result.sites);
  });
  return () => {
    if (options.canRefresh) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  };
}

/** A lens above each function of which something can be said. It does nothing when clicked (LSP 3.17, Command). */
export function codeLensesOf(functions: readonly FunctionInfo[], sites: readonly Site[]): CodeLens[] {
  const byFunction = new Map<FunctionInfo, Site[]>();
  for (const site of sites) {
    const info = functionAt(functions, site.range.start);
    if (info !== undefined) byFunction.set(info, [...(byFunction.get(info) ?? []), site]);
  }
  return functions.flatMap((info) => {
    const title = lensWords(info, byFunction.get(info) ?? []);
    return title === undefined ? [] : [{ range: info.nameRange, command: { title, command: "" } }];
  });
}
