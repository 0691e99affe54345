import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readBenchmarks, readCollections } from "../../../server/src/benchmark/benchmarkOutput.js";
import { benchmarkPage, comparisonSentence } from "../../../server/src/benchmark/benchmarkPage.js";
import { compare } from "../../../server/src/benchmark/comparison.js";
import { mannWhitney, median } from "../../../server/src/benchmark/statistics.js";

describe("the Mann-Whitney U test", () => {
  // Counted: of all ways to choose the ranks of one side, those at least as uneven.
  const cases: readonly (readonly [readonly number[], readonly number[], number])[] = [
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    [[1, 2, 3], [4, 5, 6], 2 / 20],
    [[1, 3, 5], [2, 4, 6], 14 / 20],
    [[5, 5, 5, 5], [5, 5, 5, 5], 1],
    [[1, 1, 2], [2, 3, 3], 4 / 20],
    [[], [1], 1],
  ];
  for (const [a, b, p] of cases) {
    it(`gives ${p.toFixed(3)} for ${a.join(" ")} and ${b.join(" ")}`, () => {
      assert.ok(Math.abs(mannWhitney(a, b) - p) < 1e-12, String(mannWhitney(a, b)));
      assert.ok(Math.abs(mannWhitney(b, a) - p) < 1e-12);
    });
  }

  it("is quick for thirty runs each", () => {
    const runs = Array.from({ length: 30 }, (_, index) => index * 1.5);
    assert.ok(
      mannWhitney(
        runs,
        runs.map((run) => run + 100),
      ) < 1e-9,
    );
    assert.equal(mannWhitney(runs, runs), 1);
  });
});

describe("the median", () => {
  it("is the middle, or between the two in the middle", () => {
    assert.deepEqual([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])], [2, 2.5, 7]);
    assert.ok(Number.isNaN(median([])));
  });
});

describe("the output of benchmarks", () => {
  it("is read through whatever the code prints, units of its own included", () => {
    const output = [
      "goos: linux",
      "loading…",
      "BenchmarkA/n=1-2-8         \t     100\t        12.50 ns/op\t  3.20 MB/s\t      16 B/op\t       1 allocs/op",
      "BenchmarkB-8 \t 1000000000\t 0.2e-3 ns/op\t 7 things/op",
      "PASS",
    ].join("\n");
    const [a, b, ...others] = readBenchmarks(output);
    assert.deepEqual(others, []);
    assert.deepEqual([a?.name, a?.iterations, b?.name], ["BenchmarkA/n=1-2", 100, "BenchmarkB"]);
    assert.deepEqual(
      [a?.values.get("allocs/op"), a?.values.get("B/op"), b?.values.get("ns/op")],
      [1, 16, 0.0002],
    );
    assert.equal(b?.values.get("things/op"), 7);
  });

  it("keeps numbers that belong to names where no number of processors is behind them", () => {
    const output = "BenchmarkA/16-2 \t 1\t 1 ns/op\nBenchmarkA/32 \t 1\t 1 ns/op\n";
    assert.deepEqual(
      readBenchmarks(output).map(({ name }) => name),
      ["BenchmarkA/16-2", "BenchmarkA/32"],
    );
  });

  it("tells the collector's own cycles and pauses from those that the tests force", () => {
    const trace = [
      "gc 1 @0.004s 1%: 0.010+0.20+0.005 ms clock, 0.02+0/0.1/0+0.01 ms cpu, 0->0->0 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P (forced)",
      "gc 2 @0.012s 2%: 0.026+0.41+0.003 ms clock, 0.05+0.1/0.2/0+0.006 ms cpu, 4->4->1 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P",
      "gc 3 @0.020s 2%: 0.1+1+0.2 ms clock, 0.05+0.1/0.2/0+0.006 ms cpu, 4->4->1 MB, 4 MB goal, 2 P",
    ].join("\n");
    const { cycles, pause } = readCollections(trace);
    assert.equal(cycles, 2);
    assert.ok(Math.abs(pause - 0.329) < 1e-9);
  });
});

describe("the page of benchmarks", () => {
  const about = { importPath: "example.com/m", before: "HEAD", after: "now", count: 6 };
  const { signal } = new AbortController();

  it("says that there is nothing to compare where both sides are the same program", async () => {
    const comparison = await compare("same", "", signal);
    const words = "There is nothing to compare: both sides are the same program, byte for byte.";
    assert.equal(comparisonSentence(comparison), words);
    assert.equal(benchmarkPage(comparison, about), `## Benchmarks of example.com/m\n\n${words}\n\n`);
  });

  it("says that no benchmark was found where none ran", async () => {
    const comparison = await compare([], "", signal);
    assert.equal(comparisonSentence(comparison), "No benchmark was found.");
    assert.match(benchmarkPage(comparison, about), /\n\nNo benchmark was found\.\n/);
  });
});
