/** The Heap Escapes view: asks the server for what is opened, and again when the server says that it has changed. */
import * as l10n from "@vscode/l10n";
import {
  commands,
  type Disposable,
  EventEmitter,
  type Memento,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import {
  type TreeFilter,
  type TreeGrouping,
  treeMethod,
  type TreeParams,
  type TreeResult,
} from "../../../server/src/protocol.js";
import { viewContexts, viewId } from "../identifiers.js";
import type { LanguageServer } from "../languageServer.js";
import { type MoreNode, Pages, type ViewItem } from "./pages.js";
import { treeItem } from "./treeItems.js";
import { filterWords, isNarrowed, readState, type ViewState } from "./viewState.js";

/** Where the choice is kept in the workspace's state. */
const stateKey = "heapEscapes.view";

export class SiteView implements TreeDataProvider<ViewItem>, Disposable {
  readonly #server: Pick<LanguageServer, "request" | "isRunning">;
  readonly #memento: Memento;
  readonly #changed = new EventEmitter<ViewItem | undefined>();
  readonly #pages = new Pages((part) => this.#fetch(part));
  readonly #view: TreeView<ViewItem>;
  #state: ViewState;

  constructor(server: Pick<LanguageServer, "request" | "isRunning">, memento: Memento) {
    this.#server = server;
    this.#memento = memento;
    this.#state = readState(memento.get(stateKey));
    this.#view = window.createTreeView(viewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#tellContexts();
  }

  readonly onDidChangeTreeData = this.#changed.event;

  get state(): ViewState {
    return this.#state;
  }

  /** What is selected, for commands that a key starts. */
  get selection(): readonly ViewItem[] {
    return this.#view.selection;
  }

  getTreeItem(item: ViewItem): TreeItem {
    return treeItem(item, this.#state.grouping);
  }

  async getChildren(item?: ViewItem): Promise<ViewItem[]> {
    try {
      const { items, result } = await this.#pages.children(item);
      if (item === undefined && result !== undefined) this.#showSums(result);
      return items;
    } catch (error) {
      // A server that starts or ends tells so, and then this is asked again.
      if (this.#server.isRunning) throw error;
      return this.#nothing(item);
    }
  }

  /** The server has something new, or is no longer there. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  showMore(item: MoreNode): void {
    this.#pages.more(item);
    // A node can only be renewed by the object that VS Code was given for it, which may be gone by now.
    this.#changed.fire(undefined);
  }

  async group(grouping: TreeGrouping): Promise<void> {
    await this.#choose({ ...this.#state, grouping });
  }

  async filter(change: Partial<TreeFilter>): Promise<void> {
    await this.#choose({ ...this.#state, filter: { ...this.#state.filter, ...change } });
  }

  /** The children of the top under another order, such as to know which reasons there are. */
  async topOf(grouping: TreeGrouping, filter: TreeFilter): Promise<TreeResult> {
    const params: TreeParams = { grouping, filter, path: [], offset: 0, limit: 1000 };
    return this.#server.request(treeMethod, params);
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #choose(state: ViewState): Promise<void> {
    this.#state = state;
    this.#pages.clear();
    this.#tellContexts();
    this.refresh();
    await this.#memento.update(stateKey, state);
  }

  async #fetch(part: Pick<TreeParams, "path" | "offset" | "limit">): Promise<TreeResult> {
    const params: TreeParams = { ...this.#state, ...part };
    return this.#server.request(treeMethod, params);
  }

  #nothing(item: ViewItem | undefined): ViewItem[] {
    if (item !== undefined) return [];
    this.#view.description = "";
    void commands.executeCommand("setContext", viewContexts.content, "off");
    return [];
  }

  #showSums({ sites, known, problem }: TreeResult): void {
    this.#view.description = known === 0 ? "" : l10n.t("{0} of {1} sites", sites, known);
    // VS Code shows what viewsWelcome has only where there is no message; an empty one is none.
    const filter = sites > 0 ? filterWords(this.#state.filter) : "";
    this.#view.message = [problem ?? "", filter].filter(Boolean).join("\n");
    const content = sites > 0 ? "sites" : known > 0 ? "filtered" : "none";
    void commands.executeCommand("setContext", viewContexts.content, content);
  }

  #tellContexts(): void {
    const { grouping, filter } = this.#state;
    void commands.executeCommand("setContext", viewContexts.grouping, grouping);
    void commands.executeCommand("setContext", viewContexts.narrowed, isNarrowed(filter));
  }
}
