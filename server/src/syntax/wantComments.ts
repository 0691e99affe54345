/** Comments that say what is expected of their line, as those of Go's analysistest do: `x := 1 // want "moved to heap: x"`. */
import type { GoTree } from "./goSyntax.js";
import { present } from "./nodes.js";

export interface WantComment {
  /** Go's line (from 1) on which the comment begins: that is the one it speaks of. */
  readonly line: number;
  /** What stands behind `// want`, white space at its ends removed. */
  readonly words: string;
}

const pattern = /^\/\/ ?want(?=[\s:]|$)(.*)$/s;

/** Whether a text may hold such comments: asked before it is parsed. */
export function mayHaveWants(text: string): boolean {
  return /\/\/ ?want(?:[\s:]|$)/m.test(text);
}

/** All such comments of a file, in source order. What only looks like one, in a string, is none. */
export function wantComments(tree: GoTree): WantComment[] {
  return present(tree.root.descendantsOfType("comment")).flatMap((comment) => {
    const match = pattern.exec(comment.text);
    if (match === null) return [];
    return [{ line: tree.source.lineOf(comment.startIndex), words: (match[1] ?? "").trim() }];
  });
}
