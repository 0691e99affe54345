import assert from "node:assert/strict";
import type { Site } from "../../../server/src/analysis/site.js";
import { siteFilter } from "../../../server/src/features/tree/siteFilter.js";
import { SiteTree } from "../../../server/src/features/tree/siteTree.js";
import { byteWords, groupNode, siteNode } from "../../../server/src/features/tree/treeNodes.js";
import type { TreeFilter, TreeGrouping } from "../../../server/src/protocol.js";
import { everySite, madeSite } from "../../harness/sites.js";

const same = (file: string): string => file;

const sites: readonly Site[] = [
  madeSite(9, { function: "G", reason: "append-growth", loopDepth: 2, context: "loop" }),
  madeSite(3, { evidence: [{ call: "runtime.newobject", type: "T", bytes: 24 }] }),
  madeSite(4, { file: "/m/b.go", allocates: "no", when: "constant", reason: "boxed-constant" }),
  madeSite(1, {
    file: "/m/sub/c.go",
    package: "example.com/m/sub",
    evidence: [
      { call: "runtime.makeslice", type: "[]byte", bytes: 16_384 },
      { call: "runtime.newobject", type: "T", bytes: null },
    ],
  }),
  madeSite(2, { file: "/m/sub/c_test.go", package: "example.com/m/sub_test", context: "test" }),
];

/** All rows of a tree, indented by their level, as label and description. */
function rows(grouping: TreeGrouping, of: readonly Site[] = sites, path: readonly string[] = []): string[] {
  return rowsBelow(new SiteTree(grouping, of), grouping, path);
}

function rowsBelow(tree: SiteTree, grouping: TreeGrouping, path: readonly string[]): string[] {
  const { groups, sites: leaves } = tree.children(path);
  const indent = "  ".repeat(path.length);
  return [
    ...groups.flatMap((group) => {
      const { label, description } = groupNode(group, same);
      return [`${indent}${label} | ${description}`, ...rowsBelow(tree, grouping, [...path, group.key])];
    }),
    ...leaves.map((site) => {
      const { label, description } = siteNode(site, grouping, same);
      return `${indent}${label} | ${description}`;
    }),
  ];
}

