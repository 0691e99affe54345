/** What can be done in the Heap Escapes view. */
import * as l10n from "@vscode/l10n";
import { env, Range, Uri, window } from "vscode";
import { sitePlaceMethod, type SitePlaceParams } from "../../../server/src/protocol.js";
import type { LanguageServer } from "../languageServer.js";
import { commandIds } from "../identifiers.js";
import { exportSites } from "./exportSites.js";
import { askFilter, askText, clearFilter } from "./filterMenu.js";
import type { MoreNode, ViewItem, ViewNode } from "./pages.js";
import type { SiteView } from "./siteView.js";

/** A range as the protocol has it (LSP 3.17, Range). */
interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The view's commands by id. */
export function viewCommands(view: SiteView, server: Pick<LanguageServer, "request">) {
  return {
    [commandIds.groupByPackage]: () => view.group("package"),
    [commandIds.groupByReason]: () => view.group("reason"),
    [commandIds.rankSites]: () => view.group("rank"),
    [commandIds.filterSites]: () => askFilter(view),
    [commandIds.searchSites]: () => askText(view),
    [commandIds.clearSiteFilter]: () => clearFilter(view),
    [commandIds.exportSites]: () => exportSites(view, server),
    [commandIds.copySites]: (item?: ViewItem, selected?: readonly ViewItem[]) =>
      copy(selected ?? (item === undefined ? view.selection : [item])),
    [commandIds.openSite]: (item: ViewNode) => open(item, server),
    [commandIds.showMoreSites]: (item: MoreNode) => {
      view.showMore(item);
    },
  };
}

async function copy(items: readonly ViewItem[]): Promise<void> {
  const lines = items.flatMap((item) => (item.kind === "node" ? [item.node.text] : []));
  if (lines.length > 0) await env.clipboard.writeText(lines.join("\n"));
}

/** The place is asked for when somebody goes there: the text may have been edited since the row was made. */
async function open({ node }: ViewNode, server: Pick<LanguageServer, "request">): Promise<void> {
  const { uri, id } = node;
  if (uri === null || id === null) return;
  const params: SitePlaceParams = { uri, id };
  const range = await server.request<PlainRange | null>(sitePlaceMethod, params);
  const selection =
    range === null
      ? {}
      : {
          selection: new Range(range.start.line, range.start.character, range.end.line, range.end.character),
        };
  await window.showTextDocument(Uri.parse(uri), { preview: true, ...selection });
  if (range === null)
    await window.showInformationMessage(
      l10n.t("The code has changed since, and this site is no longer there."),
    );
}
