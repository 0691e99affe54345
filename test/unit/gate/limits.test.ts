import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Configuration, parseConfiguration } from "../../../server/src/gate/configuration.js";
import { brokenLimits, packagePattern, pathMatcher } from "../../../server/src/gate/limits.js";
import { gateSite } from "./sites.js";

describe("limits", () => {
  const sites = [
    gateSite({
      id: "loop",
      context: "loop",
      reason: "boxed-formatting",
      file: "hot/a.go",
      package: "example.com/m/hot",
    }),
    gateSite({ id: "body", reason: "boxed-formatting", file: "cold/b.go", package: "example.com/m/cold" }),
    gateSite({ id: "test", context: "test", file: "hot/a_test.go", package: "example.com/m/hot" }),
    gateSite({ id: "panic", context: "panic", file: "hot/a.go", package: "example.com/m/hot" }),
  ];

  const broken = (limit: object, known: readonly string[] = []) => {
    const { limits = [] } = parseConfiguration(JSON.stringify({ limits: [limit] }));
    const isKnown = ({ id }: { id: string }) => known.includes(id);
    return brokenLimits(limits, { sites, isKnown, pathOf: ({ file }) => file }).flatMap((one) =>
      one.sites.map(({ id }) => id),
    );
  };

  const cases: [limit: object, counted: string[]][] = [
    [{ forbid: true }, ["loop", "body", "panic"]],
    [{ max: 3 }, []],
    [{ max: 2 }, ["loop", "body", "panic"]],
    [{ reason: "boxed-formatting", max: 1 }, ["loop", "body"]],
    [{ reason: ["boxed-formatting", "boxed-argument"], max: 1 }, ["loop", "body", "panic"]],
    [{ context: "loop", forbid: true }, ["loop"]],
    [{ context: ["test", "panic"], forbid: true }, ["test", "panic"]],
    [{ package: "example.com/m/hot", forbid: true }, ["loop", "panic"]],
    [{ package: "example.com/m/...", forbid: true }, ["loop", "body", "panic"]],
    [{ package: ["example.com/n/...", ".../cold"], forbid: true }, ["body"]],
    [{ path: "hot", forbid: true }, ["loop", "panic"]],
    [{ path: "./hot/", forbid: true }, ["loop", "panic"]],
    [{ path: "**/b.go", forbid: true }, ["body"]],
    [{ path: "hot/*.go", reason: "boxed-formatting", forbid: true }, ["loop"]],
    [{ path: "ho", forbid: true }, []],
  ];
  for (const [limit, counted] of cases) {
    it(`${JSON.stringify(limit)} count ${counted.join(", ") || "nothing"}`, () => {
      assert.deepEqual(broken(limit), counted);
    });
  }

  it("forbid only what is not known, and count all for max", () => {
    assert.deepEqual(broken({ forbid: true }, ["loop", "body"]), ["panic"]);
    assert.deepEqual(broken({ max: 2 }, ["loop", "body"]), ["loop", "body", "panic"]);
  });
});

describe("patterns of import paths", () => {
  const cases: [pattern: string, matching: string[], others: string[]][] = [
    ["a.b/c", ["a.b/c"], ["a.b/c/d", "axb/c"]],
    ["a.b/c/...", ["a.b/c", "a.b/c/d/e"], ["a.b/cd"]],
    ["a.b/c...", ["a.b/c", "a.b/cd/e"], ["a.b"]],
    ["...", ["a", "a/b"], []],
  ];
  for (const [pattern, matching, others] of cases) {
    it(pattern, () => {
      for (const path of matching) assert.ok(packagePattern(pattern)(path), path);
      for (const path of others) assert.ok(!packagePattern(pattern)(path), path);
    });
  }

  it("mean what the go command's regular expression means", () => {
    const piece = fc.constantFrom("...", "/...", "a", "b", "/", "a/b", ".", "+");
    const joined = (pieces: string[]) => pieces.join("");
    const pattern = fc.array(piece, { maxLength: 6 }).map(joined);
    const importPath = fc.array(fc.constantFrom("a", "b", "/", "ab", ".", "+"), { maxLength: 8 }).map(joined);
    fc.assert(
      fc.property(pattern, importPath, (text, name) => {
        const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
        const source = escaped.replace(/\/\\\.\\\.\\\.$/, "(?:/.*)?").replaceAll("\\.\\.\\.", ".*");
        assert.equal(packagePattern(text)(name), new RegExp(`^${source}$`).test(name));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("patterns that were made to take forever", () => {
  it("match import paths in no time", () => {
    const started = performance.now();
    packagePattern(`${"a...".repeat(40)}b`)("a".repeat(4000));
    const taken = performance.now() - started;
    assert.ok(taken < 1000, `${taken} ms`);
  });

  for (const glob of ["*a*a*a*a*b", "**/a/**/a/**/a/**/b", "(a+)+b", "+(a|aa)b", "@(a|b)*"]) {
    it(`are refused: ${glob}`, () => {
      for (const text of [{ exclude: [glob] }, { limits: [{ path: glob, max: 0 }] }])
        assert.throws(() => parseConfiguration(JSON.stringify(text)), /Expected a glob without/);
    });
  }

  it("match paths in no time as far as they are taken", () => {
    const matches = pathMatcher(["*a*a*b", "**/a*/**/*a*a*", "{a,aa,aaa}*b"]);
    const started = performance.now();
    for (const path of ["a".repeat(255), "a/".repeat(2000), `${"a".repeat(255)}/`.repeat(15)]) matches(path);
    const taken = performance.now() - started;
    assert.ok(taken < 3000, `${taken} ms`);
  });
});

describe("the configuration", () => {
  it("takes what it knows", () => {
    const configuration: Configuration = {
      $schema: "x",
      level: "hint",
      failOn: "off",
      severity: { "boxed-formatting": "error", loop: "warning" },
      tests: false,
      tags: ["a", "b"],
      targets: ["linux/arm64"],
      go: ["go1.24.4"],
      baseline: "b.json",
      exclude: ["gen/**"],
      limits: [{ context: "loop", max: 0, message: "No." }],
    };
    assert.deepEqual(parseConfiguration(JSON.stringify(configuration)), configuration);
    assert.deepEqual(parseConfiguration("{}"), {});
  });

  const mistakes: [text: string, problem: RegExp][] = [
    ["{", /JSON/],
    ['{"levle":"hint"}', /^levle: /],
    ['{"level":"loud"}', /^level: .*"loud"/],
    ['{"severity":{"boxed":"error"}}', /^severity\.boxed: /],
    ['{"limits":[{}]}', /^limits\.0: Expected either "max" or "forbid"/],
    ['{"limits":[{"max":1,"forbid":true}]}', /^limits\.0: Expected either/],
    ['{"limits":[{"max":-1}]}', /^limits\.0\.max: /],
    ['{"limits":[{"forbid":false}]}', /^limits\.0\.forbid: /],
    ['{"targets":["linux"]}', /^targets\.0: .*linux\/arm64/],
    ['{"go":["1.24"]}', /^go\.0: .*go1\.24\.4/],
  ];
  for (const [text, problem] of mistakes) {
    it(`refuses ${text}`, () => {
      assert.throws(() => parseConfiguration(text), { message: problem });
    });
  }
});
