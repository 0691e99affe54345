import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { anchorOf } from "../../../server/src/syntax/anchors.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { checkMarks } from "./marked.js";

describe("anchors of inlined calls, wrappers and loops over functions", () => {
  before(() => initializeSyntax(serverOut));

  it("underlines the callee's name alone", () => {
    checkMarks(`package p

import (
	"errors"
	"strings"
)

type User struct{ name string }

func newUser(name string) *User { return &User{name} } // want address-of-literal "&User{name}"

var sink any

func calls(name string) error {
	sink = newUser(name) // want inlined-call "newUser"
	sink = (newUser)(name) // want inlined-call "newUser"
	sink = newUser( // want inlined-call "newUser"
		name,
	)
	sink = strings.NewReader(name) // want inlined-call "NewReader"
	func() {
		sink = new(int)
	}() // want inlined-call "func()"
	return errors.New("failed") // want inlined-call "New"
}
`);
  });

  it("counts the boxed result of an inlined call as the person's own", () => {
    checkMarks(`package p

func twice(n int) int { return n + n }

var sink any

func calls(n int) {
	sink = twice(n)      // want boxed "twice(n)"
	sink = any(twice(n)) // want conversion "any(twice(n))"
}
`);
  });

  it("underlines go and defer statements for the closures made of them", () => {
    checkMarks(`package p

//go:noinline
func work(n int) {}

func start(ns []int) {
	for _, n := range ns {
		go work(n)    // want go-wrapper "go work(n)"
		defer work(n) // want defer-wrapper "defer work(n)"
		go work( // want go-wrapper "go work("
			n,
		)
		go func() { // want func-literal "func()"
			work(n)
		}()
	}
}
`);
  });

  it("underlines the head of a loop over a function, and what is its body's own", () => {
    const contents = `package p

func f(n int) {
	for i := range each(n) {
		sinks = append(sinks, i)
	}
}
`;
    const inlined = ["f.each.func1", "f-range1"];
    const messages: [string, readonly string[], string, string][] = [
      ["func literal", [], "range-func-body", "for i := range each(n)"],
      ["append", inlined, "append", "append(sinks, i)"],
      ["&errorString{...}", inlined, "inlined-call", "each"],
    ];
    const source = new SourceText(contents);
    for (const [text, inlinedCalls, nodeForm, underlined] of messages) {
      const message = { form: "escapes", line: 4, column: 2, text, inlinedCalls } as const;
      const anchor = withTree(source, (tree) => anchorOf(tree, message));
      assert.ok(anchor.quality !== "missing");
      const found = contents.slice(anchor.range.start, anchor.range.end);
      assert.deepEqual([anchor.nodeForm, found], [nodeForm, underlined]);
    }
  });
});
