import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens, said } from "./tool.js";

const grows = `package grows

func Double(in []int) int {
	out := make([]int, 0)
	for _, v := range in {
		out = append(out, 2*v)
	}
	return len(out)
}

func Odd(in []int) []int {
	var out []int
	for _, v := range in {
		out = append(out, v|1)
	}
	return out
}
`;

const preallocated = grows.replace("make([]int, 0)", "make([]int, 0, len(in))");

const formats = `package formats

import "fmt"

func Key(n int) string {
	return fmt.Sprintf("%d", n)
}

func Name(n int) string {
	//escape:allow for the logs alone
	return fmt.Sprintf("%d", n)
}
`;

/** The function that a fix would replace is checked by name: its test no longer compiles when it returns a value. */
const tested = `package tested

type user struct{ name string }

//go:noinline
func open(name string) *user {
	return &user{name: name}
}

func Length(name string) int { return len(open(name).name) }
`;

const externalTest = `package tested

import "testing"

var made func(string) *user = open

func TestOpen(t *testing.T) { _ = made("a").name }
`;

describe("escapelens fix", function () {
  this.timeout(120_000);
  let module: TestModule;

  beforeEach(() => {
    module = testModule({
      "grows/grows.go": grows,
      "formats/formats.go": formats,
      "go.mod": "module example.com/m\n\ngo 1.22\n",
    });
  });

  afterEach(() => {
    module.dispose();
  });

  const read = (file: string) => readFileSync(module.path(file), "utf8");
  const run = (...args: string[]) => escapelens(["fix", ...args], { cwd: module.dir });

  it("applies what is preferred, says what, and leaves the rest", () => {
    const result = run();
    assert.equal(result.status, 0, result.stderr);
    assert.equal(
      result.stdout,
      [
        "formats/formats.go:6:27: Replace `fmt.Sprintf` with `strconv.Itoa` (removes 1 allocation) (format-string)",
        "grows/grows.go:6:9: Preallocate `out` with capacity `len(in)` (growth becomes one allocation) (preallocate-slice)",
        "",
      ].join("\n"),
    );
    assert.equal(
      said(result),
      "Fixes applied: 2 (files: 2, packages: 2): format-string 1, preallocate-slice 1.",
    );
    assert.equal(read("grows/grows.go"), preallocated);
    assert.match(read("formats/formats.go"), /return strconv\.Itoa\(n\)[^]*escape:allow[^]*fmt\.Sprintf/);
    execFileSync("go", ["vet", "./..."], { cwd: module.dir });
    assert.equal(execFileSync("gofmt", ["-l", "."], { cwd: module.dir, encoding: "utf8" }), "");
    const again = run();
    assert.deepEqual([again.status, again.stdout], [0, ""]);
    assert.equal(said(again), "Nothing to fix (packages: 2).");
  });

  it("writes nothing in a dry run, and fails so that a pipeline can tell", () => {
    const result = run("--dry-run");
    assert.equal(result.status, 1);
    assert.match(result.stdout, /^grows\/grows\.go:6:9: /m);
    assert.match(said(result), /^Fixes found: 2 /);
    assert.equal(read("grows/grows.go"), grows);
    assert.equal(run("--dry-run", "--fix", "fixed-array").status, 0);
  });

  it("prints a diff that git applies", () => {
    const { status, stdout } = run("--diff");
    assert.equal(status, 1);
    assert.equal(read("grows/grows.go"), grows);
    execFileSync("git", ["apply", "-p1", "-"], { cwd: module.dir, input: stdout });
    assert.equal(read("grows/grows.go"), preallocated);
  });

  it("keeps to the kinds and packages that are named", () => {
    assert.equal(run("--fix", "preallocate-slice", "./...").status, 0);
    assert.equal(read("formats/formats.go"), formats);
    assert.equal(read("grows/grows.go"), preallocated);
    module.write("grows/grows.go", grows);
    run("./formats");
    assert.equal(read("grows/grows.go"), grows);
    assert.notEqual(read("formats/formats.go"), formats);
  });

  it("changes behavior only when it is told to", () => {
    run("--unsafe", "--fix", "preallocate-slice");
    assert.match(
      read("grows/grows.go"),
      /out := make\(\[\]int, 0, len\(in\)\)[^]*out := make\(\[\]int, 0, len\(in\)\)/,
    );
  });

  it("leaves a package as it is whose tests would no longer compile", () => {
    module.write("tested/tested.go", tested);
    module.write("tested/tested_test.go", externalTest);
    const result = run("--everywhere", "--unsafe", "./tested");
    assert.equal(result.status, 0, result.stderr);
    assert.equal(read("tested/tested.go"), tested);
    // It is the test that stands in the way.
    rmSync(module.path("tested/tested_test.go"));
    run("--everywhere", "--unsafe", "./tested");
    assert.match(read("tested/tested.go"), /func open\(name string\) user \{/);
  });

  it("goes on with the others where a package does not compile", () => {
    module.write("broken/broken.go", "package broken\n\nfunc F() int { return missing }\n");
    const result = run();
    assert.equal(result.status, 3);
    assert.match(result.stderr, /example\.com\/m\/broken: [^]*undefined: missing/);
    assert.equal(read("grows/grows.go"), preallocated);
  });

  it("prints one object for tools", () => {
    const result = run("--format=json", "--dry-run", "./grows");
    const report = JSON.parse(result.stdout) as {
      schema: number;
      written: boolean;
      packages: { importPath: string; files: string[]; error: string | null }[];
      fixes: { fix: string; file: string; function: string; removed: number; site: string }[];
      summary: { fixes: number; fixesByKind: Record<string, number> };
    };
    assert.deepEqual([report.schema, report.written], [1, false]);
    assert.deepEqual(report.packages, [
      { importPath: "example.com/m/grows", dir: "grows", error: null, files: ["grows/grows.go"] },
    ]);
    assert.deepEqual(
      report.fixes.map(({ fix, file, function: name }) => [fix, file, name]),
      [["preallocate-slice", "grows/grows.go", "Double"]],
    );
    assert.deepEqual(report.summary.fixesByKind, { "preallocate-slice": 1 });
    const check = escapelens(["check", "--format=json", "./grows"], { cwd: module.dir });
    const { sites } = JSON.parse(check.stdout) as { sites: { id: string }[] };
    assert.ok(sites.some(({ id }) => id === report.fixes[0]!.site));
  });

  it("keeps the marks and line ends of files", () => {
    const text = `\uFEFF${grows.replaceAll("\n", "\r\n")}`;
    module.write("grows/grows.go", text);
    run("./grows");
    assert.equal(read("grows/grows.go"), `\uFEFF${preallocated.replaceAll("\n", "\r\n")}`);
  });

  it("fixes what only the machine code tells of, also behind another fix of the file", () => {
    const list = `
type list struct{ items []int }

func (l *list) add(in []int) {
	for _, v := range in {
		l.items = append(l.items, v)
	}
}
`;
    module.write("fields/fields.go", `${grows.replace("package grows", "package fields")}${list}`);
    const { status, stderr } = run("./fields");
    assert.equal(status, 0, stderr);
    const reserved = list.replace("\tfor", "\tl.items = slices.Grow(l.items, len(in))\n\tfor");
    const imported = preallocated.replace("package grows\n", 'package fields\n\nimport "slices"\n');
    assert.equal(read("fields/fields.go"), `${imported}${reserved}`);
  });

  it("refuses a kind that it does not know", () => {
    const result = run("--fix", "everything");
    assert.equal(result.status, 2);
    assert.match(said(result), /^--fix everything: expected one of preallocate-slice, /);
  });
});
