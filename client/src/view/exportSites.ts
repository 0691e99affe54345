/** Writes what the Heap Escapes view has to a file of the person's choice. */
import * as l10n from "@vscode/l10n";
import { window } from "vscode";
import { exportFormats, exportMethod, type ExportParams } from "../../../server/src/protocol.js";
import type { LanguageServer } from "../languageServer.js";
import { saveText } from "../saveText.js";
import type { SiteView } from "./siteView.js";

type Format = ExportParams["format"];

/** Asks for a format and a file; writes nothing where the person ends one of the questions. Rejects as the server does. */
export async function exportSites(view: SiteView, server: Pick<LanguageServer, "request">): Promise<void> {
  const items = exportFormats.map((format) => ({ ...formats[format](), format }));
  const title = l10n.t("Export Heap Escapes");
  const picked = await window.showQuickPick(items, { title });
  if (picked === undefined) return;
  const { format, label, extension } = picked;
  await saveText({ title, name: "heap-escapes", extension, label }, () =>
    server.request<string>(exportMethod, { format, filter: view.state.filter }),
  );
}

const formats: Readonly<Record<Format, () => { label: string; detail: string; extension: string }>> = {
  json: () => ({
    label: "JSON",
    detail: l10n.t("Everything that is known, as `escapelens check --format=json` has it"),
    extension: "json",
  }),
  markdown: () => ({
    label: "Markdown",
    detail: l10n.t("A table for a pull request or an issue"),
    extension: "md",
  }),
  csv: () => ({ label: "CSV", detail: l10n.t("A row for each site, for a spreadsheet"), extension: "csv" }),
};
