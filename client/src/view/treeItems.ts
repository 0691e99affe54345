/** The rows of the Heap Escapes view as VS Code draws them. */
import * as l10n from "@vscode/l10n";
import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from "vscode";
import type { TreeGrouping, TreeNode } from "../../../server/src/protocol.js";
import { colorIds, commandIds, extensionId } from "../identifiers.js";
import { type MoreNode, nameOf, type ViewItem, type ViewNode } from "./pages.js";

/** The row of an item. Its id is the same after each analysis, so that what was opened stays open. */
export function treeItem(item: ViewItem, grouping: TreeGrouping): TreeItem {
  return item.kind === "more" ? moreItem(item, grouping) : nodeItem(item, grouping);
}

function nodeItem(item: ViewNode, grouping: TreeGrouping): TreeItem {
  const { node, path } = item;
  const isSite = node.kind === "site";
  const row = new TreeItem(
    node.label,
    isSite ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  row.id = `${grouping}\0${nameOf(path)}`;
  row.description = node.description;
  row.tooltip = node.tooltip;
  row.accessibilityInformation = { label: node.accessibleLabel, role: "treeitem" };
  row.contextValue = `${extensionId}.${node.kind}`;
  row.iconPath = iconOf(node);
  if (node.kind === "file" && node.uri !== null) row.resourceUri = Uri.parse(node.uri);
  if (isSite) row.command = { command: commandIds.openSite, title: l10n.t("Go to Site"), arguments: [item] };
  return row;
}

function moreItem(item: MoreNode, grouping: TreeGrouping): TreeItem {
  const label = l10n.t("Show more ({0} of {1} are shown)", item.shown, item.total);
  const row = new TreeItem(label, TreeItemCollapsibleState.None);
  row.id = `${grouping}\0${nameOf(item.path)}\0\0more`;
  row.command = { command: commandIds.showMoreSites, title: label, arguments: [item] };
  row.iconPath = new ThemeIcon("ellipsis");
  return row;
}

/** Sites differ by the form of their signs; the color only adds to it. */
function iconOf({ kind, weight }: TreeNode): ThemeIcon {
  switch (kind) {
    case "package":
      return new ThemeIcon("package");
    case "file":
      return ThemeIcon.File;
    case "function":
      return new ThemeIcon("symbol-function");
    case "reason":
      return new ThemeIcon("tag");
    case "site":
      return weight === null ? new ThemeIcon("circle-outline") : siteIcons[weight];
  }
}

const siteIcons: Readonly<Record<NonNullable<TreeNode["weight"]>, ThemeIcon>> = {
  none: new ThemeIcon("circle-outline", new ThemeColor(colorIds.noAllocation)),
  some: new ThemeIcon("circle-filled", new ThemeColor(colorIds.allocation)),
  loop: new ThemeIcon("sync", new ThemeColor(colorIds.loopAllocation)),
};
