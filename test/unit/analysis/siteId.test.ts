import assert from "node:assert/strict";
import type { Site } from "../../../server/src/analysis/site.js";
import { type Identity, identified, siteIds } from "../../../server/src/analysis/siteId.js";
import { madeSite } from "../../harness/sites.js";

const base: Identity = { package: "example.com/m", function: "(*T).M", kind: "escapes", source: "&T{a, b}" };

describe("siteIds", () => {
  it("does not change with white space", () => {
    assert.deepEqual(siteIds([{ ...base, source: "&T{a,\n\t\tb}" }]), siteIds([base]));
  });

  it("tells apart package, function, kind, source text and equals", () => {
    const ids = siteIds([
      base,
      base,
      { ...base, package: "example.com/n" },
      { ...base, function: "T.M" },
      { ...base, kind: "moved" },
      { ...base, source: "&T{b, a}" },
    ]);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("is the same in every release: baselines hold these values", () => {
    assert.deepEqual(siteIds([base, base]), ["18e6020e9b749757", "ced56cb47c5e08a6"]);
  });

  it("keeps the ids of equals when others come between them", () => {
    const [first, , second] = siteIds([base, { ...base, source: "&U{}" }, base]);
    assert.deepEqual([first, second], siteIds([base, base]));
  });
});

describe("identified", () => {
  const draft = (line: number): Omit<Site, "id"> => ({ ...madeSite(line), ...base });

  it("finds sites of before by their drafts, and names anew those that others came before", () => {
    const known = new WeakMap();
    const [a, b, c] = [draft(1), draft(2), draft(3)];
    const before = identified([a, c], known);
    const after = identified([a, b, c], known);
    assert.equal(after[0], before[0]);
    assert.notEqual(after[2]?.id, before[1]?.id);
    assert.deepEqual(after, identified([a, b, c]));
    assert.deepEqual(identified([a, c], known), before);
  });
});
