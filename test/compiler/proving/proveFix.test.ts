import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { GoSetups } from "../../../server/src/analysis/goSetups.js";
import type { Site } from "../../../server/src/analysis/site.js";
import type { Edit } from "../../../server/src/analysis/verify.js";
import type { GoSetup } from "../../../server/src/go/goSetup.js";
import { allocationTest } from "../../../server/src/proving/allocationTest.js";
import { proofPage, proofSentence } from "../../../server/src/proving/proofPage.js";
import { proveFix } from "../../../server/src/proving/proveFix.js";
import { type TestModule, testModule } from "../../harness/module.js";
import { analyzeFile, noSignal, type TestPackage } from "../fixes/caseModule.js";

/** Each function allocates once or more; the comment in front says how it is called, or why not. */
const source = `package p

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

type user struct {
	name string
	age  int
}

type store struct{ users []*user }

type file struct{ *os.File }

type list[T any] struct{ items []T }

var sink any

// simple(int(16), "made up by Go Escape Lens to call the function")
func simple(n int, s string) { sink = fmt.Sprint(n, s) }

// (*store).add(new(store), *new(user))
func (s *store) add(u user) { s.users = append(s.users[:0], &u) }

// user.copy(*new(user))
func (u user) copy() *user { return &u }

// many(true, []string{"made up by Go Escape Lens to call the function", "made up by Go Escape Lens to call the function", …}...)
func many(b bool, words ...string) { sink = strings.Join(words, fmt.Sprint(b)) }

// given(context.Background(), io.Discard, map[string]int{"made up by Go Escape Lens to call the function": int(16)}, time.Duration(16))
func given(ctx context.Context, w io.Writer, m map[string]int, d time.Duration) {
	fmt.Fprintln(w, ctx.Err(), len(m), d)
}

// failing(errors.New("made up by Go Escape Lens to call the function"))
func failing(err error) { sink = errors.Join(err, errors.New("more")) }

// No value of type \`func() int\` can be made up.
func called(f func() int) { sink = f() }

// No value of type \`chan int\` can be made up.
func received(c chan int) { sink = <-c }

// \`removes\` may reach package os, which can do more than compute.
func removes(path string) { sink = os.RemoveAll(path) }

// \`indirect\` may reach package os, which can do more than compute.
func indirect(path string) { sink = fmt.Sprint(helper(path)) }

func helper(path string) error { return renamed(path) }

var renamed = os.Remove

// \`(*file).shut\` may reach package os, which can do more than compute.
func (f *file) shut(n int) { sink = fmt.Sprint(n, f.Close()) }

// \`generic\` cannot be called without knowing its type arguments.
func generic[T any](v T) { sink = fmt.Sprint(v) }

// \`(*list[T]).last\` cannot be called without knowing its type arguments.
func (l *list[T]) last() { sink = &l.items }
`.replaceAll("time.Duration(16)", "*new(time.Duration)");

const proved = `package p

import "errors"

var errOdd = errors.New("odd")

func Halves(in []int) ([]int, error) {
	out := []int{}
	for _, v := range in {
		if v%2 != 0 {
			return nil, errOdd
		}
		out = append(out, v/2)
	}
	return out, nil
}

func Panics(in []int) *int {
	v := in[len(in)*2]
	return &v
}

func Slow() *int {
	v := 1
	for v > 0 {
	}
	return &v
}
`;

const provedTest = `package p

import "testing"

func TestHalves(t *testing.T) {
	if out, err := Halves([]int{2, 4}); err != nil || len(out) != 2 {
		t.Fatal(out, err)
	}
}

func TestOdd(t *testing.T) {
	if _, err := Halves([]int{3}); err != errOdd {
		t.Fatal(err)
	}
}
`;

