/** Messages of the compiler against sources that are no longer what was compiled: never on another text, never an error. */
import assert from "node:assert/strict";
import type { HeapMessage } from "../../../server/src/compiler/fileFacts.js";
import { anchorOf } from "../../../server/src/syntax/anchors.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { withTree } from "../../../server/src/syntax/treeSitter.js";
import { damaged, Random, shuffledLines } from "./random.js";

const tokens = [
  ...[
    "\n",
    "\n\n",
    "\t",
    "// ",
    "/*",
    "*/",
    "`",
    '"',
    "'",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "\r",
    "\ufeff",
    "日",
    "🙂",
    "\0",
  ],
  ...[
    "func ",
    "func() {",
    "return ",
    "for ",
    "range ",
    "&",
    "T{",
    "make(",
    "append(",
    "...",
    ":= ",
    "go ",
    "defer ",
    "\ud800",
  ],
];

export interface AnchorFigures {
  readonly sources: number;
  readonly asked: number;
  /** How many of the questions found a place. */
  readonly found: number;
}

/** Damages `source` so many times and asks for the place of each message. Throws what an assertion does. */
export function fuzzAnchors(
  source: string,
  messages: readonly HeapMessage[],
  sources: number,
  seed: number,
): AnchorFigures {
  const random = new Random(seed);
  const figures = { sources: 0, asked: 0, found: 0 };
  for (; figures.sources < sources; figures.sources++) {
    let text = source;
    for (let times = 1 + random.below(5); times > 0; times--)
      text = random.below(8) === 0 ? shuffledLines(text, random) : damaged(text, random, tokens);
    withTree(new SourceText(text), (tree) => {
      for (const message of messages) {
        const { form, position, text: said, inlinedCalls } = message;
        const anchor = anchorOf(tree, { form, ...position, text: said, inlinedCalls });
        figures.asked++;
        if (anchor.quality === "missing") continue;
        figures.found++;
        const { start, end } = anchor.range;
        assert.ok(
          0 <= start && start <= end && end <= tree.source.text.length,
          `seed ${seed}: ${start} to ${end}`,
        );
        // A variable is underlined by its name: anything else would be another one's place.
        if (form === "moved" && anchor.quality === "exact" && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(said))
          assert.equal(tree.source.text.slice(start, end), said, `${anchor.nodeForm}, seed ${seed}`);
      }
    });
  }
  return figures;
}
