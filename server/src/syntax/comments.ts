import type { GoTree } from "./goSyntax.js";

/** Whether one comment holds all of the text between two offsets, and begins with it. */
export function isInComment({ root }: GoTree, start: number, end: number): boolean {
  const node = root.descendantForIndex(start, Math.max(start, end - 1));
  return node?.type === "comment" && node.startIndex === start;
}
