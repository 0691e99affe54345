/** The nodes of the Heap Escapes view as far as they were fetched: a part at a time, however many there are. No VS Code in here. */
import type { TreeNode, TreeParams, TreeResult } from "../../../server/src/protocol.js";

/** Children that are there at first. */
export const pageSize = 200;

/** Children that one answer is asked for at most: a longer one would hold up what else the server has to say. */
const largestPart = 2000;

/** A node of the server's, with the way to it. */
export interface ViewNode {
  readonly kind: "node";
  readonly node: TreeNode;
  readonly path: readonly string[];
}

/** Stands for the children that have not been fetched. */
export interface MoreNode {
  readonly kind: "more";
  /** The way to the node whose children they are. */
  readonly path: readonly string[];
  readonly shown: number;
  readonly total: number;
}

export type ViewItem = ViewNode | MoreNode;

export type Fetch = (part: Pick<TreeParams, "path" | "offset" | "limit">) => Promise<TreeResult>;

export class Pages {
  readonly #fetch: Fetch;
  /** By the way to a node, how many of its children somebody wanted to see. */
  readonly #wanted = new Map<string, number>();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** The children of a node (undefined: of the top), and what the server said of it. Rejects as the request does. */
  async children(item: ViewItem | undefined): Promise<{ items: ViewItem[]; result: TreeResult | undefined }> {
    if (item?.kind === "more") return { items: [], result: undefined };
    const path = item?.path ?? [];
    const limit = this.#wanted.get(nameOf(path)) ?? pageSize;
    const nodes = new Map<string, TreeNode>();
    let result: TreeResult | undefined;
    do {
      const part = Math.min(limit - nodes.size, largestPart);
      result = await this.#fetch({ path, offset: nodes.size, limit: part });
      // Where the tree has changed between two parts, a node can come twice; VS Code takes each id once.
      const known = nodes.size;
      for (const node of result.nodes) nodes.set(node.key, node);
      if (nodes.size === known) break;
    } while (nodes.size < Math.min(limit, result.total));
    const items: ViewItem[] = Array.from(nodes.values(), (node) => ({
      kind: "node",
      node,
      path: [...path, node.key],
    }));
    const shown = items.length;
    if (shown < result.total) items.push({ kind: "more", path, shown, total: result.total });
    return { items, result };
  }

  /** Somebody wants to see more of the children that a node stands for: it is to be asked for its children again. */
  more({ path, shown }: MoreNode): void {
    // Twice as many: so few steps lead to the end of any list, and what has been seen stays where it was.
    this.#wanted.set(nameOf(path), Math.max(2 * shown, 2 * pageSize));
  }

  /** Other children: what was wanted of the old ones counts no longer. */
  clear(): void {
    this.#wanted.clear();
  }
}

/** Names a node among all of the view. */
export function nameOf(path: readonly string[]): string {
  return path.join("\0");
}
