/** Copies trees out of WebAssembly memory, by the functions that the library's own cursor calls. */
import { type NodeNames, TreeCopy } from "./treeCopy.js";

/**
 * Functions of the WebAssembly module (web-tree-sitter 0.25, lib/tree-sitter.c). All take the address of a tree, and have
 * the cursor in a buffer of the module's, where it stays as long as nothing else of the library is called: its own class
 * writes it there before each step and reads it back, number by number, which takes most of the time of a walk.
 */
const functions = [
  "_ts_tree_cursor_goto_first_child_wasm",
  "_ts_tree_cursor_goto_next_sibling_wasm",
  "_ts_tree_cursor_goto_parent_wasm",
  "_ts_tree_cursor_current_node_type_id_wasm",
  "_ts_tree_cursor_current_node_is_missing_wasm",
  "_ts_tree_cursor_current_field_id_wasm",
  "_ts_tree_cursor_start_index_wasm",
  "_ts_tree_cursor_end_index_wasm",
  "_ts_tree_cursor_delete_wasm",
] as const;

/** The functions, each with the address of a tree for its argument. */
export type CursorFunctions = Readonly<Record<(typeof functions)[number], (tree: number) => number>>;

/** Whether an object is the module with all of them. */
export function isCursorModule(module: object): module is CursorFunctions {
  return functions.every((name) => typeof (module as Record<string, unknown>)[name] === "function");
}

/** A tree in WebAssembly memory. */
export interface WalkedTree {
  readonly address: number;
  /** How many nodes it has. */
  readonly size: number;
}

/** Copies the tree whose root the module's cursor was just put on, and frees the cursor. `text` is the source's. */
export function copyTree(
  module: CursorFunctions,
  { address, size }: WalkedTree,
  names: NodeNames,
  text: string,
): TreeCopy {
  const copy = new TreeCopy(names, text, size);
  let row = add(module, address, copy, -1, -1);
  walk: for (;;) {
    if (module._ts_tree_cursor_goto_first_child_wasm(address) !== 0) {
      row = add(module, address, copy, row, -1);
      continue;
    }
    copy.close(row);
    while (module._ts_tree_cursor_goto_next_sibling_wasm(address) === 0) {
      row = copy.parents[row] ?? -1;
      if (module._ts_tree_cursor_goto_parent_wasm(address) === 0) break walk;
      copy.close(row);
    }
    row = add(module, address, copy, copy.parents[row] ?? -1, row);
  }
  module._ts_tree_cursor_delete_wasm(address);
  return copy;
}

function add(
  module: CursorFunctions,
  address: number,
  copy: TreeCopy,
  parent: number,
  previous: number,
): number {
  const start = module._ts_tree_cursor_start_index_wasm(address);
  const end = module._ts_tree_cursor_end_index_wasm(address);
  const row = {
    type: module._ts_tree_cursor_current_node_type_id_wasm(address),
    start,
    end,
    field: module._ts_tree_cursor_current_field_id_wasm(address),
    isMissing: start === end && module._ts_tree_cursor_current_node_is_missing_wasm(address) !== 0,
  };
  return copy.add(row, parent, previous);
}
