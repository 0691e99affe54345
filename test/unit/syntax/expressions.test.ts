import { before, describe, it } from "mocha";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { checkMarks } from "./marked.js";

describe("anchors of expressions", () => {
  before(() => initializeSyntax(serverOut));

  it("underlines literals, those of several lines up to their opening brace", () => {
    checkMarks(`package p

type User struct{ Name string }

var sink any

func literals(name string) {
	sink = &User{Name: name} // want address-of-literal "&User{Name: name}"
	sink = &User{            // want address-of-literal "&User{"
		Name: name,
	}
	sink = []*User{ // want composite-literal "[]*User{"
		{Name: name},  // want elided-address-of-literal "{Name: name}"
		&User{"other"}, // want address-of-literal "&User{\\"other\\"}"
	}
	sink = map[string]int{} // want composite-literal "map[string]int{}"
	sink = func(n int) int { // want func-literal "func(n int) int"
		return n + len(name)
	}
}
`);
  });

  it("underlines calls of builtins", () => {
    checkMarks(`package p

type Names []string

var sink any

func builtins(n int) ([]int, Names) {
	sink = new(int)            // want new "new(int)"
	sink = make(map[int]int)   // want make-map "make(map[int]int)"
	sink = append(Names(nil), "x") // want boxed "append(Names(nil), \\"x\\")"
	names := make(Names, 100, // want make-slice "make("
		200)
	return make([]int, 100), names // want make-slice "make([]int, 100)"
}
`);
  });

  it("tells a conversion from its boxed result and from its boxed operand", () => {
    checkMarks(`package p

type Str string
type Bytes = []byte

var sink any

func conversions(b []byte, s string) {
	sink = string(b)           // want conversion "string(b)" boxed "string(b)"
	sink = Bytes(s)            // want conversion "Bytes(s)" boxed "Bytes(s)"
	sink = Str(b)              // want conversion "Str(b)" boxed "Str(b)"
	sink = any(s)              // want conversion "any(s)"
	sink = interface{}(s)      // want conversion "interface{}(s)"
	sink = (string)((b))       // want conversion "(string)((b))" boxed "(string)((b))"
	sink = []rune(s)           // want conversion "[]rune(s)" boxed "[]rune(s)"
	sink = Str(string(b))      // want conversion "string(b)" boxed "Str(string(b))"
	sink = string(string(b) + s) // want concatenation "string(b) + s" boxed "string(string(b) + s)"
}
`);
  });

  it("underlines boxed operands of every kind", () => {
    checkMarks(`package p

import "math"

type T struct{ f int }

//go:noinline
func get(n int) int { return n }

var sink any

func boxed(t *T, xs []int, n int, s string, v any) {
	sink = n          // want boxed "n"
	sink = t.f        // want boxed "t.f"
	sink = xs[n]      // want boxed "xs[n]"
	sink = xs[1:]     // want boxed "xs[1:]"
	sink = get(n)     // want boxed "get(n)"
	sink = *t         // want boxed "*t"
	sink = -n         // want boxed "-n"
	sink = n * n      // want boxed "n * n"
	sink = n + n + 1  // want boxed "n + n + 1"
	sink = (n)        // want boxed "(n)"
	sink = v.(int)    // want boxed "v.(int)"
	sink = s == "x"   // want boxed "s == \\"x\\""
	sink = 'x'        // want boxed "'x'"
	sink = "constant" // want boxed "\\"constant\\""
	sink = math.Pi    // want boxed "math.Pi"
	m := map[any]any{}
	m[n] = s // want boxed "n" boxed "s"
	ch := make(chan any, 1)
	ch <- s // want boxed "s"
	sink = m
}
`);
  });

  it("underlines concatenations and method values", () => {
    checkMarks(`package p

type T struct{ n int }

func (t *T) Get() int { return t.n }

var get func() int
var joined string

func values(t *T, s string) {
	get = t.Get           // want method-value "t.Get"
	joined = s + "/" + s  // want concatenation "s + \\"/\\" + s"
	joined = s +          // the operator that counts is the last one
		"a" + joined // want concatenation "s +"
}
`);
  });

  it("underlines variadic arguments, and results of calls with several", () => {
    checkMarks(`package p

var sink any

func numbers(ns ...int) { keep(ns) }

//go:noinline
func keep(ns []int) { sink = &ns[0] }

//go:noinline
func printf(format string, args ...any) { sink = args }

//go:noinline
func two() (int, string) { return len("x"), "y" }

func variadic(n int) (any, any) {
	numbers(n, 2)        // want variadic-slice "n, 2"
	printf("%d", n, n+n) // want variadic-slice "n, n+n" boxed "n" addition "n+n"
	printf("none")
	return two() // want boxed "two()"
}
`);
  });
});
