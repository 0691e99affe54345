import type { ClientCapabilities } from "vscode-languageserver/node";
import { MarkupKind } from "vscode-languageserver/node";
import type { PositionEncoding } from "./syntax/sourceText.js";

/** What the client can do, as a flat record; everything absent is taken as not supported. */
export interface Capabilities {
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  readonly workspaceFolders: boolean;
  readonly workDoneProgress: boolean;
  /** Whether the client can open a document that the server names (LSP 3.16, window/showDocument). */
  readonly showsDocuments: boolean;
  readonly markdownHover: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticVersion: boolean;
  readonly inlayHintRefresh: boolean;
  readonly codeLensRefresh: boolean;
  readonly snippets: boolean;
}

/** Reads LSP's nested capabilities (LSP 3.17, initialize). */
export function readCapabilities(client: ClientCapabilities): Capabilities {
  const { workspace, textDocument, window } = client;
  const diagnostics = textDocument?.publishDiagnostics;
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    workDoneProgress: window?.workDoneProgress === true,
    showsDocuments: window?.showDocument?.support === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
    diagnosticData: diagnostics?.dataSupport === true,
    diagnosticVersion: diagnostics?.versionSupport === true,
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
    codeLensRefresh: workspace?.codeLens?.refreshSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}

/**
 * What positions are counted in (LSP 3.17, general.positionEncodings): UTF-16 wherever the client lists it, as gopls then
 * counts so too, and some editors want one counting for all servers of a buffer; else the first one that is known.
 */
export function choosePositionEncoding({ general }: ClientCapabilities): PositionEncoding {
  const offered: readonly string[] = general?.positionEncodings ?? [];
  if (offered.includes("utf-16")) return "utf-16";
  return offered.find((each) => each === "utf-8" || each === "utf-32") ?? "utf-16";
}
