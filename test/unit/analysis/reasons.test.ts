import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { siteDraftsOfFile } from "../../../server/src/analysis/fileSites.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { compileFile } from "../syntax/marked.js";

/**
 * Compiles the source and checks its comments `// is REASON …`, each on the line of its sites: these are their reasons, and
 * no other. What allocates nothing in any case is left out where a line has more; appends are, where Go does not report
 * them (before 1.25).
 */
function checkReasons(contents: string): void {
  const { source, facts } = compileFile(contents);
  const file = facts.heap[0]?.position.file ?? "";
  const found = new Map<number, Set<string>>();
  const free = new Map<number, Set<string>>();
  for (const site of siteDraftsOfFile({ file, importPath: "example.com/m", source, facts })) {
    const line = site.range.start.line + 1;
    const sites = site.allocates === "no" ? free : found;
    sites.set(line, (sites.get(line) ?? new Set()).add(site.reason));
  }
  const reportsAppends = facts.heap.some(({ text }) => text.startsWith("append"));
  const wanted = contents.split("\n").flatMap((line, index) => {
    const codes = /\/\/ is ([a-z -]+)$/.exec(line)?.[1]?.split(" ");
    const isUnreported = !reportsAppends && (line.includes("append(") || codes?.includes("append-growth"));
    return codes === undefined || isUnreported ? [] : [[index + 1, codes.sort()] as const];
  });
  assert.match(contents, /\/\/ is /);
  const actual = wanted.map(([line]) => [line, [...(found.get(line) ?? free.get(line) ?? [])].sort()]);
  assert.deepEqual(actual, wanted);
}

