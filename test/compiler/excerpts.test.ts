/** The excerpt of a function says of it what its whole package says. */
import assert from "node:assert/strict";
import { directEngine } from "../harness/directEngine.js";
import { excerptOutcome, functionsIn, wholePackage } from "../harness/excerpts.js";
import { testModule } from "../harness/module.js";
import { load } from "../harness/packages.js";

/** Generic functions say nothing without their uses; all that an excerpt has to get right is called by one of the others. */
const program = `package p

import (
	"errors"
	"fmt"
	"net/url"
	text "strings"
	"time"
)

type T struct{ next *T; name string }

type List[E any] struct{ items []E }

type Namer interface{ Name(prefix string) *string }

var kept *T
var builders = map[string]func() *T{"t": func() *T { return newT("t") }}

func (l *List[E]) Push(item E) *List[E] {
	l.items = append(l.items, item)
	return l
}

func done() {}

// Can be inlined, and calls what cannot.
func newT(name string) *T { return link(&T{name: name}, nil) }

// What defers is never inlined.
func link(t *T, next *T) *T {
	defer done()
	t.next = next
	return t
}

func keep(t *T) {
	defer done()
	kept = t
}

func content(t *T) {
	defer done()
	kept = t.next
}

func deep(t **T, unused *T) {
	defer done()
	kept = (*t).next.next
}

// The parameter moves to the heap.
func moves(t T) func() string {
	defer done()
	return func() string { t.name += "."; return t.name }
}

func several(a, b *T, s []byte) (first *T, rest []byte, err error) {
	defer done()
	if len(s) > 3 {
		return a, s[1:], errors.New("x")
	}
	return b.next, nil, nil
}

// The types of the results cannot be written where the parameter hides the package.
func parsed(url *url.URL, at time.Time) (*url.URL, time.Time) {
	defer done()
	return url, at
}

func blank(_ *T, t *T) (_ *T, ok bool) {
	defer done()
	return t, true
}

func even(t *T, n int) *T {
	defer done()
	if n == 0 {
		return t
	}
	return odd(t, n-1)
}

func odd(t *T, n int) *T {
	defer done()
	kept = t
	return even(t, n-1)
}

func (t *T) Name(prefix string) *string {
	defer done()
	name := text.ToUpper(prefix + t.name)
	return &name
}

func variadic(all ...*T) []*T {
	defer done()
	return all
}

func init() {
	t := T{}
	keep(&t)
}

func init() { content(&T{}) }

func Uses(n int) (string, error) {
	a, b, c, d, e, f := T{}, T{}, T{}, T{}, T{}, &T{}
	keep(&a)
	content(&b)
	deep(&f, &c)
	g := moves(T{next: &d})
	first, rest, err := several(&e, newT("x"), make([]byte, n))
	u, _ := parsed(&url.URL{}, time.Now())
	h, ok := blank(&T{}, &T{})
	even(&T{}, n)
	var namer Namer = first
	list := (&List[*T]{}).Push(h).Push(variadic(&T{}, &T{})[0])
	return fmt.Sprint(g(), rest, u, ok, *namer.Name("x"), len(list.items), builders["t"]()), err
}

func Statement(n int) {
	t := T{}
	go func() { keep(&t) }()
	defer content(&T{name: text.Repeat("x", n)})
}
`;

describe("excerpts", () => {
  it("say of a function what its package says, whatever the function calls", async () => {
    const module = testModule({ "p.go": program });
    try {
      const loaded = await load(module.dir, ["./..."], { tests: false });
      const { engine } = directEngine(loaded, { leakTargets: true });
      const variant = loaded.packages[0]!.variants[0]!;
      const whole = await wholePackage(engine, variant, loaded.signal);
      const functions = functionsIn(whole);
      const without: string[] = [];
      let sites = 0;
      for (const each of functions) {
        const outcome = await excerptOutcome(engine, variant, whole, each, loaded.signal);
        assert.equal(outcome.failure, undefined, outcome.function);
        assert.deepEqual([...outcome.places, ...outcome.words], [], outcome.function);
        if (!outcome.isMade) without.push(outcome.function);
        sites += outcome.sites;
      }
      assert.deepEqual(without, ["(*List).Push"]);
      assert.ok(sites > 20, `${sites} sites`);
    } finally {
      module.dispose();
    }
  });

  it("say of functions of std what their packages say", async () => {
    const loaded = await load(process.cwd(), ["encoding/json", "database/sql"], {
      tests: false,
      scope: "standard",
    });
    const { engine } = directEngine(loaded, { leakTargets: true });
    const sums = { compared: 0, sites: 0 };
    for (const { variants } of loaded.packages) {
      const whole = await wholePackage(engine, variants[0]!, loaded.signal);
      for (const [index, each] of functionsIn(whole).entries()) {
        // Of those that call each other, some are only understood together.
        if (index % 8 !== 0 && each.function.name !== "(*decodeState).valueInterface") continue;
        const outcome = await excerptOutcome(engine, variants[0]!, whole, each, loaded.signal);
        assert.equal(outcome.failure, undefined, outcome.function);
        assert.deepEqual([...outcome.places, ...outcome.words], [], outcome.function);
        if (outcome.isMade) sums.compared++;
        sums.sites += outcome.sites;
      }
    }
    assert.ok(sums.compared > 30 && sums.sites > 40, JSON.stringify(sums));
  });
});
