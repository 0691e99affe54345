import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import type { Site } from "../../../server/src/analysis/site.js";
import type { Recompile } from "../../../server/src/analysis/verify.js";
import { fixAll, WholeRejected } from "../../../server/src/fixAll/fixAll.js";
import { isOfKind, isPreferred, isWithin } from "../../../server/src/fixAll/wanted.js";
import { type TestModule, testModule } from "../../harness/module.js";
import { analyzeFile, noSignal, type TestPackage } from "../fixes/caseModule.js";

/** Two fixes that both want `fmt` gone and `strconv` in, one in one line with another, and two arrays of one name. */
const source = `package p

import "fmt"

func Key(a, b int) string {
	return fmt.Sprint(a) + fmt.Sprint(b)
}

func Twice(in []int) int {
	out := make([]int, 0)
	for _, v := range in {
		out = append(out, v)
	}
	more := make([]int, 0)
	for _, v := range in {
		more = append(more, 2*v)
	}
	return len(out) + len(more)
}

func Sums() int {
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = 1
	}
	if len(b) > 3 {
		b := make([]byte, 120_000)
		return int(b[7])
	}
	return int(b[7])
}
`;

/** Of the closure that the compiler makes for the call, it says nothing but how it flows. */
const started = `package p

func Start(worker func(int)) { go worker(1) }
`;

const fixed = `package p

import (
	"strconv"
)

func Key(a, b int) string {
	return strconv.Itoa(a) + strconv.Itoa(b)
}

func Twice(in []int) int {
	out := make([]int, 0, len(in))
	for _, v := range in {
		out = append(out, v)
	}
	more := make([]int, 0, len(in))
	for _, v := range in {
		more = append(more, 2*v)
	}
	return len(out) + len(more)
}

func Sums() int {
	var bArray [100_000]byte
	b := bArray[:]
	for i := range b {
		b[i] = 1
	}
	if len(b) > 3 {
		var bArray2 [120_000]byte
		b := bArray2[:]
		return int(b[7])
	}
	return int(b[7])
}
`;

describe("fix all", function () {
  this.timeout(120_000);
  let module: TestModule;
  let analyzed: TestPackage;

  before(async () => {
    module = testModule({ "p.go": source, "go.go": started, "go.mod": "module example.com/m\n\ngo 1.22\n" });
    analyzed = await analyzeFile(module.path("p.go"));
  });

  after(() => {
    module.dispose();
  });

  const run = (changes: Partial<Parameters<typeof fixAll>[0]> = {}, signal = noSignal) =>
    fixAll(
      {
        analyzed,
        candidates: analyzed.sites,
        accepts: isPreferred,
        recompile: analyzed.recompile,
        ...changes,
      },
      signal,
    );

  it("applies fixes that would clash if each were made for the first text", async () => {
    const result = await run();
    const file = module.path("p.go");
    assert.equal(result.texts.get(file), fixed);
    assert.equal(applyEdit(result.edit, analyzed.snapshot).get(file)?.text, fixed);
    assert.deepEqual(
      result.applied.map(({ proposal }) => proposal.fix),
      [
        "format-string",
        "format-string",
        "preallocate-slice",
        "preallocate-slice",
        "fixed-array",
        "fixed-array",
      ],
    );
    assert.equal(result.left, 0);
    assert.equal(execFileSync("gofmt", ["-l"], { input: fixed, encoding: "utf8" }), "");
  });

  it("keeps to the kind, and to the file, that was asked for", async () => {
    const { applied } = await run({ accepts: isOfKind("fixed-array") });
    assert.deepEqual(
      applied.map(({ proposal, original }) => [proposal.fix, original.source]),
      [
        ["fixed-array", "make([]byte, 100_000)"],
        ["fixed-array", "make([]byte, 120_000)"],
      ],
    );
    const elsewhere = await run({ accepts: (proposal) => isWithin(proposal, "/elsewhere.go") });
    assert.deepEqual([elsewhere.applied, elsewhere.edit.size], [[], 0]);
  });

  it("tells how far it is, and ends when it is told to", async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const onProgress = (done: number, all: number) => {
      seen.push(done);
      assert.ok(all > 3);
      if (done === 2) controller.abort();
    };
    await assert.rejects(run({ onProgress }, controller.signal), { name: "AbortError" });
    assert.deepEqual(seen, [0, 1, 2]);
  });

  it("keeps what it has when its time is up, and says what is left", async () => {
    const none = await run({ timeLimit: 0 });
    assert.deepEqual(none.applied, []);
    assert.ok(none.left > 3);
  });

  it("takes nothing when the whole does not compile", async () => {
    const recompile: Recompile = (snapshot, overlays, signal) =>
      overlays.get(module.path("p.go")) === fixed && snapshot === analyzed.snapshot
        ? Promise.resolve({ error: "p.go:1:1: broken" })
        : analyzed.recompile(snapshot, overlays, signal);
    await assert.rejects(run({ recompile }), WholeRejected);
  });

  /** A compile of the whole in which the compiler finds something else than behind the last fix. */
  const wholeWith =
    (change: (sites: readonly Site[]) => readonly Site[]): Recompile =>
    async (snapshot, overlays, signal) => {
      const outcome = await analyzed.recompile(snapshot, overlays, signal);
      const isWhole = overlays.get(module.path("p.go")) === fixed && snapshot === analyzed.snapshot;
      return isWhole && "sites" in outcome ? { sites: change(outcome.sites) } : outcome;
    };

  it("takes nothing when more or less is on the heap in the whole", async () => {
    const more = wholeWith((sites) => [...sites, ...sites.map((site) => ({ ...site }))]);
    await assert.rejects(run({ recompile: more }), WholeRejected);
    const less = wholeWith((sites) => sites.filter(({ form }) => form !== "make"));
    await assert.rejects(run({ recompile: less }), WholeRejected);
  });

  it("does not depend on closures that only explanations tell of, which a compile may cut", async () => {
    let dropped = 0;
    const recompile = wholeWith((sites) =>
      sites.filter(({ form }) => {
        if (form === "go-wrapper") dropped++;
        return form !== "go-wrapper";
      }),
    );
    const result = await run({ recompile });
    assert.equal(result.texts.get(module.path("p.go")), fixed);
    assert.equal(dropped, 1);
  });
});
