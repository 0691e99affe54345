/** Writes what the Heap Escapes view has to a file of the person's choice. */
import * as l10n from "@vscode/l10n";
import { Uri, window, workspace } from "vscode";
import { exportFormats, exportMethod, type ExportParams } from "../../../server/src/protocol.js";
import type { LanguageServer } from "../languageServer.js";
import type { SiteView } from "./siteView.js";

type Format = ExportParams["format"];

/** Asks for a format and a file; writes nothing where the person ends one of the questions. Rejects as the server does. */
export async function exportSites(view: SiteView, server: Pick<LanguageServer, "request">): Promise<void> {
  const items = exportFormats.map((format) => ({ ...formats[format](), format }));
  const title = l10n.t("Export Heap Escapes");
  const picked = await window.showQuickPick(items, { title });
  if (picked === undefined) return;
  const { format, label, extension } = picked;
  const file = await window.showSaveDialog({
    title,
    filters: { [label]: [extension] },
    ...defaultPlace(`heap-escapes.${extension}`),
  });
  if (file === undefined) return;
  const text = await server.request<string>(exportMethod, { format, filter: view.state.filter });
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await window.showTextDocument(file);
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

/** Where a save dialog begins: in the first folder, if there is any. */
export function defaultPlace(name: string): { defaultUri?: Uri } {
  const folder = workspace.workspaceFolders?.[0];
  return folder === undefined ? {} : { defaultUri: Uri.joinPath(folder.uri, name) };
}
