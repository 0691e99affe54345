/** Evidence through the real compiler: what each line of a program says in its comment, for both kinds of machine code. */
import assert from "node:assert/strict";
import path from "node:path";
import type { Site } from "../../server/src/analysis/site.js";
import { gatherEvidence } from "../../server/src/evidence/gatherEvidence.js";
import { evidenceOf, type EvidenceRun, type EvidenceRunOptions } from "../conformance/evidenceRun.js";
import { testModule, type TestModule } from "../harness/module.js";
import { load, textOf } from "../harness/packages.js";
import { program } from "./evidenceProgram.js";

function words(site: Site): string {
  const when = site.when === null ? "" : `(${site.when})`;
  const calls = site.evidence.map(({ call, bytes }) =>
    // By size class since Go 1.27.
    [
      call.replace("runtime.", "").replace(/^mallocgc\w+SC\d+$/, "newobject"),
      ...(bytes === null ? [] : [bytes]),
    ].join(" "),
  );
  return [`${site.allocates}${when}`, ...calls, ...(site.context === "panic" ? ["panic"] : [])].join(" ");
}

/** What the comments say, by line; and what the sites say. */
function compareWithComments(text: string, sites: readonly Site[]): void {
  const expected = text.split("\n").map((line) => line.split("//= ")[1] ?? "");
  const actual = expected.map((_, line) =>
    sites
      .filter(({ range, allocates }) => range.start.line === line && allocates !== "no")
      .map(words)
      .sort()
      .join(" | "),
  );
  assert.deepEqual(numbered(actual), numbered(expected));
}

function numbered(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => (line === "" ? [] : [`${index + 1}: ${line}`]));
}

type Variables = Readonly<Record<string, string>>;

async function runIn(
  module: TestModule,
  options?: EvidenceRunOptions,
  env: Variables = {},
): Promise<EvidenceRun> {
  const found = (await evidenceOf(await load(module.dir, ["./..."], { env }), options)).get("example.com/m");
  assert.ok(found);
  return found;
}

/** As `runIn`, of a module that is there for this alone. */
async function runOf(
  files: Readonly<Record<string, string>>,
  options?: EvidenceRunOptions,
  env?: Variables,
): Promise<EvidenceRun> {
  const module = testModule(files);
  try {
    return await runIn(module, options, env);
  } finally {
    module.dispose();
  }
}

/** The sites, with their evidence, of a module that is there for this alone. */
async function sitesOf(...run: Parameters<typeof runOf>): Promise<readonly Site[]> {
  return (await runOf(...run)).sites;
}

