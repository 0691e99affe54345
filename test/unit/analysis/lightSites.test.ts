import assert from "node:assert/strict";
import { LightSites } from "../../../server/src/analysis/lightSites.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { madeSite } from "../../harness/sites.js";

/** A site with what only a hover tells, whose node is a place equal to what is underlined, but its own. */
function site(line: number, change: Partial<Site> = {}): Site {
  const made = madeSite(line);
  return {
    ...made,
    nodeRange: structuredClone(made.range),
    flow: [{ reason: "return", text: "return &x", file: made.file, range: made.range }],
    compilerLines: ["moved to heap: x"],
    ...change,
  };
}

describe("the sites that are kept for a workspace", () => {
  it("are what was found, without what only a hover tells", () => {
    const evidence = [{ call: "runtime.newobject", type: "int", bytes: 8 }];
    const nodeRange = { start: { line: 4, character: 0 }, end: { line: 6, character: 1 } };
    const found = [site(1), site(4, { evidence, nodeRange, allowed: "for now", growsFromEmpty: true })];
    assert.deepEqual(
      new LightSites().of(found),
      found.map((each) => ({ ...each, flow: [], compilerLines: [] })),
    );
  });

  it("have a place once where the node is what is underlined", () => {
    const [kept] = new LightSites().of([site(1)]);
    assert.equal(kept?.nodeRange, kept?.range);
  });

  it("are copies: what was found can be let go", () => {
    const found = site(1);
    const [kept] = new LightSites().of([found]);
    assert.notEqual(kept, found);
    assert.notEqual(kept?.range, found.range);
  });
});
