/** Evidence through the real compiler: what each line of a program says in its comment, for both kinds of machine code. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Site } from "../../server/src/analysis/site.js";
import { assemblyText } from "../../server/src/compiler/assemblyRun.js";
import { readAssembly } from "../../server/src/evidence/assemblyReader.js";
import { gatherEvidence } from "../../server/src/evidence/gatherEvidence.js";
import { AbortError, GoCommandError } from "../../server/src/go/commandError.js";
import { createTemporaryFolder } from "../../server/src/go/temporary.js";
import { evidenceOf, type EvidenceRun } from "../conformance/evidenceRun.js";
import { directEngine } from "../harness/directEngine.js";
import { testModule, type TestModule } from "../harness/module.js";
import { load, textOf } from "../harness/packages.js";

/**
 * A line's comment has its sites from left to right: verdict, condition in brackets, and of each call its name and size.
 * Lines without such a comment have none that allocates.
 */
const program = `package m

type Point struct{ X, Y int }
type Big struct{ data [1000]int }
type List[T any] struct{ head *node[T] }
type node[T any] struct {
	value T
	next  *node[T]
}
type Shape interface{ Area() int }

var (
	sink     any
	sinkInt  *int
	sinkText string
	sinkFunc func() int
	bytes    []byte
	table    = map[string]int{"a": 1, "b": 2} //= yes makemap_small
)

func (p Point) Area() int { return p.X * p.Y }

func (l *List[T]) Push(v T) { //= sometimes(not inlined) | sometimes(not inlined)
	l.head = &node[T]{v, l.head} //= yes newobject 16 | yes newobject 24
}

func Instances(a *List[int], b *List[string]) {
	a.Push(1) //= yes newobject 16
	b.Push("x") //= yes newobject 24
}

func Returned(n int) *Point {
	return &Point{n, n} //= yes newobject 16
}

func Moved(n int) (*int, *Big) {
	var big Big //= yes newobject 8000
	x := n      //= yes newobject 8
	return &x, &big
}

func Boxed(n int, s string, b bool, p Point, pointer *Point) {
	sink = n //= likely(value > 255) convT64 8
	sink = s //= likely(not empty) convTstring 16
	sink = b
	sink = p //= yes convTnoptr 16
	sink = pointer
	sink = 7
	sink = struct{}{}
}

func Interfaces(n int) Shape {
	if n > 3 {
		return Point{n, n} //= yes convTnoptr 16
	}
	return &Point{1, 2} //= yes newobject 16
}

func Closures(n int) func() int {
	count := 0 //= yes newobject 8
	sinkFunc = func() int { count++; return count } //= yes newobject 16
	return func() int { return n } //= yes newobject 16
}

func MethodValue(p Point) func() int {
	return p.Area //= yes newobject 24
}

func Text(a, b string, raw []byte) {
	sinkText = a + "-" + b //= likely(not empty) concatstring3
	if a+b == "x" { //= sometimes(len > 32) concatstring2
		println(a)
	}
	bytes = []byte(a)      //= likely(not empty) stringtoslicebyte
	sinkText = string(raw) //= likely(not empty) slicebytetostring
	if string(raw) == a {
		println(a)
	}
	for range raw {
		sinkText += b //= likely(not empty) concatstring2
	}
}

func ManyLines(a, b string) string {
	return a + //= likely(not empty) concatstring3
		"long" +
		b
}

func Slices(n int) []Point {
	sink = &[]Point{{1, 2}, {3, n}} //= yes newobject 24 | yes newobject 32
	fixed := make([]Point, 10) //= yes makeslice 160
	return append(fixed[:1:1], make([]Point, n)...) //= sometimes(grows) growslice
}

func Channels() chan Point {
	done := make(chan struct{}) //= yes makechan
	close(done)
	return make(chan Point, 10) //= yes makechan
}

func Maps(k string, n int) map[string]any {
	return map[string]any{ //= yes makemap_small
		"n": n, //= likely(value > 255) convT64 8
		"k": 1,
	}
}

//go:noinline
func worker(a, b int) {}

func Goroutines(n int) {
	go worker(n, n) //= yes newobject 24
	go worker(1, 2)
}

func Cold(i int, xs []int) int {
	if i > len(xs) {
		panic(Point{i, i}) //= yes convTnoptr 16 panic
	}
	if i == len(xs) {
		fail(&Point{i, i}) //= yes newobject 16 panic
	}
	return xs[i]
}

func fail(p *Point) { panic(p) }

func variadic(xs ...*Point) { sinkPoints = xs }

var sinkPoints []*Point

func Variadic(p *Point) {
	variadic(p, p, p) //= yes newobject 24
	variadic()
}

func small() *Point {
	return &Point{5, 6} //= sometimes(not inlined) newobject 16
}

func Inlined() *Point {
	return small() //= yes newobject 16
}

func Kept() int { return small().X }

type ID int

func format(args ...any) { sinkArgs = args }

var sinkArgs []any

func Many(n int, s string, p *Point, xs []int, ok bool) {
	format(n, s, xs, p, ok, p.X) //= likely(not empty) convTslice 24 | likely(not empty) convTstring 16 | likely(value > 255) convT64 8 | likely(value > 255) convT64 8 | yes newobject 96
	format(ID(3), n) //= likely(value > 255) convT64 8 | yes newobject 32
}

func Grown(n int, s string) []any {
	var all []any
	all = append(all, n, s) //= likely(not empty) convTstring 16 | likely(value > 255) convT64 8 | yes growslice
	return all
}

var (
	sinkPoint *Point
	lists     map[string][]Point
)

type Bytes []byte

func Signature(
	n int, //= yes newobject 8
	s string, //= yes newobject 16
	p Point, //= yes newobject 16
) {
	sinkInt, sink, sinkPoint = &n, &s, &p
}

func (p Point) Results(
	s string, //= yes newobject 16
) (
	last Point, //= yes newobject 16
	err error,
) {
	if p.X > 0 {
		sink, sinkPoint = &s, &last
	}
	return
}

func Elements(n int) {
	lists = map[string][]Point{ //= yes makemap_small
		"a": {{n, 1}, {n, 2}}, //= yes
		"b": { //= yes
			{n, 3},
		},
	}
}

func Named() {
	sink = Bytes("x") //= likely(not empty) convTslice 24 | yes newobject 1
}

//go:noinline
func generic[K comparable, V any](
	k K,
	v V, //= yes newobject 24 newobject 16 newobject 16
) {
	sink = &v
	sink = map[K]V{k: v} //= yes makemap_small | yes makemap_small | yes makemap_small
	sink = struct { //= yes convT | yes convT | yes convT
		k K
		v V
	}{k, v}
}

func Instantiated() {
	generic(1, "x")
	generic("k", Point{})
	generic[string, []int]("k", nil)
}

func Dead(n int) {
	if n < 0 && n > 0 {
		sink = &Point{}
	}
}
`;

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