describe("evidence", function () {
  this.timeout(300_000);
  let module: TestModule;

  before(() => {
    module = testModule({ "m.go": program });
  });
  after(() => {
    module.dispose();
  });

  const run = (goarch: string) => runIn(module, { goarch }, { GOARCH: goarch, GOOS: "linux" });

  for (const goarch of ["amd64", "arm64"]) {
    it(`says of each line what the ${goarch} code does there`, async () => {
      compareWithComments(program, (await run(goarch)).sites);
    });
  }

  it("leaves ids, reasons and places as they are, and adds ids that nothing else has", async () => {
    const { before, sites } = await run("amd64");
    const identity = ({ id, kind, reason, range, source, expression }: Site) =>
      JSON.stringify([id, kind, reason, range, source, expression]);
    const after = new Set(sites.map(identity));
    for (const site of before) assert.ok(after.has(identity(site)), identity(site));
    const added = sites.filter(({ id }) => before.every((site) => site.id !== id));
    assert.ok(added.length > 3);
    assert.ok(added.every(({ kind }) => kind === "hidden"));
    assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length);
  });

  it("tells of guards before the machine code is read what it tells of them then", async () => {
    const text = `package m

type T struct {
	names map[string]int
	next  *T
	buf   *[64]byte
}

func (t *T) Add(s string) {
	if t.names == nil {
		t.names = make(map[string]int)
	}
	t.names[s]++
	if t.next == nil {
		t.next = &T{}
	}
	if len(s) > 3 {
		t.buf = new([64]byte)
	}
}
`;
    const { before, sites } = await runOf({ "m.go": text });
    const told = (all: readonly Site[]) =>
      all.map(({ expression, allocates, when }) => [expression, allocates, when]);
    const first = [
      ["make(map[string]int)", "sometimes", "missing"],
      ["&T{}", "sometimes", "missing"],
    ];
    assert.deepEqual(told(before), [...first, ["new([64]byte)", "unknown", null]]);
    assert.deepEqual(told(sites), [...first, ["new([64]byte)", "yes", null]]);
  });

  for (const goarch of ["amd64", "arm64"]) {
    it(`tells at calls what generic functions of other packages allocate, for ${goarch}`, async () => {
      const text = [
        ...["package m", "", "import (", '\t"iter"', '\t"maps"', '\t"slices"', '\t"strings"', ")", ""],
        "func Keys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }",
        "func List(t *Tree) []int { return slices.Collect(t.All()) }",
        ...["type Tree struct {", "\tleft, right *Tree", "\tvalue int", "}", ""],
        "func (t *Tree) All() iter.Seq[int] { return func(yield func(int) bool) { t.push(yield) } }",
        ...["func (t *Tree) push(yield func(int) bool) bool {", "\tif t == nil {", "\t\treturn true", "\t}"],
        ...["\treturn t.left.push(yield) && yield(t.value) && t.right.push(yield)", "}"],
        "func Sort(all []string) { slices.SortFunc(all, strings.Compare) }",
        "func Has(all []string) bool { return slices.Contains(all, all[0]) }",
        ...["func Own(n int) []int { return repeat(n, 3) }", ""],
        ...["//go:noinline", "func repeat[T any](v T, n int) []T {", "\treturn make([]T, n)", "}", ""],
      ].join("\n");
      const sites = await sitesOf({ "m.go": text }, { goarch }, { GOARCH: goarch, GOOS: "linux" });
      const hidden = sites.filter(({ kind }) => kind === "hidden");
      assert.deepEqual(
        hidden.map(({ expression, reason, allocates, when }) => [expression, reason, allocates, when]),
        [
          ["slices.Sorted(maps.Keys(m))", "append-growth", "yes", null],
          ["slices.Collect(t.All())", "append-growth", "sometimes", "grows"],
        ],
      );
    });
  }

  it("knows that small variables without pointers can lie in one object", async () => {
    const text = [
      ...["package m", "", "var Sinks [5]any", "", "func F(", "\ta, b int,", "\tc bool,", ") {", "\tx := a"],
      ...["\tvar (", "\t\ty int32", "\t\tz string", "\t)", "\tprintln(x, y)"],
      ...["\tSinks = [5]any{&a, &b, &c, &x, &y}", "\tprintln(&z)", "}", ""],
    ].join("\n");
    const moved = (await sitesOf({ "m.go": text })).filter(({ kind }) => kind === "moved");
    assert.deepEqual(
      moved.map(({ expression, allocates }) => `${expression} ${allocates}`),
      ["a yes", "b yes", "c yes", "x yes", "y yes"],
    );
  });

  it("changes nothing without assembly", async () => {
    const { before } = await run("amd64");
    const source = await textOf(module.path("m.go"));
    const files = new Map([[module.path("m.go"), { importPath: "example.com/m", source }]]);
    const sites = gatherEvidence({ sites: before, variants: [], files, mapGrowth: false });
    assert.deepEqual(sites, before);
  });

  it("has a site for each map that can grow only where it is asked for", async () => {
    const files = { "m.go": "package m\n\nfunc F(m map[int]int) {\n\tm[1] = 2\n}\n" };
    const counts = [];
    for (const mapGrowth of [false, true])
      counts.push((await sitesOf(files, { mapGrowth })).map((site) => `${site.source} ${words(site)}`));
    assert.deepEqual(counts, [[], ["m[1] = 2 sometimes(len > 8) mapassign_fast64"]]);
  });

  it("knows what cgo translates by its own lines", async () => {
    const text = [
      ...["package m", "", "// int two(void) { return 2; }", 'import "C"', "", "var Sink any", ""],
      ...["func F(n int) *int {", "\tx := int(C.two()) + n //= yes newobject 8"],
      ...["\tSink = n //= likely(value > 255) convT64 8", "\treturn &x", "}", ""],
    ].join("\n");
    compareWithComments(text, await sitesOf({ "m.go": text }, {}, { CGO_ENABLED: "1" }));
  });

  it("joins a package with its tests", async () => {
    const sites = await sitesOf({
      "m.go": "package m\n\nvar S any\n\nfunc F(n int) { S = n }\n",
      "m_test.go": "package m\n\nfunc Helper(n int64) { S = n }\n",
      "x_test.go": 'package m_test\n\nimport "example.com/m"\n\nfunc X(n int32) { m.S = n }\n',
    });
    const lines = sites.map((site) => `${path.basename(site.file)} ${site.context} ${words(site)}`);
    assert.deepEqual(lines, [
      "m.go body likely(value > 255) convT64 8",
      "m_test.go test likely(value > 255) convT64 8",
      "x_test.go test likely(value > 255) convT32 4",
    ]);
  });
});
