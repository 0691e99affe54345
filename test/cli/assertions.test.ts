/** Assertions in comments, through the real compiler. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens } from "./tool.js";

describe("assertions in comments", () => {
  let module: TestModule;

  afterEach(() => {
    module.dispose();
  });

  /** Lines of the report on `package p` with this body, `line:column: message (code)`, without findings of the level. */
  function broken(body: string, files: Record<string, string> = {}): string[] {
    module = testModule({ "p.go": `package p\n${body}`, ...files });
    const { stdout, stderr, status } = escapelens(["check", "--level=error", "./..."], { cwd: module.dir });
    const lines = stdout.split("\n").filter((line) => line !== "");
    assert.equal(status, lines.length === 0 ? 0 : 1, stderr);
    return lines;
  }

  it("hold where nothing is allocated, or what is was allowed", () => {
    const lines = broken(`
//escape:none
func Sum(xs []int) (sum int) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

//escape:none
func New() *int {
	x := 1 //escape:allow the caller keeps it
	return &x
}

//escape:max=1
func Two() (*int, *int) {
	//escape:allow return-address: the caller keeps it
	x := 1
	y := 2
	return &x, &y
}

//escape:none
func Reserved(n []int) int {
	xs := make([]int, 0, 4)
	for i := 0; i < 3; i++ {
		xs = append(xs, i)
	}
	return len(xs)
}
`);
    assert.deepEqual(lines, []);
  });

  it("break where a function allocates more than it may, with the cause", () => {
    assert.deepEqual(
      broken(`
//escape:none
func New() *int {
	x := 1
	return &x
}

type T struct{}

//escape:max=1
func (T) Two() (*int, *int) {
	x, y := 1, 2
	return &x, &y
}
`),
      [
        "p.go:4:6: `New` must not allocate; line 5: `x` moves to the heap: its address is returned (line 6) (escape-none)",
        "p.go:12:10: `T.Two` allocates in 2 places, and may in 1; line 13: `x` moves to the heap: its address is returned (line 14) (and 1 more) (escape-max)",
      ],
    );
  });

  it("break where they say nothing: no directive, no number, no reason, no function, no code", () => {
    assert.deepEqual(
      broken(`
//escape:nnoe
func F() {}

//escape:max=x
func G() {}

func H() *int {
	x := 1 //escape:allow
	return &x
}

//escape:none
var V int

//gcassert:noescapes
func I() {}

//escape:allow nothing
`).map((line) => line.replace(/^p\.go:/, "")),
      [
        "3:1: `//escape:nnoe` is no directive (directive)",
        "6:1: `//escape:max=x` needs a number, as in `//escape:max=2` (directive)",
        "10:9: `//escape:allow` needs a reason, as in `//escape:allow runs once` (directive)",
        "14:1: `//escape:none` stands at no function (directive)",
        "17:1: `noescapes` is no directive (directive)",
        "20:1: `//escape:allow nothing` stands at no code (directive)",
      ],
    );
  });

  it("take what an allowance names out of the findings, and nothing else", () => {
    module = testModule({
      "p.go": `package p

import "fmt"

func F(xs []int) {
	for _, x := range xs {
		fmt.Println(x) //escape:allow boxed-formatting: rare
		fmt.Println(x) //escape:allow returned: not this
	}
}
`,
    });
    const { stdout } = escapelens(["check"], { cwd: module.dir });
    assert.match(stdout, /^p\.go:8:15: [^\n]*\n$/);
  });

  it("know those of gVisor: its own allocations, exemptions, and the opposite", () => {
    assert.deepEqual(
      broken(`
// +checkescape
func A() *int { x := 1; return &x }

// +checkescape:all
func B() *int {
	x := 1 // escapes: the caller's.
	return &x
}

// +checkescape:interface
func C() *int { x := 1; return &x }

// +mustescape:heap
func D() int { return 1 }

// +mustescape:local,heap
func E() *int { x := 1; return &x }
`).map((line) => line.replace(/;.*\(/, " (")),
      [
        "p.go:4:6: `A` must not escape to the heap (checkescape)",
        "p.go:16:6: `D` is said to allocate, and does not (mustescape)",
      ],
    );
  });

  it("know that a method of the same name may be the one that is called", () => {
    const methods = `
type A struct{}
type B struct{}

//gcassert:inline
func (A) Do() int { return 1 }

//go:noinline
func (B) Do() int { return 2 }

func F() int { return A{}.Do() + B{}.Do() }
`;
    assert.deepEqual(broken(methods), []);
    module.dispose();
    assert.deepEqual(broken(methods.replace("func (A)", "//\n//go:noinline\nfunc (A)")), [
      "p.go:9:10: `Do` is not inlined (gcassert-inline)",
    ]);
  });

  it("follow calls into other packages by their import, and not into variables of the same name", () => {
    assert.deepEqual(
      broken(
        `
import (
	"example.com/m/q"
	r "example.com/m/q"
)

type s struct{}

func (s) Slow() {}

func F() {
	q.Slow()
	r.Slow()
	q := s{}
	q.Slow()
}
`,
        { "q/q.go": "package q\n\n//gcassert:inline\n//go:noinline\nfunc Slow() {}\n" },
      ),
      [
        "p.go:13:2: `q.Slow` is not inlined (gcassert-inline)",
        "p.go:14:2: `r.Slow` is not inlined (gcassert-inline)",
      ],
    );
  });
});
