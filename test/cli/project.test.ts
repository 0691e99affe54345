/** The analysis behind the command line: compiled directly as by the go command, kept between runs, with evidence. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { FactRecorder } from "../../server/src/assertions/factRecorder.js";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import { collect } from "../../server/src/cli/collect.js";
import { keepResults } from "../../server/src/cli/keptResults.js";
import { planAnalysis } from "../../server/src/cli/options.js";
import type { Phase, Progress } from "../../server/src/cli/progress.js";
import { analyzeProject } from "../../server/src/cli/projectAnalysis.js";
import { readSources } from "../../server/src/cli/sources.js";
import { openToolchain } from "../../server/src/cli/toolchain.js";
import { initializeSyntax } from "../../server/src/syntax/treeSitter.js";
import { type TestModule, testModule } from "../harness/module.js";
import { serverOut } from "../harness/paths.js";

const files = {
  // Instantiated elsewhere only, so that just the other package's compile speaks of it.
  "gen/gen.go": `package gen

type Node[T any] struct{ V T }

func New[T any](v T) *Node[T] {
	n := Node[T]{v}
	return &n
}

func All[T any](n int, v T) []*Node[T] {
	var all []*Node[T]
	for i := 0; i < n; i++ {
		all = append(all, New(v))
	}
	return all
}
`,
  "cart/cart.go": `package cart

import (
	"fmt"

	"example.com/m/gen"
)

type Line struct{ Price int }

func hidden(price int) *Line { return &Line{price} }

func Lines(n int) []*gen.Node[Line] { return gen.All(n, Line{n}) }

func Text(n int) string { return fmt.Sprintf("%d", n) }

func Sum(parts []string) string {
	all := ""
	for _, part := range parts {
		all += part
	}
	return all
}
`,
  "cart/export_test.go": "package cart\n\nvar Hidden = hidden\n",
  "cart/cart_x_test.go": `package cart_test

import (
	"testing"

	"example.com/m/cart"
)

var sink any

func TestHidden(t *testing.T) {
	line := *cart.Hidden(3)
	sink = line
	t.Log(cart.Text(4))
}
`,
  "cmd/shop/main.go":
    'package main\n\nimport "example.com/m/cart"\n\nfunc main() { println(cart.Text(4), len(cart.Lines(3))) }\n',
};

describe("the analysis of a project", () => {
  let module: TestModule;
  let compiled: Map<Phase, number>;
  const signal = new AbortController().signal;
  const kept = process.env[cacheVariable];

  before(async () => {
    await initializeSyntax(serverOut);
  });

  beforeEach(() => {
    module = testModule(files);
    process.env[cacheVariable] = path.join(path.dirname(module.dir), "kept");
    keepResults(path.join(serverOut, "cliMain.js"));
    compiled = new Map();
  });

  afterEach(() => {
    module.dispose();
  });

  after(() => {
    // As if it were unset: only absolute paths name a folder.
    process.env[cacheVariable] = kept ?? "";
  });

  const requestFor = async (evidence: "on" | "off") => {
    const { requests } = await planAnalysis(module.dir, [], { evidence });
    return requests[0] ?? assert.fail("nothing is planned");
  };

  /** Counts what is compiled. */
  const progress: Progress = {
    of: (phase) => () => compiled.set(phase, (compiled.get(phase) ?? 0) + 1),
    end: () => new Map(),
  };

  const analyze = async (evidence: "on" | "off" = "off") => {
    compiled.clear();
    const request = await requestFor(evidence);
    const toolchain = await openToolchain(request, signal);
    const sources = await readSources(toolchain.packages);
    const recorder = new FactRecorder(false);
    const { packages } = await analyzeProject(
      { toolchain, own: toolchain.packages, sources, evidence: request.evidence, recorder, progress },
      signal,
    );
    return packages.flatMap(({ sites }) => sites);
  };

  const edit = (file: string, change: (text: string) => string) => {
    writeFileSync(module.path(file), change(readFileSync(module.path(file), "utf8")));
  };

  it("finds by direct compiles what the go command's own say, of generic functions and of tests as well", async () => {
    const request = await requestFor("off");
    const { report: direct } = await collect(request, signal);
    const { report: built } = await collect({ ...request, direct: false }, signal);
    assert.deepEqual(direct, built);
    const found = new Set(direct.sites.map(({ file, expression }) => `${file} ${expression}`));
    for (const site of ["gen/gen.go gen.n", "cart/cart_x_test.go line", "cart/cart.go &Line{...}"])
      assert.ok(found.has(site), site);
  });

  it("compiles what cgo translates directly, and again when a header changes", async () => {
    const header = (size: number) => `#define SIZE ${size}\n`;
    module.write("c/size.h", header(8));
    module.write(
      "c/c.go",
      'package c\n\n// #include "size.h"\nimport "C"\n\nfunc F() *C.int { x := C.int(1); return &x }\n\nfunc G() byte { var b [C.SIZE]byte; return b[C.SIZE/2] }\n',
    );
    module.write("c/in_test.go", "package c\n\nfunc inside() *int { y := 1; return &y }\n\nvar _ = F\n");
    module.write(
      "c/out_test.go",
      'package c_test\n\nimport "example.com/m/c"\n\nfunc outside() *int { z := int(*c.F()); return &z }\n',
    );
    const request = await requestFor("off");
    const { builds } = await openToolchain(request, signal);
    for (const id of ["m/c", "m/c [example.com/m/c.test]", "m/c_test [example.com/m/c.test]"])
      assert.ok(
        builds.every(({ listing }) => "plan" in (listing.plans.get(`example.com/${id}`) ?? {})),
        id,
      );
    const { report: direct } = await collect(request, signal);
    assert.deepEqual(direct, (await collect({ ...request, direct: false }, signal)).report);
    const found = async () =>
      (await analyze("on")).flatMap(({ file, expression, evidence }) =>
        path.dirname(file) === module.path("c") ? [`${expression} ${evidence[0]?.bytes}`] : [],
      );
    assert.deepEqual(await found(), ["x 4", "y 8", "z 8"]);
    module.write("c/size.h", header(200_000_000));
    assert.deepEqual(await found(), ["x 4", "b 200000000", "y 8", "z 8"]);
  });

  it("says of what does not compile what the go command says", async () => {
    module.write("cart/cart_x_test.go", "package cart_test\n\nvar x int = y\n");
    module.write("bad/bad.go", "package bad\n\nfunc F() *int { return z }\n");
    const request = await requestFor("off");
    const { report: direct } = await collect(request, signal);
    assert.deepEqual(direct, (await collect({ ...request, direct: false }, signal)).report);
    const errors = direct.packages.filter(({ error }) => error !== null);
    assert.deepEqual(errors.map(({ dir }) => dir).sort(), ["bad", "cart"]);
  });

  it("compiles nothing again when nothing changed, and what changed when something did", async () => {
    const first = await analyze();
    // Four packages, one of them with in-package and external tests.
    assert.equal(compiled.get("compile"), 5);
    assert.deepEqual(await analyze(), first);
    assert.equal(compiled.size, 0);

    edit("cart/cart_x_test.go", (text) => text.replace("Text(4)", "Text(5)"));
    const second = await analyze();
    assert.equal(compiled.get("compile"), 1);
    assert.deepEqual(
      second.map(({ id }) => id).filter((id) => !first.some((site) => site.id === id)).length,
      first.map(({ id }) => id).filter((id) => !second.some((site) => site.id === id)).length,
    );

    edit("cart/cart.go", (text) => `// Moved.\n${text}`);
    const moved = await analyze();
    const places = (sites: typeof moved) =>
      sites.filter(({ file }) => file.endsWith("cart.go")).map(({ id, range }) => [id, range.start.line]);
    assert.deepEqual(
      places(moved),
      places(second).map(([id, line]) => [id, Number(line) + 1]),
    );
  });

  for (const evidence of ["off", "on"] as const) {
    it(`compiles a package again of which another one's compile says something else, evidence ${evidence}`, async () => {
      // What its own compile says.
      edit("gen/gen.go", (text) => `${text}\nfunc Zero() *int { zero := 0; return &zero }\n`);
      const first = await analyze(evidence);
      const ofGen = (sites: typeof first) => sites.filter(({ file }) => file.endsWith("gen.go"));
      edit("cart/cart.go", (text) =>
        text.replace("gen.All(n, Line{n})", "[]*gen.Node[Line]{gen.New(Line{n})}"),
      );
      const second = await analyze(evidence);
      assert.ok(ofGen(second).some(({ expression }) => expression === "zero"));
      assert.notDeepEqual(ofGen(second), ofGen(first));
      assert.deepEqual(await analyze(evidence), second);
      assert.equal(compiled.size, 0);
      rmSync(process.env[cacheVariable] ?? "", { recursive: true });
      assert.deepEqual(await analyze(evidence), second);
    });
  }

  it("forgets nothing that depends on the target or on tags", async () => {
    await analyze();
    const request = { ...(await requestFor("off")), variables: { GOARCH: "arm64" } };
    const toolchain = await openToolchain(request, signal);
    const sources = await readSources(toolchain.packages);
    compiled.clear();
    await analyzeProject(
      {
        toolchain,
        own: toolchain.packages,
        sources,
        evidence: false,
        recorder: new FactRecorder(false),
        progress,
      },
      signal,
    );
    assert.equal(compiled.get("compile"), 5);
  });

  it("finds the calls of the allocator, in external tests too, and what the compiler hid; all that is kept", async () => {
    const sites = await analyze("on");
    const verdict = (expression: string) => {
      const site = sites.find((each) => each.expression === expression) ?? assert.fail(expression);
      return [site.kind, site.allocates, site.when, site.evidence.map(({ call, bytes }) => [call, bytes])];
    };
    assert.deepEqual(verdict("&Line{...}"), ["escapes", "yes", null, [["runtime.newobject", 8]]]);
    assert.deepEqual(verdict("all += part"), [
      "hidden",
      "likely",
      "not empty",
      [["runtime.concatstring2", null]],
    ]);
    assert.equal(verdict("line")[1], "likely");
    assert.deepEqual(await analyze("on"), sites);
    assert.equal(compiled.size, 0);
    const off = await analyze("off");
    assert.deepEqual(new Set(off.flatMap(({ evidence }) => evidence)), new Set());
  });

  it("finds the same when what was kept is gone or broken", async () => {
    const first = await analyze("on");
    rmSync(process.env[cacheVariable] ?? "", { recursive: true });
    assert.deepEqual(await analyze("on"), first);
    assert.ok((compiled.get("compile") ?? 0) > 0);
  });
});
