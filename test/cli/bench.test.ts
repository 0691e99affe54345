/** `escapelens bench` on the pairs, with a fix in memory and against a revision. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { cellsOf } from "../harness/benchmarkTable.js";
import { commitAll, git } from "../harness/git.js";
import { root } from "../harness/paths.js";
import { escapelens, said } from "./tool.js";

describe("escapelens bench", () => {
  let dir: string;

  before(() => {
    dir = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-bench-"))), "pairs");
    cpSync(path.join(root, "test", "pairs"), dir, { recursive: true });
    commitAll(dir);
  });

  after(() => {
    rmSync(path.dirname(dir), { recursive: true, force: true });
  });

  const run = (...args: string[]) =>
    escapelens(["bench", "--bench=SliceGrowth$", "--count=4", "--benchtime=2000x", ...args], { cwd: dir });

  it("compares with a fix, which is written nowhere", () => {
    const { stdout, stderr, status } = run("--fix=preallocate-slice", "--unsafe");
    assert.equal(status, 0, stderr);
    const [, , , old, now, change, p, real] = cellsOf(stdout, "allocs/op");
    assert.equal(now, "1");
    assert.ok(Number(old) > 1);
    assert.match(change ?? "", /^−\d/);
    assert.deepEqual([p, real], ["0.029", "yes"]);
    assert.ok(cellsOf(stdout, "GC-cycles").length > 0 && cellsOf(stdout, "GC-pause-ms").length > 0);
    assert.equal(git(dir, "status", "--porcelain"), "");
  });

  it("finds the benchmarks of a fix in whichever packages run it", () => {
    const benchmark = (name: string, call: string) =>
      `package ${name}\n\nimport (\n\t"testing"\n\n\t"example.com/${name === "use" ? "pairs" : "pairs/apart"}"\n)\n\nvar sink any\n\nfunc BenchmarkSliceGrowth(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tsink = ${call}\n\t}\n}\n`;
    const files = {
      "use/use_test.go": benchmark("use", "pairs.SliceGrowth(100)"),
      "apart/apart_test.go": benchmark("apart_test", "apart.New()"),
      "apart/apart.go": "package apart\n\nfunc New() *int { return new(int) }\n",
    };
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
        writeFileSync(path.join(dir, name), text);
      }
      const { stdout, stderr, status } = run("--fix=preallocate-slice", "--unsafe", "./...");
      assert.equal(status, 0, stderr);
      assert.deepEqual(
        [...stdout.matchAll(/^## Benchmarks of (.*)$/gm)].map(([, name]) => name),
        ["example.com/pairs", "example.com/pairs/use"],
      );
    } finally {
      for (const name of ["use", "apart"]) rmSync(path.join(dir, name), { recursive: true });
    }
  });

  it("says of packages that the fix has no part in that they are the same program", () => {
    const files = {
      "grown/grown.go":
        "package grown\n\nfunc Squares(n int) []int {\n\tvar squares []int\n\tfor i := 0; i < n; i++ {\n\t\tsquares = append(squares, i*i)\n\t}\n\treturn squares\n}\n",
      "apart/apart_test.go":
        'package apart\n\nimport "testing"\n\nfunc BenchmarkSliceGrowth(b *testing.B) {}\n',
    };
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
        writeFileSync(path.join(dir, name), text);
      }
      const result = run("--fix=preallocate-slice", "--unsafe", "./grown", "./apart");
      assert.deepEqual([result.status, result.stdout], [2, ""], result.stderr);
      assert.match(result.stderr, /nothing to compare: both sides are the same program, byte for byte/);
    } finally {
      for (const name of ["grown", "apart"]) rmSync(path.join(dir, name), { recursive: true });
    }
  });

  it("compares the working tree with a revision, and saves the page", () => {
    const file = path.join(dir, "pairs.go");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("var squares []int", "squares := make([]int, 0, n)"),
    );
    const result = run("--against=HEAD", "--output=../page.md");
    assert.equal(result.status, 0, result.stderr);
    const page = readFileSync(path.join(dir, "..", "page.md"), "utf8");
    assert.match(page, /^## Benchmarks of example\.com\/pairs\n/);
    assert.deepEqual(cellsOf(page, "allocs/op").slice(4, 5), ["1"]);
    assert.equal(git(dir, "status", "--porcelain").trim(), "M pairs.go");
  });

  it("says what it cannot do", () => {
    assert.match(said(run()), /either --fix or --against/);
    assert.match(said(run("--fix=no-such-fix")), /expected a site's id, or one of/);
    assert.equal(run("--against=no-such-revision").status, 2);
    assert.match(said(run("--fix=00000000")), /nothing to compare/);
  });
});
