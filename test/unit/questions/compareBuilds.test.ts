import assert from "node:assert/strict";
import type { Site } from "../../../server/src/analysis/site.js";
import { compareBuilds } from "../../../server/src/questions/compareBuilds.js";

/** `id@line expression reason`, as far as the comparison looks. */
function site(text: string): Site {
  const [, id = "", line = "", expression = "", reason = ""] = /^(\w+)@(\d+) (\S+) (\S+)$/.exec(text) ?? [];
  const place = { line: Number(line), character: 0 };
  return { id, expression, reason, nodeRange: { start: place, end: place } } as unknown as Site;
}

const words = (each: Site) => `${each.id}@${each.nodeRange.start.line} ${each.expression} ${each.reason}`;

describe("compareBuilds", () => {
  const cases: readonly (readonly [
    string,
    string[],
    string[],
    { gone: string[]; added: string[]; changed: string[]; same: string[] },
  ])[] = [
    [
      "takes equal sites for the same",
      ["a@1 x r"],
      ["a@1 x r"],
      { gone: [], added: [], changed: [], same: ["a@1 x r"] },
    ],
    [
      "sees another reason of one site",
      ["a@1 x r"],
      ["a@1 x s"],
      { gone: [], added: [], changed: ["a@1 x r"], same: [] },
    ],
    [
      "pairs sites of another kind at one place",
      ["a@1 x r"],
      ["b@1 x s"],
      { gone: [], added: [], changed: ["a@1 x r"], same: [] },
    ],
    [
      "prefers the same expression at one place",
      ["a@1 x r"],
      ["b@1 y r", "c@1 x r"],
      { gone: [], added: ["b@1 y r"], changed: [], same: ["a@1 x r"] },
    ],
    [
      "tells what one build alone has",
      ["a@1 x r", "b@2 y r"],
      ["b@2 y r", "c@3 z r"],
      { gone: ["a@1 x r"], added: ["c@3 z r"], changed: [], same: ["b@2 y r"] },
    ],
  ];
  for (const [what, before, after, expected] of cases) {
    it(what, () => {
      const found = compareBuilds(before.map(site), after.map(site), (a, b) => a.reason === b.reason);
      assert.deepEqual(
        {
          gone: found.gone.map(words),
          added: found.added.map(words),
          changed: found.changed.map(([each]) => words(each)),
          same: found.same.map(words),
        },
        expected,
      );
    });
  }
});
