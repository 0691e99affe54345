import assert from "node:assert/strict";
import { Results } from "../../../server/src/analysis/results.js";
import type { Site } from "../../../server/src/analysis/site.js";
import type { Snapshot } from "../../../server/src/analysis/snapshot.js";
import { generalProblem } from "../../../server/src/go/problems.js";
import type { Range } from "../../../server/src/syntax/sourceText.js";
import { madeSite } from "../../harness/sites.js";

const file = "/m/a.go";

function range(line: number, from: number, to: number): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}

function site(id: string, at: Range): Site {
  return madeSite(at.start.line, {
    id,
    package: "m",
    file,
    range: at,
    column: at.start.character + 1,
    nodeRange: at,
    kind: "moved",
    form: "variable",
    expression: id,
    source: id,
    reason: "return-address",
    allocates: "unknown",
    flow: [{ reason: "return", text: "return", file, range: range(at.start.line + 3, 0, 6) }],
  });
}

function snapshot(version: number | null): Snapshot {
  const goPackage = { importPath: "m", dir: "/m", root: "/m", variants: [], ignoredFiles: [] };
  return {
    package: goPackage,
    files: new Map([[file, { hash: "", version }]]),
    texts: new Map(),
    overlays: new Map(),
  };
}

const newLine = { range: range(0, 0, 0), text: "\n" };

describe("Results", () => {
  it("moves sites and their flows with the text", () => {
    const results = new Results();
    results.put({ snapshot: snapshot(1), files: [file], sites: [site("a", range(4, 1, 2))] });
    results.edit(file, 2, [newLine, newLine]);
    const [moved] = results.of(file)?.sites ?? [];
    assert.deepEqual(moved?.range, range(6, 1, 2));
    assert.deepEqual(moved.flow[0]?.range, range(9, 0, 6));
    assert.equal(results.of(file)?.version, 2);
  });

  it("drops a site whose text is edited, and keeps the others", () => {
    const results = new Results();
    results.put({
      snapshot: snapshot(1),
      files: [file],
      sites: [site("a", range(4, 1, 4)), site("b", range(5, 1, 4))],
    });
    results.edit(file, 2, [{ range: range(4, 2, 3), text: "x" }]);
    assert.deepEqual(
      results.of(file)?.sites.map((each) => each.id),
      ["b"],
    );
  });

  it("moves a result that comes late through the edits made since", () => {
    const results = new Results();
    results.edit(file, 2, [newLine]);
    results.edit(file, 3, [newLine]);
    results.put({ snapshot: snapshot(2), files: [file], sites: [site("a", range(4, 1, 2))] });
    assert.deepEqual(results.of(file)?.sites[0]?.range, range(5, 1, 2));
    assert.equal(results.of(file)?.version, 3);
  });

  it("marks what it has as stale until a new result comes", () => {
    const results = new Results();
    results.put({ snapshot: snapshot(1), files: [file], sites: [site("a", range(4, 1, 2))] });
    results.markStale([file, "/m/other.go"], generalProblem("does-not-compile", "x"));
    assert.equal(results.of(file)?.stale?.code, "does-not-compile");
    assert.equal(results.of("/m/other.go"), undefined);
    results.put({ snapshot: snapshot(2), files: [file], sites: [] });
    assert.equal(results.of(file)?.stale, undefined);
  });

  it("leaves alone what a result does not speak of", () => {
    const results = new Results();
    results.put({ snapshot: snapshot(1), files: [file], sites: [site("a", range(4, 1, 2))] });
    results.put({ snapshot: snapshot(1), files: ["/m/b.go"], sites: [] });
    assert.equal(results.of(file)?.sites.length, 1);
  });

  describe("takes the sites of some lines before the others", () => {
    const lines = { file, firstLine: 3, lastLine: 5 };
    const known = (): Results => {
      const results = new Results();
      const sites = [site("a", range(2, 1, 2)), site("b", range(3, 1, 2)), site("c", range(6, 1, 2))];
      results.put({ snapshot: snapshot(1), files: [file], sites });
      return results;
    };
    const ids = (results: Results) => results.of(file)?.sites.map(({ id }) => id);
    const found = { ...lines, snapshot: snapshot(1), sites: [site("d", range(4, 1, 2))] };

    it("leaves what stands elsewhere, and what is still awaited", () => {
      const results = known();
      results.putLines({ ...found, awaited: new Set() });
      assert.deepEqual(ids(results), ["a", "d", "c"]);
      const waiting = known();
      waiting.putLines({ ...found, awaited: "all" });
      assert.deepEqual(ids(waiting), ["a", "b", "d", "c"]);
    });

    it("comes too late behind an edit, and where what is known is outdated", () => {
      const edited = known();
      edited.edit(file, 2, [newLine]);
      edited.putLines({ ...found, awaited: new Set() });
      assert.deepEqual(ids(edited), ["a", "b", "c"]);
      const stale = known();
      stale.markStale([file], generalProblem("does-not-compile", "x"));
      stale.putLines({ ...found, awaited: new Set() });
      assert.deepEqual(ids(stale), ["a", "b", "c"]);
    });

    it("stays when what was said of an older text comes behind it", () => {
      const results = known();
      results.edit(file, 2, [{ range: range(9, 0, 0), text: "x" }]);
      results.putLines({ ...found, snapshot: snapshot(2), awaited: new Set() });
      results.put({ snapshot: snapshot(1), files: [file], sites: [site("a", range(2, 1, 2))] });
      assert.deepEqual(ids(results), ["a", "d"]);
      results.put({ snapshot: snapshot(2), files: [file], sites: [site("a", range(2, 1, 2))] });
      assert.deepEqual(ids(results), ["a"]);
    });

    it("goes on to be shown as it was when the rest is there", () => {
      const results = known();
      results.putLines({ ...found, awaited: new Set() });
      const other = { ...site("d", range(4, 1, 2)), reason: "goroutine" as const };
      results.put({ snapshot: snapshot(1), files: [file], sites: [site("a", range(2, 1, 2)), other] });
      assert.deepEqual(
        [...(results.of(file)?.firstLooks ?? [])].map(([id, { reason }]) => [id, reason]),
        [["d", "return-address"]],
      );
    });
  });
});