describe("the reason of a site", () => {
  before(() => initializeSyntax(serverOut));

  it("is where the slice of a call's further arguments goes, for what is in it", () => {
    checkReasons(`package p

type Row interface{ Scan(dest ...any) error }

type P struct{ x, y int }

var kept [][]any

func keep(args ...any) { kept = append(kept, args) }

func scan(r Row) (int64, error) {
	var id int64 // is unknown-callee
	err := r.Scan(&id) // is unknown-callee
	return id, err
}

func values(r Row, p P) error {
	return r.Scan(p.x, p.y) // is unknown-callee boxed-argument
}

func variable(put func(...*P)) {
	put(&P{1, 2}, new(P)) // is unknown-callee
}

func appended() {
	n := 1 // is appended
	keep(&n) // is append-growth appended
}

func literal() [][]*P {
	return [][]*P{{&P{1, 2}}} // is returned stored-literal
}
`);
  });

  it("is where a value of its own memory goes", () => {
    checkReasons(`package p

type T struct{ n int; next *T; tags map[string]*T }

var global *T
var all = map[string]*T{} // is stored-global

func address() *T {
	t := T{} // is return-address
	return &t
}

func named() (t *T, err error) {
	t = &T{} // is return-address
	return
}

func slice(n int) (s []int) {
	s = make([]int, 8) // is returned
	return s
}

func stores(t *T, pp **T, m map[string]*T, s []*T, c chan *T) {
	t.next = &T{} // is stored-field
	global = &T{} // is stored-global
	m["a"] = &T{} // is stored-map
	s[0] = &T{} // is stored-slice
	t.tags["b"] = &T{} // is stored-map
	*pp = &T{} // is stored-pointer
	c <- &T{} // is sent-channel
	global = &T{next: &T{}} // is stored-global stored-literal
}

func fieldOfResult() (t T) {
	t.next = &T{} // is stored-field
	return t
}

func outlives(ns []int) int {
	var best *T
	for _, n := range ns {
		t := T{n: n} // is outlives-loop
		if best == nil || t.n > best.n {
			best = &t
		}
	}
	return best.n
}

func parts(n int) int {
	var array [4]*T
	var holder struct{ last *T }
	for i := range array {
		array[i] = &T{n: n} // is outlives-loop
		if i == n {
			holder.last = &T{} // is outlives-loop
		}
	}
	return array[n].n + holder.last.n
}

func several(t *T) {
	a, b := &T{}, &T{} // is stored-global stored-field
	global, t.next = a, b
	global, t.next = &T{}, &T{} // is stored-global stored-field
}

func method(t *T) func() int { return t.get } // is method-value

func (t *T) get() int { return t.n }

func ranged(ts []*T, t *T) (last T) {
	for range ts {
		if last.next == nil {
			last.next = new(T) // is stored-field
		}
	}
	x := new(T) // is stored-field
	for _, t.next = range []*T{x} {
	}
	return
}
`);
  });

  it("is the growth of an append that takes its slice's place, in loops or not", () => {
    checkReasons(`package p

type B struct{ buf []byte }

//go:noinline
func (b *B) one(c byte) { b.buf = append(b.buf, c) } // is append-growth

func (b *B) inlined(s string) { b.buf = append(b.buf, s...) }

func user(b *B) { b.inlined("x") } // is append-growth

func grow(b []byte, s string) []byte {
	b = append(b, s...) // is append-growth
	return b
}

func reserved(n int) []int {
	s := make([]int, 0, n)
	for i := 0; i < n; i++ {
		s = append(s, i) // is append-growth
	}
	return s
}

//go:noinline
func keep(s []string) { kept = s }

var kept []string

func handedOn(css bool) {
	s := make([]string, 0, 3)
	if css {
		s = append(s, "css") // is append-growth
	}
	keep(s)
}

func copied(b []byte) []byte { return append([]byte(nil), b...) } // is returned
`);
  });

  it("is the interface that holds a value", () => {
    checkReasons(`package p

import (
	"fmt"
	"log"
	"os"
	"reflect"
	"sort"
)

type E struct{ n int }

func (e E) Error() string { return "e" }

type K struct{ v any }

func format(n int) string { return fmt.Sprintf("%d", n+1000) } // is boxed-formatting

func logged(n int) { log.Printf("%d", n+1000) } // is boxed-formatting

func logger(l *log.Logger, n int) { l.Println(n + 1000) } // is boxed-formatting

func fails(n int) error { return E{n} } // is returned-interface

func named(n int) (err error) {
	err = E{n} // is returned-interface
	return
}

func stored(k *K, m map[string]any, n int) {
	k.v = n + 1000 // is boxed-store
	m["n"] = n + 1000 // is boxed-store
}

func sorted(s []int) { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) } // is boxed-argument

func twice(n string) { fmt.Fprintln(os.Stderr, n+"!") } // is boxed-formatting

func text(k *K, n string) { k.v = n + "!" } // is boxed-store

func value(n int) reflect.Value { return reflect.ValueOf(n + 1000) } // is reflection

func field(n int) K { return K{v: n + 1000} } // is boxed-store

func either(n int) any {
	if n > 0 {
		return n // is returned-interface
	}
	return E{n} // is returned-interface
}

func panics(n int) { panic(n + 1000) } // is panic-argument

type code int

func (c code) Error() string { return "code" }

const known = 6

func constant() error { return code(known) } // is boxed-constant

type label string

type raw []byte

func constants() (any, any) { return label("a"), 'x' } // is boxed-constant

func bytes() any { return raw("a") } // is returned-interface

func variable(n int) error { return code(n) } // is returned-interface



//go:noinline
func called(n int) code { return code(n) }

func result() error { return called(known) } // is returned-interface

type opener interface{ Open(name string) }

func shadowed(log opener, dir string) { log.Open(dir + "/x") } // is unknown-callee
`);
  });

  it("is that of the interface value that holds a value of the function, wherever that is made", () => {
    checkReasons(`package p

import (
	"fmt"
	"sort"
)

type K struct{ v any }

func formatted(name, child string) string {
	joined := name + " " + child // is boxed-formatting
	link := joined + ".md"
	return fmt.Sprintf("[%s](%d)", joined, len(link)) // is boxed-formatting
}

type asm struct{ lines []string }

//go:noinline
func (a *asm) printf(format string, args ...any) { a.lines = append(a.lines, fmt.Sprintf(format, args...)) }

func (a *asm) label(name string) { a.printf("%s:", name) } // is boxed-argument

func labels(a *asm, name string) {
	a.label(name + "cont") // is boxed-argument
}

func sorted(a, b, c int) int {
	s := []int{a, b, c} // is boxed-argument
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) // is boxed-argument
	return s[0]
}

func stored(k *K, a, b string) {
	s := a + b // is boxed-store
	k.v = s // is boxed-store
}

func result(a, b string) any {
	s := a + b // is returned-interface
	return s // is returned-interface
}

func twice(a, b string) {
	s := a + b // is boxed-formatting
	var v any = s // is boxed-formatting
	w := K{v}
	fmt.Println(w) // is boxed-formatting
}
`);
  });

  it("is a method value wherever a declaration takes a method as it is", () => {
    checkReasons(`package p

import "sync"

type pool struct{ inner *sync.Pool }

var shared = pool{&sync.Pool{}}

var get, size = shared.inner.Get, 1 // is method-value

func local(p *sync.Pool) func() any {
	take := p.Get // is method-value
	return take
}
`);
  });

  it("is told of what inlined functions do, from the compiler's words", () => {
    checkReasons(`package p

import (
	"errors"
	"net/http"
	"strings"
)

type S struct {
	err  error
	tags map[string]int
}

func (s *S) fail() { s.err = errors.New("s") }

func (s *S) tag() { s.tags = make(map[string]int) }

func user(s *S) {
	s.fail() // is stored-field
	s.tag() // is stored-field
}

func header(h http.Header) { h.Set("a", "b") } // is stored-element

func built(b *strings.Builder) { b.WriteByte('x') } // is append-growth

func fails() (err error) {
	err = errors.New("f") // is return-address
	return err
}

type number int

func (n number) Error() string { return "n" }

func wrap(n number) error { return n }

func boxed(n number) error { return wrap(n) } // is returned-interface
`);
  });

  it("is who keeps it: closures, goroutines, deferred calls, callees", () => {
    checkReasons(`package p

import "io"

var kept *int

//go:noinline
func keep(p *int) { kept = p }

func counter() func() int {
	n := 0 // is captured-reference
	return func() int { // is returned
		n++
		return n
	}
}

func assigned(done *func()) (total *int) {
	var p *int // is captured-reference
	*done = func() { // is stored-pointer
		p = new(int) // is outlives-scope
	}
	return p
}

func started(c chan int, n int) {
	go func() { c <- n }() // is goroutine
}

func deferred(fs []func()) {
	for _, f := range fs {
		defer func() { f() }() // is defer-loop
	}
}

func leaked() {
	n := 1 // is leaking-argument
	keep(&n)
}

func written(w io.Writer) {
	var b [8]byte // is unknown-callee
	w.Write(b[:])
}

func called(f func(*int)) {
	n := 1 // is unknown-callee
	f(&n)
}

func sized() []byte {
	b := make([]byte, 1<<20) // is too-large
	for i := range b {
		b[i] = 1
	}
	return b[:0:0]
}

type node struct{ left, right *node }

func build(depth int) *node {
	n := &node{} // is return-address
	if depth > 0 {
		n.left, n.right = build(depth-1), build(depth-1)
	}
	return n
}
`);
  });
});