describe("prove a fix", function () {
  this.timeout(180_000);
  let module: TestModule;
  let setup: GoSetup;

  before(async () => {
    module = testModule({
      "call/p.go": source,
      "prove/p.go": proved,
      "prove/p_test.go": provedTest,
      "go.mod": "module example.com/m\n\ngo 1.22\n",
    });
    const options = { path: "", alternateGo: "", goroot: "", buildFlags: [], buildTags: "", env: {} };
    const answer = await new GoSetups().of(module.dir, { ...options, pgo: "auto" }, []);
    assert.ok("setup" in answer);
    setup = answer.setup;
  });

  after(() => {
    module.dispose();
  });

  const siteIn = ({ sites }: TestPackage, name: string): Site => {
    const site = sites.find((each) => each.function === name);
    assert.ok(site, name);
    return site;
  };

  /** Replaces the first occurrence of some words. */
  const edit = ({ snapshot }: TestPackage, from: string, to: string): Edit => {
    const file = module.path("prove/p.go");
    const text = snapshot.texts.get(file)!;
    const start = text.text.indexOf(from);
    assert.ok(start >= 0, from);
    return new Map([[file, [{ range: text.range(start, start + from.length), newText: to }]]]);
  };

  it("calls what can be called without doing more than computing, and says why not else", async () => {
    const analyzed = await analyzeFile(module.path("call/p.go"));
    const expected = [...source.matchAll(/^\/\/ (.*)\nfunc (?:\(\w+ (\*?)(\w+)(?:\[T\])?\) )?(\w+)/gm)];
    assert.equal(expected.length, 13);
    for (const [, words = "", pointer = "", receiver, name = ""] of expected) {
      const generic = receiver === "list" ? "[T]" : "";
      const full =
        receiver === undefined ? name : pointer === "" ? `${receiver}.${name}` : `(*${receiver}).${name}`;
      const test = allocationTest({ ...analyzed.sites[0]!, function: full }, analyzed.snapshot);
      const found = "reason" in test ? test.reason : test.call;
      assert.equal(found, words.replace("[T]", generic === "" ? "[T]" : ""), full);
    }
  });

  it("measures each call that it can write, with Go's own counters", async () => {
    const analyzed = await analyzeFile(module.path("call/p.go"));
    for (const name of ["simple", "(*store).add", "user.copy", "many", "given", "failing"]) {
      const site = siteIn(analyzed, name);
      const file = module.path("call/p.go");
      const comment: Edit = new Map([
        [file, [{ range: analyzed.snapshot.texts.get(file)!.range(0, 0), newText: "// p\n" }]],
      ]);
      const { allocations, tests } = await proveFix(
        { setup, snapshot: analyzed.snapshot, site, edit: comment },
        () => undefined,
        noSignal,
      );
      assert.deepEqual(tests, { reason: "The package has no tests." });
      assert.ok("before" in allocations, JSON.stringify(allocations));
      assert.ok(allocations.before.allocations >= 1 && allocations.before.bytes > 0, name);
      assert.ok("after" in allocations, name);
      assert.equal(allocations.after.allocations, allocations.before.allocations, name);
      // The runtime's own few bytes are in the sum of a hundred calls as well.
      assert.ok(
        Math.abs(allocations.after.bytes - allocations.before.bytes) <= 2,
        JSON.stringify(allocations),
      );
    }
  });

  it("shows tests that end as before, and fewer allocations", async () => {
    const analyzed = await analyzeFile(module.path("prove/p.go"));
    const steps: number[] = [];
    const names = readdirSync(module.path("prove"));
    const result = await proveFix(
      {
        setup,
        snapshot: analyzed.snapshot,
        site: siteIn(analyzed, "Halves"),
        edit: edit(analyzed, "out := []int{}", "out := make([]int, 0, len(in))"),
      },
      (share) => steps.push(share),
      noSignal,
    );
    assert.deepEqual(readdirSync(module.path("prove")), names);
    assert.deepEqual(steps, [0, 0.35, 0.7, 0.85]);
    assert.ok("before" in result.allocations);
    // From Go 1.25 on, the first elements may stay on the stack.
    assert.ok(result.allocations.before.allocations > 1);
    assert.equal(result.allocations.after.allocations, 1);
    const about = { title: "T", place: "p.go:8", function: "Halves", importPath: "example.com/m/prove" };
    const page = proofPage(result, about);
    assert.match(page, /All tests end as before: 2 pass\./);
    assert.match(page, /\| with the fix \| +1 \| +128 \|/);
    assert.match(page, /```go\nHalves\(\[\]int\{int\(16\), int\(16\), …\}\)\n```/);
  });

  it("names the tests that a wrong fix breaks, with their words", async () => {
    const analyzed = await analyzeFile(module.path("prove/p.go"));
    const result = await proveFix(
      {
        setup,
        snapshot: analyzed.snapshot,
        site: siteIn(analyzed, "Halves"),
        edit: edit(analyzed, "return nil, errOdd", "return nil, nil"),
      },
      () => undefined,
      noSignal,
    );
    assert.match(proofSentence(result), /^Tests with another result than before: TestOdd\./);
    const about = { title: "T", place: "p.go:8", function: "Halves", importPath: "example.com/m/prove" };
    const page = proofPage(result, about);
    assert.match(page, /- `TestOdd`: pass → fail/);
    assert.match(page, /--- FAIL: TestOdd/);
  });

  it("tells of a fix that does not compile, a panic, and what never ends", async () => {
    const analyzed = await analyzeFile(module.path("prove/p.go"));
    const run = async (name: string, from: string, to: string) => {
      const request = {
        setup,
        snapshot: analyzed.snapshot,
        site: siteIn(analyzed, name),
        ...(name === "Slow" && { timeLimit: 12_000 }),
      };
      const result = await proveFix(
        { ...request, edit: edit(analyzed, from, to) },
        () => undefined,
        noSignal,
      );
      return proofSentence(result);
    };
    assert.match(
      await run("Halves", "return out, nil", "return out"),
      /^Tests with another result than before: .* not enough return values/,
    );
    assert.match(
      await run("Panics", "*int", "*int "),
      /With these arguments it panics: runtime error: index out of range/,
    );
    assert.match(
      await run("Slow", "func Slow", "func  Slow"),
      /It took too long, and was ended after 12 s\.$/,
    );
  });

  it("ends when it is told to, and leaves no process behind", async () => {
    const analyzed = await analyzeFile(module.path("prove/p.go"));
    const controller = new AbortController();
    const request = { setup, snapshot: analyzed.snapshot, site: siteIn(analyzed, "Slow") };
    const same = edit(analyzed, "func Slow", "func  Slow");
    const step = (share: number) => {
      if (share === 0.35) controller.abort();
    };
    await assert.rejects(proveFix({ ...request, edit: same }, step, controller.signal), {
      name: "AbortError",
    });
  });
});
