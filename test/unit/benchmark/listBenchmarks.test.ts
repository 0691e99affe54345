/** Which benchmarks a package has, which may run what differs, and what differs. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import {
  changedNames,
  hasBenchmarks,
  listBenchmarks,
  namesPattern,
} from "../../../server/src/benchmark/listBenchmarks.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

const code = `package p

type shape interface{ Area() int }

type square struct{ side int }

func (s *square) Area() int { return s.side * s.side }

func Sum(shapes []shape) (n int) {
	for _, each := range shapes {
		n += each.Area()
	}
	return n
}

const limit = 3

func Alone() *int { return new(int) }
`;

const tests = `package p_test

import "testing"

func BenchmarkSum(b *testing.B) { run(b) }

func run(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Sum(nil)
	}
}

func BenchmarkAlone(b *testing.B) { b.Run("sub", func(b *testing.B) { Alone() }) }

func Benchmarking(b *testing.B) {}

func BenchmarkHelper(b *testing.B, n int) {}

func BenchmarkOther(t *testing.T) {}

func Benchmark(b *testing.B) {}
`;

const snapshot = (files: Readonly<Record<string, string>>) => ({
  texts: new Map(Object.entries(files).map(([file, text]) => [file, new SourceText(text)])),
});

describe("the benchmarks of a package", () => {
  before(() => initializeSyntax(serverOut));

  const files = { "/m/p.go": code, "/m/p_test.go": tests };
  const reaching = (...names: string[]) =>
    listBenchmarks(snapshot(files), new Set(names))
      .filter(({ reaches }) => reaches)
      .map(({ name }) => name);

  it("are the functions that go test would run", () => {
    assert.deepEqual(
      listBenchmarks(snapshot(files), new Set()).map(({ name, file, line }) => [name, file, line]),
      [
        ["BenchmarkSum", "/m/p_test.go", 4],
        ["BenchmarkAlone", "/m/p_test.go", 12],
        ["Benchmark", "/m/p_test.go", 20],
      ],
    );
    assert.equal(hasBenchmarks(snapshot(files)), true);
    assert.equal(hasBenchmarks(snapshot({ "/m/p.go": tests })), false);
  });

  it("reach what they name, through helpers, function literals and methods of interfaces", () => {
    assert.deepEqual(reaching("Area"), ["BenchmarkSum"]);
    assert.deepEqual(reaching("Alone"), ["BenchmarkAlone"]);
    assert.deepEqual(reaching("Sum", "Alone"), ["BenchmarkSum", "BenchmarkAlone"]);
    assert.deepEqual(reaching("nobody"), []);
  });

  it("are chosen by a pattern for exactly these", () => {
    const pattern = new RegExp(namesPattern(["BenchmarkSum", "Benchmark"]));
    assert.deepEqual(
      ["BenchmarkSum", "Benchmark", "BenchmarkSummary"].map((name) => pattern.test(name)),
      [true, true, false],
    );
  });
});

describe("what differs from a revision", () => {
  before(() => initializeSyntax(serverOut));

  const changed = (text: string, old: string | undefined) => [
    ...changedNames(snapshot({ "/m/p.go": text }), new Map([["/m/p.go", old]])),
  ];

  it("is what is declared otherwise, whatever stands around it", () => {
    assert.deepEqual(changed(code, code), []);
    assert.deepEqual(changed(code.replace("limit = 3", "limit = 4"), code), ["limit"]);
    assert.deepEqual(changed(code.replace("s.side * s.side", "s.side"), code), ["Area"]);
    assert.deepEqual(changed(code.replaceAll("\n", "\r\n"), code), []);
    assert.deepEqual(changed(`// A comment.\n${code}`, code), []);
    assert.deepEqual(changed(`${code}\nfunc More() {}\n`, code), ["More"]);
    assert.deepEqual(changed("package p\n\nfunc Only() {}\n", undefined), ["Only"]);
    assert.deepEqual(changed(code.replace(/func Alone.*\n/, ""), code), []);
  });
});