describe("evidence", function () {
  this.timeout(300_000);
  let module: TestModule;

  before(() => {
    module = testModule({ "m.go": program });
  });
  after(() => {
    module.dispose();
  });

  const run = async (goarch: string): Promise<EvidenceRun> => {
    const loaded = await load(module.dir, ["./..."], { env: { GOARCH: goarch, GOOS: "linux" } });
    const found = (await evidenceOf(loaded, { goarch })).get("example.com/m");
    assert.ok(found);
    return found;
  };

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

  it("knows that small variables without pointers can lie in one object", async () => {
    const text = [
      ...["package m", "", "var Sinks [5]any", "", "func F(", "\ta, b int,", "\tc bool,", ") {", "\tx := a"],
      ...["\tvar (", "\t\ty int32", "\t\tz string", "\t)", "\tprintln(x, y)"],
      ...["\tSinks = [5]any{&a, &b, &c, &x, &y}", "\tprintln(&z)", "}", ""],
    ].join("\n");
    const merged = testModule({ "m.go": text });
    try {
      const loaded = await load(merged.dir, ["./..."]);
      const found = (await evidenceOf(loaded)).get("example.com/m");
      const moved = found?.sites.filter(({ kind }) => kind === "moved");
      assert.deepEqual(
        moved?.map(({ expression, allocates }) => `${expression} ${allocates}`),
        ["a yes", "b yes", "c yes", "x yes", "y yes"],
      );
    } finally {
      merged.dispose();
    }
  });

  it("changes nothing without assembly", async () => {
    const { before } = await run("amd64");
    const source = await textOf(module.path("m.go"));
    const files = new Map([[module.path("m.go"), { importPath: "example.com/m", source }]]);
    const sites = gatherEvidence({ sites: before, variants: [], files, mapGrowth: false });
    assert.deepEqual(sites, before);
  });

  it("has a site for each map that can grow only where it is asked for", async () => {
    const grown = testModule({ "m.go": "package m\n\nfunc F(m map[int]int) {\n\tm[1] = 2\n}\n" });
    try {
      const loaded = await load(grown.dir, ["./..."]);
      const counts = [];
      for (const mapGrowth of [false, true]) {
        const found = (await evidenceOf(loaded, { mapGrowth })).get("example.com/m");
        counts.push(found?.sites.map((site) => `${site.source} ${words(site)}`));
      }
      assert.deepEqual(counts, [[], ["m[1] = 2 sometimes(len > 8) mapassign_fast64"]]);
    } finally {
      grown.dispose();
    }
  });

  it("knows what cgo translates by its own lines", async () => {
    const text = [
      ...["package m", "", "// int two(void) { return 2; }", 'import "C"', "", "var Sink any", ""],
      ...["func F(n int) *int {", "\tx := int(C.two()) + n //= yes newobject 8"],
      ...["\tSink = n //= likely(value > 255) convT64 8", "\treturn &x", "}", ""],
    ].join("\n");
    const translated = testModule({ "m.go": text });
    try {
      const loaded = await load(translated.dir, ["./..."], { env: { CGO_ENABLED: "1" } });
      compareWithComments(text, (await evidenceOf(loaded)).get("example.com/m")?.sites ?? []);
    } finally {
      translated.dispose();
    }
  });

  it("joins a package with its tests", async () => {
    const tested = testModule({
      "m.go": "package m\n\nvar S any\n\nfunc F(n int) { S = n }\n",
      "m_test.go": "package m\n\nfunc Helper(n int64) { S = n }\n",
      "x_test.go": 'package m_test\n\nimport "example.com/m"\n\nfunc X(n int32) { m.S = n }\n',
    });
    try {
      const loaded = await load(tested.dir, ["./..."]);
      const found = (await evidenceOf(loaded)).get("example.com/m");
      const lines = found?.sites.map((site) => `${path.basename(site.file)} ${site.context} ${words(site)}`);
      assert.deepEqual(lines, [
        "m.go body likely(value > 255) convT64 8",
        "m_test.go test likely(value > 255) convT64 8",
        "x_test.go test likely(value > 255) convT32 4",
      ]);
    } finally {
      tested.dispose();
    }
  });
});

