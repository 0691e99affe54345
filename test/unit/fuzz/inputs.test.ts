/** Whatever somebody writes into settings and files, and whatever go prints: read, or refused in words. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDiff } from "../../../server/src/features/tree/lineChanges.js";
import { formatBaseline, parseBaseline } from "../../../server/src/gate/baseline.js";
import { parseConfiguration } from "../../../server/src/gate/configuration.js";
import { joinGoFlags, splitGoFlags } from "../../../server/src/go/buildFlags.js";
import { parseListing, parseModules } from "../../../server/src/go/listOutput.js";
import { classify, firstPosition } from "../../../server/src/go/problems.js";
import { readSourceHeader } from "../../../server/src/go/sourceHeader.js";
import { buildOptions, defaultSettings, parseSettings } from "../../../server/src/settings.js";
import { damaged, Random } from "../../harness/fuzz/random.js";

const runs = { numRuns: Number(process.env["FUZZ_RUNS"] ?? 1000) };

const keys = [
  "go",
  "path",
  "buildFlags",
  "buildTags",
  "env",
  "analysis",
  "run",
  "pgo",
  "diagnostics",
  "severity",
];
const wrongSettings = fc.oneof(
  fc.anything(),
  fc.dictionary(fc.constantFrom(...keys, "__proto__", "constructor"), fc.anything()),
  fc.dictionary(fc.constantFrom(...keys), fc.dictionary(fc.constantFrom(...keys, "toString"), fc.anything())),
);

const tokens = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "\\",
  "null",
  "-1",
  "1e999",
  "\u0000",
  "日",
  "\ufeff",
  '"__proto__":{}',
];

/** Valid text, damaged a few times; or anything. */
function damagedText(valid: string): fc.Arbitrary<string> {
  const damage = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 4 })).map(([seed, times]) => {
    const random = new Random(seed);
    let text = valid;
    for (let time = 0; time < times; time++) text = damaged(text, random, tokens);
    return text;
  });
  return fc.oneof(damage, fc.json(), fc.string({ unit: "binary" }));
}

function inWords(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    // A mistake in the file is an Error with words; a TypeError or a RangeError would be one of ours.
    assert.ok(error instanceof SyntaxError || (error as Error).constructor === Error, String(error));
    assert.notEqual((error as Error).message, "");
  }
}

describe("inputs of any kind", () => {
  it("settings of wrong types leave the defaults, and are reported", () => {
    fc.assert(
      fc.property(wrongSettings, wrongSettings, (own, go) => {
        const { settings, problems } = parseSettings(own, go);
        assert.deepEqual(Object.keys(settings), Object.keys(defaultSettings));
        const options = buildOptions(settings);
        assert.ok(options.buildFlags.every((flag) => typeof flag === "string"));
        assert.ok(Object.values(options.env).every((value) => typeof value === "string"));
        assert.ok(["onType", "onSave", "manual"].includes(settings.analysis.run));
        assert.ok(problems.every((problem) => /^(?:goEscapeLens|go)\./.test(problem)));
      }),
      runs,
    );
  });

  const configuration = JSON.stringify({
    level: "hint",
    severity: { body: "error", "return-address": "off" },
    targets: ["linux/arm64"],
    limits: [{ reason: ["append-growth"], path: "a/**", max: 3, message: "no" }],
  });
  it("a configuration is read or refused in words", () => {
    fc.assert(
      fc.property(damagedText(configuration), (text) => {
        inWords(() => parseConfiguration(text));
      }),
      runs,
    );
  });

  const known = {
    id: "0123",
    package: "m",
    file: "a.go",
    function: "F",
    kind: "moved",
    expression: "x",
    reason: "return-address",
    surroundings: null,
  } as const;
  it("a baseline is read or refused in words, and what was read is written the same", () => {
    const valid = formatBaseline([known, { ...known, id: "4567" }]);
    fc.assert(
      fc.property(damagedText(valid), (text) => {
        inWords(() => {
          const sites = parseBaseline(text);
          assert.deepEqual(new Set(parseBaseline(formatBaseline(sites))), new Set(sites));
        });
      }),
      runs,
    );
  });

  const listing = '{"ImportPath":"a","GoFiles":["a \\" }.go"],"Error":{"Err":"x\\n{"}}\n{"ImportPath":"b"}\n';
  it("what go list prints is read as far as it goes", () => {
    fc.assert(
      fc.property(damagedText(listing), (text) => {
        for (const each of parseListing(text)) assert.ok("ImportPath" in each);
        for (const each of parseModules(text)) assert.ok("Path" in each);
        classify(text);
        firstPosition(text, "/m");
      }),
      runs,
    );
  });

  it("a listing with a string of 20 MB that does not end is read as far as it goes", () => {
    assert.equal(parseListing(`${listing}{"ImportPath":"${"x\\n".repeat(7_000_000)}`).length, 2);
  });

  const header =
    '//go:build linux && !cgo\n\n// Package p.\npackage p\n\nimport (\n\t"fmt"\n\te `embed`\n)\n\n//go:embed a b/*\nvar f e.FS\n';
  it("the head of any Go file is read", () => {
    fc.assert(
      fc.property(damagedText(header), (text) => {
        readSourceHeader(text);
      }),
      runs,
    );
  });

  it("any diff is read", () => {
    const diff = "diff --git a/p.go b/p.go\n--- a/p.go\n+++ b/p.go\n@@ -1,2 +3,4 @@ func\n+x\n";
    fc.assert(
      fc.property(damagedText(diff), (text) => {
        parseDiff(text);
      }),
      runs,
    );
  });

  it("flags are split as they were joined", () => {
    const word = fc
      .string({ unit: "binary", minLength: 1 })
      .filter((each) => !(each.includes("'") && each.includes('"')));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        assert.deepEqual(splitGoFlags(joinGoFlags(words)), words);
      }),
      runs,
    );
  });
});
