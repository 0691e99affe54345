/** Wiring of what an editor asks for while a file is read or written: hovers, code lenses, inlay hints and completions. */
import type { Connection } from "vscode-languageserver/node";
import type { FunctionTable } from "./analysis/functionTable.js";
import type { Results } from "./analysis/results.js";
import type { Capabilities } from "./capabilities.js";
import type { Documents } from "./documents.js";
import { registerCodeLens } from "./features/codeLens.js";
import { registerDirectiveCompletion } from "./features/directiveCompletion.js";
import { registerHover } from "./features/hover.js";
import { registerInlayHints } from "./features/inlayHints.js";
import type { TakerOf } from "./analysis/takers.js";
import type { InitializationOptions } from "./protocol.js";
import type { SettingsStore } from "./settingsStore.js";

interface ReadingOptions {
  readonly documents: Documents;
  readonly results: Results;
  readonly functions: FunctionTable;
  readonly capabilities: Capabilities;
  readonly settings: SettingsStore;
  readonly initialization: InitializationOptions | undefined;
  readonly takerOf: TakerOf;
  /** Asks for the flows of an absolute file that were cut. */
  readonly explain: (file: string) => void;
}

/** Answers these requests; returns what makes the client ask anew, as nobody pushes lenses and hints. */
export function registerReadingFeatures(connection: Connection, options: ReadingOptions): () => void {
  const { documents, results, functions, capabilities, settings, explain, takerOf } = options;
  const rulesOf = async (uri: string) => (await settings.of(uri)).diagnostics;
  registerHover(connection, {
    results,
    capabilities,
    diagnosticsInHover: options.initialization?.diagnosticsInHover === true,
    rulesOf,
    functions,
    takerOf,
    explain,
    explainsParameters: async (uri) => (await settings.of(uri)).hover.parameters,
  });
  registerDirectiveCompletion(connection, { documents, results, snippets: capabilities.snippets });
  const refreshLenses = registerCodeLens(connection, {
    results,
    functions,
    canRefresh: capabilities.codeLensRefresh,
    isEnabled: async (uri) => (await settings.of(uri)).codeLens.enabled,
  });
  const refreshHints = registerInlayHints(connection, {
    results,
    canRefresh: capabilities.inlayHintRefresh,
    rulesOf,
    isEnabled: async (uri) => (await settings.of(uri)).inlayHints.enabled,
  });
  return () => {
    refreshLenses();
    refreshHints();
  };
}
