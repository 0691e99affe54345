/** The menu in which the person chooses what the Heap Escapes view has. */
import * as l10n from "@vscode/l10n";
import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { TreeFilter, TreeNode } from "../../../server/src/protocol.js";
import type { SiteView } from "./siteView.js";
import { type FilterSwitch, filterSwitches, initialState, switchWords } from "./viewState.js";

interface SwitchItem extends QuickPickItem {
  readonly filterSwitch: FilterSwitch;
}

interface ReasonItem extends QuickPickItem {
  readonly reason: string;
}

type Item = SwitchItem | ReasonItem | QuickPickItem;

/** Asks which sites to show. No reason ticked means all reasons. */
export async function askFilter(view: SiteView): Promise<void> {
  const { filter } = view.state;
  const { nodes } = await view.topOf("reason", { ...filter, reasons: [] });
  const items: Item[] = [
    ...filterSwitches.map((name) => switchItem(name, filter)),
    { label: l10n.t("Only these reasons"), kind: QuickPickItemKind.Separator },
    ...nodes.map((node) => reasonItem(node, filter)),
  ];
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    title: l10n.t("Filter Heap Escapes"),
    placeHolder: l10n.t("What the view shows; without a reason ticked, all reasons"),
  });
  if (picked !== undefined) await view.filter(chosen(picked));
}

/** Asks for words that the sites must have; nothing takes the words away. */
export async function askText(view: SiteView): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t("Search Heap Escapes"),
    prompt: l10n.t("Words in the code, the function, the file, the package or the reason; all must occur"),
    value: view.state.filter.text,
  });
  if (text !== undefined) await view.filter({ text: text.trim() });
}

/** Shows again what is there at first. */
export async function clearFilter(view: SiteView): Promise<void> {
  await view.filter(initialState.filter);
}

function switchItem(name: FilterSwitch, filter: TreeFilter): SwitchItem {
  return { label: switchWords(name), picked: filter[name], filterSwitch: name };
}

function reasonItem({ key, label, description }: TreeNode, filter: TreeFilter): ReasonItem {
  return { label: key, description, detail: label, picked: filter.reasons.includes(key), reason: key };
}

function chosen(picked: readonly Item[]): Partial<TreeFilter> {
  const on = new Set(picked.flatMap((item) => ("filterSwitch" in item ? [item.filterSwitch] : [])));
  return {
    ...Object.fromEntries(filterSwitches.map((name) => [name, on.has(name)])),
    reasons: picked.flatMap((item) => ("reason" in item ? [item.reason] : [])),
  };
}
