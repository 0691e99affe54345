import type { Diagnostic } from "vscode-languageserver/node";
import type { DiagnosticData } from "./diagnostics.js";

/** The id of the site that one of our diagnostics is about; clients hand its data back as it was. Undefined for others'. */
export function siteIdOf(diagnostic: Diagnostic): string | undefined {
  if (diagnostic.source !== "escape") return undefined;
  const data = diagnostic.data as Partial<DiagnosticData> | null | undefined;
  return typeof data?.id === "string" ? data.id : undefined;
}
