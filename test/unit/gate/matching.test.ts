import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { formatBaseline, parseBaseline } from "../../../server/src/gate/baseline.js";
import { matchSites } from "../../../server/src/gate/matching.js";
import { surroundingsOf } from "../../../server/src/gate/surroundings.js";
import { gateSite } from "./sites.js";

describe("matching sites with known ones", () => {
  const first = gateSite({ id: "1", surroundings: "one" });
  const second = gateSite({ id: "2", surroundings: "two" });
  const added = (found: (typeof first)[], known: (typeof first)[]) =>
    matchSites(found, known).added.map((site) => [site.id, site.surroundings].join(" "));

  it("knows what is as it was, whatever the order and the file", () => {
    assert.deepEqual(added([{ ...second, file: "renamed.go" }, first], [first, second]), []);
  });

  it("finds the very one that is new among equals, although the others' ids move on", () => {
    const found = [
      gateSite({ id: "1", surroundings: "new" }),
      gateSite({ id: "2", surroundings: "one" }),
      gateSite({ id: "3", surroundings: "two" }),
    ];
    assert.deepEqual(added(found, [first, second]), ["1 new"]);
  });

  it("knows a site by its id when the lines around it were edited, or are not at hand", () => {
    assert.deepEqual(added([{ ...first, surroundings: "edited" }], [first]), []);
    assert.deepEqual(added([{ ...first, surroundings: null }], [first]), []);
  });

  it("knows code that moved to a function or package of another name", () => {
    assert.deepEqual(
      added([gateSite({ id: "9", package: "example.com/new", function: "G", surroundings: "one" })], [first]),
      [],
    );
    assert.deepEqual(added([gateSite({ id: "9", function: "G", surroundings: "other" })], [first]), [
      "9 other",
    ]);
    assert.deepEqual(
      added([gateSite({ id: "9", function: "G", surroundings: null })], [{ ...first, surroundings: null }]),
      ["9 "],
    );
  });

  it("counts: one known site does not stand for two", () => {
    assert.equal(matchSites([first, { ...first, id: "3" }], [first]).added.length, 1);
    assert.deepEqual(matchSites([], [first]).gone, [first]);
  });
});

describe("the surroundings of a line", () => {
  const lines = ["a", "", "\tb( 1 )", "  ", "c"];

  it("do not change with indentation and blank lines", () => {
    assert.equal(surroundingsOf(lines, 2), surroundingsOf(["a", "b( 1 )", "c"], 1));
  });

  it("change with the line and its neighbors", () => {
    const here = surroundingsOf(lines, 2);
    for (const changed of [["z", "b( 1 )", "c"], ["a", "b(2)", "c"], ["a", "b( 1 )", "z"], ["b( 1 )"]])
      assert.notEqual(surroundingsOf(changed, Math.min(1, changed.length - 1)), here);
  });
});

describe("the baseline file", () => {
  const sites = [gateSite({ id: "2", function: "G" }), gateSite({ id: "1", expression: '"\u2028' })];

  it("reads back what it wrote, in the order of the functions, one site to a line", () => {
    const text = formatBaseline(sites);
    assert.deepEqual(
      parseBaseline(text).map(({ id }) => id),
      ["1", "2"],
    );
    assert.equal(text.trim().split("\n").length, 4);
    assert.equal(formatBaseline(parseBaseline(text)), text);
    assert.deepEqual(parseBaseline(formatBaseline([])), []);
  });

  for (const text of ["", "[]", '{"schema":2,"sites":[]}', '{"schema":1,"sites":[{"id":"1"}]}']) {
    it(`refuses ${text === "" ? "nothing" : text}`, () => {
      assert.throws(() => parseBaseline(text));
    });
  }
});
