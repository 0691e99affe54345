/** Answers what the Heap Escapes view asks: children of a node, the place of a site, all as a text. */
import path from "node:path";
import type { CancellationToken, Connection } from "vscode-languageserver/node";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import type { Results } from "../../analysis/results.js";
import type { SeverityRules } from "../../analysis/severity.js";
import type { Site } from "../../analysis/site.js";
import type { Build } from "../../cli/report.js";
import { type Documents, fileUri, goFilePath } from "../../documents.js";
import { RevisionError } from "../../gate/git.js";
import {
  exportMethod,
  type ExportParams,
  sitePlaceMethod,
  type SitePlaceParams,
  treeChangedMethod,
  type TreeFilter,
  treeMethod,
  type TreeParams,
  type TreeResult,
} from "../../protocol.js";
import type { Range } from "../../syntax/sourceText.js";
import { signalOf } from "../cancellation.js";
import { changeNotice } from "./changeNotice.js";
import { exportText } from "./exportSites.js";
import { HeadChanges } from "./headChanges.js";
import { siteFilter } from "./siteFilter.js";
import { byPlace } from "./siteRank.js";
import { SiteTree } from "./siteTree.js";
import { groupNode, siteNode } from "./treeNodes.js";

export interface SiteTreeOptions {
  readonly results: Pick<Results, "all" | "of" | "revision" | "onChange">;
  readonly documents: Pick<Documents, "onEdit" | "onSave" | "onClose">;
  /** Absolute folders of the workspace. */
  folders(): readonly string[];
  /** Whether git may be run. */
  isTrusted(): boolean;
  rulesOf(uri: string): Promise<SeverityRules>;
  /** What Go the folder (absolute) is built with, and for which target. */
  buildOf(folder: string): Promise<Build>;
}

/** Children that one answer has at most, whatever is asked for. */
const mostChildren = 5000;

/** The view's requests (protocol.ts), and the notification that the tree has changed. */
export function registerSiteTree(connection: Connection, options: SiteTreeOptions): void {
  const trees = new Trees(options);
  let isAsked = false;
  const changed = changeNotice(() => void connection.sendNotification(treeChangedMethod));
  options.results.onChange(() => {
    // Editors without the view have no use for the notification.
    if (isAsked) changed();
  });
  connection.onRequest(treeMethod, async (params: TreeParams, token: CancellationToken) => {
    isAsked = true;
    return trees.children(params, signalOf(token));
  });
  connection.onRequest(sitePlaceMethod, (params: SitePlaceParams) => placeOf(params, options.results));
  connection.onRequest(exportMethod, async ({ format, filter }: ExportParams, token: CancellationToken) => {
    const { sites, problem } = await trees.sites(filter, signalOf(token));
    // A file that lacks what was asked for would be taken for the whole.
    if (problem !== null) throw new ResponseError(LSPErrorCodes.RequestFailed, problem);
    const [folder = "."] = options.folders();
    const [build, rules] = await Promise.all([options.buildOf(folder), options.rulesOf(fileUri(folder))]);
    return exportText(format, { sites: sites.toSorted(byPlace), folder, build, rules });
  });
}

/** The newest tree that was asked for, and what it is made from. */
class Trees {
  readonly #options: SiteTreeOptions;
  readonly #head = new HeadChanges();
  #newest: { readonly name: string; readonly tree: SiteTree } | undefined;

  constructor(options: SiteTreeOptions) {
    this.#options = options;
    const { documents } = options;
    documents.onEdit(({ document, changes }) => {
      const file = goFilePath(document.uri);
      if (file !== undefined) this.#head.edited(file, changes);
    });
    for (const onSettled of [documents.onSave, documents.onClose]) {
      onSettled(({ document }) => {
        const file = goFilePath(document.uri);
        if (file !== undefined) this.#head.settled(file);
      });
    }
  }

  async children(params: TreeParams, signal: AbortSignal): Promise<TreeResult> {
    const { grouping, filter, path: nodePath, offset, limit } = params;
    const problem = await this.#readChanges(filter, signal);
    const tree = this.#tree(params, problem === null);
    const { groups, sites } = tree.children(nodePath);
    const end = offset + Math.min(limit, mostChildren);
    const relative = relativeToFolders(this.#options.folders());
    return {
      nodes: [
        ...groups.slice(offset, end).map((group) => groupNode(group, relative)),
        ...sites.slice(offset, end).map((site) => siteNode(site, grouping, relative)),
      ],
      total: groups.length + sites.length,
      sites: tree.sitesBelow(nodePath)?.length ?? 0,
      known: this.#known(),
      problem,
    };
  }

  /** All sites that pass a filter, in no order. */
  async sites(filter: TreeFilter, signal: AbortSignal): Promise<{ sites: Site[]; problem: string | null }> {
    const problem = await this.#readChanges(filter, signal);
    return { sites: this.#filtered(filter), problem };
  }

  /** Returns why the lines that changed are not known, where they are asked for. */
  async #readChanges(filter: TreeFilter, signal: AbortSignal): Promise<string | null> {
    if (!filter.changed || !this.#options.isTrusted()) return null;
    try {
      await this.#head.read(this.#options.folders(), signal);
      return null;
    } catch (error) {
      if (error instanceof RevisionError) return error.message;
      throw error;
    }
  }

  #tree({ grouping, filter }: TreeParams, isComplete: boolean): SiteTree {
    const { results } = this.#options;
    const applied = isComplete ? filter : { ...filter, changed: false };
    const name = JSON.stringify([grouping, applied, results.revision, this.#head.revision]);
    if (this.#newest?.name === name) return this.#newest.tree;
    const tree = new SiteTree(grouping, this.#filtered(applied));
    this.#newest = { name, tree };
    return tree;
  }

  #filtered(filter: TreeFilter): Site[] {
    const passes = siteFilter(filter, ({ file, range }) => this.#head.touches(file, range));
    const passing: Site[] = [];
    for (const { sites } of this.#options.results.all())
      for (const site of sites) if (passes(site)) passing.push(site);
    return passing;
  }

  #known(): number {
    let known = 0;
    for (const { sites } of this.#options.results.all()) known += sites.length;
    return known;
  }
}

function placeOf({ uri, id }: SitePlaceParams, results: Pick<Results, "of">): Range | null {
  const file = goFilePath(uri);
  const site = file === undefined ? undefined : results.of(file)?.sites.find((each) => each.id === id);
  return site?.range ?? null;
}

/** Paths as seen from the folder that they are in; of several folders, with the folder's name in front. */
function relativeToFolders(folders: readonly string[]): (file: string) => string {
  return (file) => {
    const folder = folders.find((each) => file.startsWith(each + path.sep));
    if (folder === undefined) return file;
    const from = folders.length === 1 ? folder : path.dirname(folder);
    return path.relative(from, file).split(path.sep).join("/");
  };
}