describe("the tree of sites", () => {
  it("goes from packages over files and functions to sites, in the order of the source", () => {
    assert.deepEqual(rows("package"), [
      "example.com/m | 3 sites · 1 in a loop · 24 B",
      "  a.go | 2 sites · 1 in a loop · 24 B",
      "    F | 1 site · 24 B",
      "      new(T) | line 4 · returned · 24 B",
      "    G | 1 site · 1 in a loop",
      "      new(T) | line 10 · append-growth · in 2 nested loops",
      "  b.go | 1 site",
      "    F | 1 site",
      "      new(T) | line 5 · boxed-constant",
      // An external test stands beside what it tests.
      "example.com/m/sub | 2 sites · 16 KiB",
      "  c.go | 1 site · 16 KiB",
      "    F | 1 site · 16 KiB",
      "      new(T) | line 2 · returned · 16 KiB",
      "  c_test.go | 1 site",
      "    F | 1 site",
      "      new(T) | line 3 · returned",
    ]);
  });

  it("names what allocates in a call where it is not the called function itself", () => {
    const label = (source: string, inlinedFrom: string): string =>
      siteNode(madeSite(1, { source, inlinedFrom }), "rank", (file) => file).label;
    assert.equal(label("ast.NewText(segment)", "ast.NewText"), "ast.NewText(segment)");
    assert.equal(label("b.Write(p)", "(*Buffer).Write"), "b.Write(p)");
    assert.equal(label("b.Close()", "(*Buffer).flush"), "b.Close() → (*Buffer).flush");
  });

  it("goes from reasons, the commonest first, to their costliest sites", () => {
    assert.deepEqual(rows("reason"), [
      "A slice, map, string, function literal or channel made here is returned | 3 sites · 16 KiB",
      "  new(T) | c.go:2 · 16 KiB",
      "  new(T) | a.go:4 · 24 B",
      "  new(T) | c_test.go:3",
      "append grows a slice whose capacity is used up | 1 site · 1 in a loop",
      "  new(T) | a.go:10 · in 2 nested loops",
      "A constant is put into an interface | 1 site",
      "  new(T) | b.go:5",
    ]);
  });

  it("ranks by how often a site runs, then by how surely and how much it allocates", () => {
    const ranked = [
      madeSite(1, { loopDepth: 2, context: "loop", allocates: "sometimes" }),
      madeSite(2, { loopDepth: 1, context: "loop", allocates: "yes" }),
      madeSite(3, { loopDepth: 1, context: "loop", allocates: "unknown" }),
      madeSite(4, { evidence: [{ call: "runtime.newobject", type: "T", bytes: 64 }] }),
      madeSite(5, { evidence: [{ call: "runtime.newobject", type: "T", bytes: 8 }] }),
      madeSite(6, { allocates: "likely" }),
      madeSite(7, { context: "init" }),
      madeSite(8, { context: "test" }),
      madeSite(9, { loopDepth: 1, context: "loop", allocates: "no" }),
    ];
    const { sites: order } = new SiteTree("rank", ranked.toReversed()).children([]);
    assert.deepEqual(order, ranked);
  });

  it("has nothing below a node that is gone", () => {
    const tree = new SiteTree("package", sites);
    assert.deepEqual(tree.children(["/m", "/m/gone.go"]), { groups: [], sites: [] });
    assert.equal(tree.sitesBelow(["/gone"]), undefined);
    assert.equal(tree.sitesBelow([])?.length, sites.length);
  });

  it("gives each row a key of its own, and who hears it all of it in words", () => {
    const { sites: all } = new SiteTree("rank", sites).children([]);
    assert.equal(new Set(all.map((site) => siteNode(site, "rank", same).key)).size, sites.length);
    const first = siteNode(sites[0]!, "package", (file) => file.slice("/m/".length));
    assert.match(first.accessibleLabel, /^new\(T\) .*heap.*, line 10, in 2 nested loops$/);
    assert.match(first.text, /^a\.go:10:2: `new\(T\)` /);
    assert.equal(first.weight, "loop");
  });

  it("writes sizes as people read them", () => {
    assert.deepEqual([0, 24, 9999, 65_536, 100_000, 2 ** 20, 11 * 2 ** 20].map(byteWords), [
      "0 B",
      "24 B",
      "9999 B",
      "64 KiB",
      "97.7 KiB",
      "1024 KiB",
      "11 MiB",
    ]);
  });
});

describe("the filter of the tree", () => {
  const found = (change: Partial<TreeFilter>): string[] =>
    sites
      .filter(siteFilter({ ...everySite, ...change }, ({ file }) => file === "/m/b.go"))
      .map(({ file, range }) => `${file}:${range.start.line}`);

  const cases: readonly (readonly [string, Partial<TreeFilter>, readonly number[]])[] = [
    ["nothing is left out", {}, [0, 1, 2, 3, 4]],
    ["only what may allocate", { allocating: true }, [0, 1, 3, 4]],
    ["only in loops", { loops: true }, [0]],
    ["without tests", { tests: false }, [0, 1, 2, 3]],
    ["only changed lines", { changed: true }, [2]],
    ["some reasons", { reasons: ["append-growth", "boxed-constant"] }, [0, 2]],
    ["words of several fields, in any case", { text: "NEW C.GO" }, [3]],
    ["a word of the package", { text: "m/sub" }, [3, 4]],
    ["words that do not occur", { text: "new nowhere" }, []],
    ["all at once", { allocating: true, loops: true, text: "append" }, [0]],
  ];
  for (const [name, change, indexes] of cases) {
    it(name, () => {
      const expected = indexes.map((index) => sites[index]!);
      assert.deepEqual(
        found(change),
        expected.map(({ file, range }) => `${file}:${range.start.line}`),
      );
    });
  }

  it("takes an append within reserved capacity for one that does not allocate", () => {
    const append = madeSite(1, { allocates: "sometimes", when: "len > cap" });
    assert.equal(siteFilter({ ...everySite, allocating: true }, () => true)(append), false);
  });
});
