import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { packageDeclarations } from "../../../server/src/evidence/packageDeclarations.js";
import { DeclaredTypes } from "../../../server/src/syntax/declaredTypes.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { valueShapeAt } from "../../../server/src/syntax/valueShape.js";
import { serverOut } from "../../harness/paths.js";

/** The other file of the package, as gofmt lays it out. */
const others = `package p

import "time"

type (
	Level uint8
	Named string
)

type User struct {
	Name string // who
	Age  int64
	Tags []string
}

var (
	port    = 8080
	handler = func(a int) {
		println(a)
	}
	started time.Time
)

var table = map[string]int{
	"a": 1,
}

func load(name string) *User {
	return nil
}

func pair() (int, error) {
	return 0, nil
}
`;

/** Each line's comment is the shape of the argument of \`is\` there; \`?\` where nobody can tell. */
const source = `package p

type Point struct{ X, Y int }
type Only struct{ n int }
type List []Point
type ID int
type Loop Loop2
type Loop2 Loop

func f[T any](n int, b byte, s string, t T, p *Point, xs []int, m map[ID]string, list List, names ...string) {
	is(n)                    // 8
	is(b)                    // byte
	is(n > 3)                // byte
	is(s)                    // string
	is(s + "x")              // string
	is("x" + s)              // string
	is(t)                    // ?
	is(p)                    // pointer
	is(*p)                   // several
	is(p.X)                  // 8
	is(&n)                   // pointer
	is(-n)                   // 8
	is(1 << n)               // ?
	is(xs)                   // slice
	is(xs[1:])               // slice
	is(xs[0])                // 8
	is(s[1:])                // string
	is(s[0])                 // byte
	is(m)                    // pointer
	is(m[1])                 // string
	is(list)                 // slice
	is(list[0])              // several
	is(list[0].Y)            // 8
	is(names)                // slice
	is(names[0])             // string
	is(ID(n))                // 8
	is(int32(n))             // 4
	is(int16(n))             // 2
	is(float32(n))           // 4
	is([]byte(s))            // slice
	is(len(s))               // 8
	is(append(xs, 1))        // slice
	is(make(chan int))       // pointer
	is(new(Point))           // pointer
	is(Point{1, n})          // several
	is(Only{n})              // ?
	is([2]int{n, n})         // several
	is([1]int{n})            // ?
	is(func() {})            // pointer
	is(any(n).(string))      // string
	is(Loop(n))              // ?
	is(unknown(n))           // ?
	var err error
	is(err.Error())          // string
	word, count := "w", 3
	is(word)                 // string
	is(count)                // 8
	for i, r := range s {
		is(i)                // 8
		is(r)                // 4
	}
	for key, value := range m {
		is(key)              // 8
		is(value)            // string
	}
	for i := range 10 {
		is(i)                // 8
	}
	is(load(s))              // pointer
	is(load(s).Name)         // string
	is(load(s).Tags)         // slice
	is(port)                 // 8
	is(started)              // ?
	is(table["a"])           // 8
	is(Level(n))             // byte
	is(Named(s))             // string
	first, _ := pair()
	is(first)                // ?
	port := s
	is(port)                 // string
	type Level string
	is(Level(s))             // string
}
`;

describe("the shape of a value", () => {
  before(() => initializeSyntax(serverOut));

  it("is known as far as the package's declarations tell", () => {
    const lines = source.split("\n");
    const found = withTree(new SourceText(packageDeclarations([others, source])), ({ root }) =>
      withTree(new SourceText(source), (tree) =>
        lines.map((line, index) => {
          const operand = /^\s*is\((.*)\) +\/\//.exec(line)?.[1];
          if (operand === undefined) return undefined;
          const start = lines.slice(0, index).join("\n").length + 1 + line.indexOf("is(") + "is(".length;
          const place = { start, end: start + operand.length };
          return `${operand}: ${valueShapeAt(tree, place, new DeclaredTypes(root)) ?? "?"}`;
        }),
      ),
    );
    const wanted = lines.map((line) => /^\s*is\((.*)\) +\/\/ (.*)$/.exec(line)?.slice(1).join(": "));
    assert.ok(wanted.filter((each) => each !== undefined).length > 50);
    assert.deepEqual(found, wanted);
  });
});

describe("the declarations of a package", () => {
  const cases: Readonly<Record<string, readonly [readonly string[], string]>> = {
    "leave out what a function does, and the rest of literals": [
      ["package p\n\nfunc F(a int) string { // says\n\treturn x(\n}\n\nvar v = T{\n\ta: 1,\n}\n"],
      "func F(a int) string {}\nvar v = T{}",
    ],
    "leave out methods, calls over several lines and what cannot be cut": [
      ["func (t T) M() {\n}\n\nvar v = f(func() {\n})\n\nvar w = g(\n\t1,\n)\n\nvar s = `a\ntype T int\n"],
      "type T int",
    ],
    "take groups apart": [
      ["type (\n\tA int\n\tB struct {\n\t\tx int\n\t}\n)\n\nvar (\n\ta = 1\n\tb, c string\n)\n"],
      "type A int\ntype B struct {\n\t\tx int\n\t}\nvar a = 1\nvar b, c string",
    ],
    "leave out what is declared twice": [["type A int\n", "type A string\ntype B int\n"], "type B int"],
  };
  for (const [what, [texts, wanted]] of Object.entries(cases)) {
    it(what, () => {
      assert.equal(packageDeclarations(texts), `package p\n${wanted}`);
    });
  }
});
