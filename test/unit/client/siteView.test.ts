import assert from "node:assert/strict";
import { pageSize, Pages, type ViewItem } from "../../../client/src/view/pages.js";
import { filterWords, initialState, isNarrowed, readState } from "../../../client/src/view/viewState.js";
import type { TreeNode, TreeParams, TreeResult } from "../../../server/src/protocol.js";

function node(key: string): TreeNode {
  return {
    key,
    kind: "site",
    label: key,
    description: "",
    tooltip: "",
    accessibleLabel: key,
    text: key,
    uri: null,
    id: null,
    weight: null,
  };
}

/** A server with so many children of the top, which notes what it is asked. */
function server(total: number) {
  const asked: string[] = [];
  const keys = Array.from({ length: total }, (_, index) => `k${index}`);
  const fetch = ({
    path,
    offset,
    limit,
  }: Pick<TreeParams, "path" | "offset" | "limit">): Promise<TreeResult> => {
    asked.push(`${path.join("/")}[${offset}+${limit}]`);
    const nodes = keys.slice(offset, offset + limit).map(node);
    return Promise.resolve({ nodes, total: keys.length, sites: total, known: total, problem: null });
  };
  return { asked, keys, fetch };
}

/** The item that stands for what was not fetched. */
async function moreOf(pages: Pages): Promise<ViewItem & { kind: "more" }> {
  const { items } = await pages.children(undefined);
  const last = items.at(-1);
  assert.ok(last?.kind === "more");
  return last;
}

describe("the pages of the view", () => {
  it("fetch a first part, and twice as much each time more is wanted", async () => {
    const { asked, fetch } = server(5000);
    const pages = new Pages(fetch);
    const shown: number[] = [];
    for (let more = await moreOf(pages); ; more = await moreOf(pages)) {
      shown.push(more.shown);
      pages.more(more);
      if (more.shown > 2000) break;
    }
    const { items } = await pages.children(undefined);
    assert.equal(items.length, 5000);
    assert.deepEqual(shown, [pageSize, 400, 800, 1600, 3200]);
    assert.deepEqual(asked.slice(-3), ["[0+2000]", "[2000+2000]", "[4000+2000]"]);
  });

  it("name the way to each item, and ask with it", async () => {
    const { asked, fetch } = server(2);
    const pages = new Pages(fetch);
    const { items } = await pages.children(undefined);
    await pages.children(items[1]);
    assert.deepEqual(asked, [`[0+${pageSize}]`, `k1[0+${pageSize}]`]);
  });

  it("take a row once, though the tree changed between two answers", async () => {
    const { keys, fetch } = server(3000);
    const pages = new Pages(async (part) => {
      const result = await fetch(part);
      keys.unshift(`new${part.offset}`);
      return result;
    });
    pages.more({ kind: "more", path: [], shown: 1500, total: 3000 });
    const { items } = await pages.children(undefined);
    const names = items.map((item) => (item.kind === "node" ? item.node.key : "more"));
    assert.equal(new Set(names).size, names.length);
  });

  it("end where the server has no more than it said", async () => {
    const { fetch } = server(10);
    const lying = new Pages(async (part) => ({ ...(await fetch(part)), total: 50 }));
    const { items } = await lying.children(undefined);
    assert.deepEqual(items.at(-1), { kind: "more", path: [], shown: 10, total: 50 });
  });
});

describe("the state of the view", () => {
  it("is as it is at first where nothing, or nothing sensible, was kept", () => {
    for (const kept of [undefined, null, 3, "x", {}, { grouping: 1, filter: [] }])
      assert.deepEqual(readState(kept), initialState);
  });

  it("is kept, and what another version kept is read as far as it fits", () => {
    const state = {
      grouping: "rank",
      filter: { ...initialState.filter, loops: true, reasons: ["returned"], text: "x" },
    };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
    const odd = {
      grouping: "reason",
      filter: { loops: "yes", tests: true, reasons: [1, "other"], unknown: 1 },
    };
    assert.deepEqual(readState(odd), {
      grouping: "reason",
      filter: { ...initialState.filter, tests: true, reasons: ["other"] },
    });
  });

  it("is said in a line where it differs", () => {
    const { filter } = initialState;
    assert.equal(filterWords(filter), "");
    assert.equal(isNarrowed({ ...filter, tests: true, allocating: false }), false);
    assert.equal(isNarrowed({ ...filter, text: "x" }), true);
    assert.equal(
      filterWords({ ...filter, loops: true, changed: true, tests: true, reasons: ["map"], text: "buf" }),
      "Filter: tests as well · in loops · changed since HEAD · map · “buf”",
    );
  });
});
