import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { siteMessage } from "../../../server/src/explain/message.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { compiled } from "./compiledSites.js";

/** Checks the source's comments `// says SENTENCE`, each on the line of its site: among the line's sentences is this one. */
function checkSentences(contents: string): void {
  const { sites } = compiled(contents);
  const wanted = contents.split("\n").flatMap((line, index) => {
    const sentence = /\/\/ says (.*)$/.exec(line)?.[1];
    return sentence === undefined ? [] : [{ index, sentence }];
  });
  assert.ok(wanted.length > 0, "the source has no comments");
  for (const { index, sentence } of wanted) {
    const said = sites.filter((site) => site.range.start.line === index).map((site) => siteMessage(site));
    assert.ok(said.includes(sentence), `line ${index + 1} says ${JSON.stringify(said)}, not ${sentence}`);
  }
}

describe("the sentence of a site", () => {
  before(() => initializeSyntax(serverOut));

  it("names the person's own variable where the value goes on into inlined functions of other packages", () => {
    checkSentences(`package p

import "strings"

func join(parts []string) string {
	s := ""
	for _, p := range parts {
		s += p + "," // says \`p + ","\` is allocated on the heap: \`s\` holds it longer than one turn of the loop
	}
	return strings.TrimSuffix(s, ",")
}
`);
  });

  it("names the person's own code, and where it goes", () => {
    checkSentences(`package p

import (
	"fmt"
	"io"
)

type T struct{ next *T; err error }

func (t *T) fails() { t.err = fmt.Errorf("%w", io.EOF) }

func named(n int) (t *T) {
	t = &T{} // says \`&T{}\` is allocated on the heap: it is returned
	return t
}

func held(ts []*T) *T {
	t := &T{} // says \`&T{}\` is allocated on the heap: it is stored in \`T{…}\`, which is on the heap (line 19)
	ts[0] = &T{next: t}
	return ts[0]
}

func format(n int) string {
	return fmt.Sprintf("%d", n+1000) // says \`n+1000\` is copied to the heap: \`fmt.Sprintf\` takes its arguments as interface values
}

func shared(n int) (err error) {
	defer func() {
		if recover() != nil {
			err = &E{} // says \`&E{}\` is allocated on the heap: \`err\` holds it, which a function literal that outlives this scope shares
		}
	}()
	return nil
}

type E struct{ n int }

func (e *E) Error() string { return "" }

func write(w io.Writer) {
	var b [8]byte // says \`b\` moves to the heap: it is passed to \`w.Write\`, which the compiler cannot know here (line 42)
	w.Write(b[:])
}

type S struct{ n int }

func (s S) Error() string { return "" }

func called(n int) string {
	var e error = S{n} // says \`S{n}\` is copied to the heap: \`e.Error\` is called on it, which the compiler cannot know here (line 54)
	if n > 3 {
		e = io.EOF
	}
	return e.Error()
}

func both(t *T) {
	a, b := new(T), 1 // says \`new(T)\` is allocated on the heap: it is stored in \`t.next\` (line 59)
	t.next, _ = a, b
}

func ranged(t *T) {
	x := new(T) // says \`new(T)\` is allocated on the heap: it is stored in \`t.next\` (line 64)
	for _, t.next = range []*T{x} {
	}
}
`);
  });

  it("says what inlined functions do, in their own words", () => {
    checkSentences(`package p

import (
	"context"
	"errors"
	"strings"
)

type S struct{ err error }

func (s *S) fail() { s.err = errors.New("s") }

func user(s *S) {
	s.fail() // says Inlined \`(*S).fail\` puts \`&errors.errorString{…}\` on the heap: it is stored in \`s.err\`
}

type number int

func (n number) Error() string { return "" }

func wrap(n number) error { return n }

func boxed(n number) error {
	return wrap(n) // says Inlined \`wrap\` copies \`n\` to the heap: it is returned as an interface value
}

//go:noinline
func with(c context.Context) { kept = c }

var kept context.Context

func free() {
	with(context.Background()) // says \`context.backgroundCtx{}\` in inlined \`context.Background\` escapes, but does not allocate: a value without a size needs no memory
}

func build(b *strings.Builder) {
	b.Grow(8)
}
`);
  });
});
