import assert from "node:assert/strict";
import { type Excerpt, ExcerptBase, excerptOf } from "../../../server/src/analysis/excerpt.js";
import { CalleeSummaries } from "../../../server/src/compiler/calleeSummaries.js";
import { functionBodies } from "../../../server/src/syntax/functionBodies.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";

const file = "/m/p.go";

const text = `package p

import (
	"fmt"
	"net/url"
	"os"
	yaml "gopkg.in/yaml.v3"
)

var out = os.Stdout

// F is edited.
func F(t *T) *T {
	return g(t.m())
}

func g(t *T) *T {
	defer fmt.Println()
	return t
}

func (t *T) m() *T { return h(t) }

func h(t *T) *T {
	u := url.URL{}
	_ = u
	return t
}

func unrelated() {
	yaml.Marshal(nil)
}

func short() { defer g(nil) }
`;

/** `name` can be inlined, or takes its parameter to where it says. */
const said: Readonly<Record<string, "inline" | readonly [to: string, derefs: number] | "nothing">> = {
  F: "nothing",
  g: ["~r0", 0],
  "(*T).m": "inline",
  h: ["{heap}", 1],
  unrelated: "nothing",
  short: "nothing",
};

function baseOf(source: string): ExcerptBase {
  const summaries = new CalleeSummaries();
  const position = { file, line: 1, column: 1 };
  for (const [name, what] of Object.entries(said)) {
    const obstacle = what === "inline" ? undefined : "unhandled op DEFER";
    summaries.add({ kind: "inline", function: name, position, cost: undefined, obstacle });
    if (typeof what === "object")
      summaries.add({ kind: "leak-target", function: name, name: "t", to: what[0], derefs: what[1] });
  }
  const known = new SourceText(source);
  return new ExcerptBase(
    new Map([[file, { source: known, bodies: withTree(known, functionBodies) }]]),
    summaries,
  );
}

function edit(from: string, to: string, source = text): Excerpt | undefined {
  assert.ok(source.includes(from));
  return excerptOf(baseOf(source), new Map([[file, new SourceText(source.replace(from, () => to))]]));
}

describe("excerpts", () => {
  before(() => initializeSyntax(serverOut));

  it("keep the function and what it inlines, and stand in for what it calls", () => {
    const excerpt = edit("g(t.m())", "g(t.m().m())");
    assert.deepEqual([excerpt?.firstLine, excerpt?.lastLine, excerpt?.wasInlined], [13, 15, false]);
    assert.equal(
      excerpt?.texts.get(file),
      `package p; import goEscapeLensUnsafe "unsafe"

import (
	_ "fmt"
	_ "net/url"
	"os"
	_  "gopkg.in/yaml.v3"
)

var out = os.Stdout

// F is edited.
func F(t *T) *T {
	return g(t.m().m())
}

//go:noinline
func g(t *T) *T {if goEscapeLensChoice { return *(*(*T))(goEscapeLensPointer(&t)) }; for{}}



func (t *T) m() *T { return h(t) }

//go:noinline
func h(t *T) *T {goEscapeLensHeap = **(**goEscapeLensPointer)(goEscapeLensPointer(&t)); for{}}




func unrelated() {for{}}



func short() {for{}}

type goEscapeLensPointer = goEscapeLensUnsafe.Pointer
var goEscapeLensHeap goEscapeLensPointer
var goEscapeLensChoice bool
`,
    );
  });

  it("have every line where it was", () => {
    const lines = edit("g(t.m())", "g(t.m().m())")?.texts.get(file)?.split("\n");
    for (const [index, line] of text.split("\n").entries()) {
      if (line.startsWith("func"))
        assert.ok([lines?.[index], lines?.[index + 1]].join().includes(line.slice(0, 8)));
    }
  });

  it("keep the body of what stands on one line", () => {
    assert.match(
      edit("g(t.m())", "g(t.m()); short()")?.texts.get(file) ?? "",
      /func short\(\) \{ defer g\(nil\) \}/,
    );
  });

  it("leave a file as it is where names do not tell what it imports", () => {
    const shadowed = text.replace("return g(t.m())", "url := 1; _ = url; _ = url.X; return g(nil)");
    const left = edit("url.X", "url.Y", shadowed)?.texts.get(file) ?? "";
    assert.ok(left.includes("yaml.Marshal") && left.includes("defer fmt.Println"));
    const unknown = text.replace(`yaml "gopkg.in/yaml.v3"`, `"gopkg.in/else"`);
    assert.ok(edit("g(t.m())", "g(t)", unknown)?.texts.get(file)?.includes("yaml.Marshal"));
  });

  it("take in functions that were put between others", () => {
    for (const [from, to, lines] of [
      ["func g(", "func a() *int { x := 1; return &x }\n\nfunc g(", [17, 18]],
      ["func g(", "func ga() *int {\n\tx := 1\n\treturn &x\n}\n\nfunc g(", [17, 21]],
      ["\nfunc short() { defer g(nil) }\n", "\nfunc short() { defer g(nil) }\n\nfunc a() {}\n", [35, 36]],
    ] as const) {
      const excerpt = edit(from, to);
      assert.deepEqual([excerpt?.firstLine, excerpt?.lastLine], lines, to);
      assert.equal(excerpt?.wasInlined, false);
      const written = excerpt.texts
        .get(file)
        ?.split("\n")
        .slice(excerpt.firstLine - 1, excerpt.lastLine)
        .join("\n");
      assert.ok(written !== undefined && to.includes(written.trim()), written);
    }
  });

  it("know who has the body of what was edited", () => {
    assert.equal(edit("return h(t)", "return h(t.x)")?.wasInlined, true);
  });

  const refuse = (name: string, from: string, to: string, source = text) => {
    it(`are not made of ${name}`, () => {
      assert.equal(edit(from, to, source), undefined);
    });
  };
  refuse("another signature", "func F(t *T)", "func F(t *U)");
  refuse("other imports", `	"os"\n`, `	"os"\n	"io"\n`);
  refuse("an edited declaration", "os.Stdout", "os.Stderr");
  refuse("what is no edit", "F is", "F is");
  refuse(
    "an edit of two functions",
    "g(t.m())\n}\n\nfunc g(t *T) *T {\n\tdefer",
    "g(t)\n}\n\nfunc g(t *T) *T {\n",
  );
  refuse("a file that cgo translates", "g(t.m())", "g(t)", text.replace(`"fmt"`, `"fmt"\n	"C"`));
  refuse("places that a comment moves", "g(t.m())", "g(t)", text.replace("var out", "//line x.y:1\nvar out"));
  refuse("a generic function", "g(t.m())", "g(t)", text.replace("func F(", "func F[E any]("));
});