describe("a compile for assembly", function () {
  this.timeout(120_000);
  let module: TestModule;
  before(() => {
    module = testModule({ "m.go": program });
  });
  after(() => {
    module.dispose();
  });

  async function request(overlays: ReadonlyMap<string, string> = new Map()) {
    const loaded = await load(module.dir, ["./..."]);
    const [variant] = loaded.packages[0]!.variants;
    const answer = await directEngine(loaded).plans.of(variant!, overlays, loaded.signal);
    assert.ok("plan" in answer);
    return { ...answer, overlays, replaced: new Map<string, string>() };
  }

  const left = async () => {
    const folder = path.dirname(await createTemporaryFolder("probe"));
    return readdirSync(folder).filter((name) => name.startsWith("assembly-"));
  };

  it("names the real file of an unsaved text", async () => {
    const file = module.path("m.go");
    const overlays = new Map([[file, "package m\n\nfunc Unsaved() *int { return new(int) }\n"]]);
    const text = assemblyText(await request(overlays), new AbortController().signal);
    const assembly = await readAssembly(text, process.arch === "arm64" ? "arm64" : "amd64", module.dir);
    assert.deepEqual(
      assembly?.calls.map((call) => [call.file, call.line, call.function]),
      [[file, 3, "example.com/m.Unsaved"]],
    );
    assert.deepEqual(await left(), []);
  });

  it("leaves nothing behind when it is canceled, or nobody reads on", async () => {
    const wanted = await request();
    const controller = new AbortController();
    const canceled = assemblyText(wanted, controller.signal);
    await canceled.next();
    controller.abort();
    await assert.rejects(async () => {
      for (let next = await canceled.next(); next.done !== true; next = await canceled.next());
    }, AbortError);
    const read = assemblyText(wanted, new AbortController().signal);
    await read.next();
    await read.return(undefined);
    assert.deepEqual(await left(), []);
  });

  it("fails where the package does not compile", async () => {
    const overlays = new Map([[module.path("m.go"), "package m\n\nvar x int = nothing\n"]]);
    const wanted = { ...(await request()), overlays };
    await assert.rejects(async () => {
      await readAssembly(assemblyText(wanted, new AbortController().signal), "amd64", module.dir);
    }, GoCommandError);
    assert.deepEqual(await left(), []);
  });
});
