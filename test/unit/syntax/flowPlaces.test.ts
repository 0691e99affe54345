import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { flowPlaceOf, type FlowPlace } from "../../../server/src/syntax/flowPlaces.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { compileFile } from "./marked.js";

const contents = `package p

import (
	"fmt"
	text "strings"
)

type T struct {
	n    *int
	list []*int
	m    map[string]*int
}

var global *int
var Global any

//go:noinline
func keep(p *int) *int { Global = p; return p }

//go:noinline
func generic[K any](k K) { Global = k }

func field(t *T) { x := 1; t.n = &x }
func element(t *T) { x := 1; t.list[0] = &x }
func mapElement(t *T) { x := 1; t.m["a"] = &x }
func local(list []*int) { x := 1; list[0] = &x }
func dereference(p **int) { x := 1; *p = &x }
func packageVariable() { x := 1; global = &x }
func variable() *int { x := 1; y := &x; return y }
func call() { x := 1; keep(&x) }
func parameter(f func(*int)) { x := 1; f(&x) }
func method(w fmt.Stringer, f interface{ Do(*int) }) { x := 1; f.Do(&x) }
func format() { x := 1; _ = fmt.Sprint(&x); _ = text.ToUpper("") }
func instance() { x := 1; generic[*int](&x) }
func send(c chan *int) { x := 1; c <- &x }
`;

interface Found extends FlowPlace {
  readonly reason: string;
  readonly text: string;
}

describe("places of flow steps", () => {
  let all: Map<string, Found[]>;

  before(async () => {
    await initializeSyntax(serverOut);
    const { source, facts } = compileFile(contents);
    all = withTree(source, (tree) => {
      const found = new Map<string, Found[]>();
      for (const explanation of facts.heap.flatMap((message) => message.explanations)) {
        const line = source.text.split("\n")[explanation.position.line - 1] ?? "";
        const name = /^func (\w+)/.exec(line)?.[1] ?? "";
        for (const { reason, position } of explanation.flows.flatMap((flow) => flow.steps)) {
          const place = flowPlaceOf(tree, { ...position!, reason });
          assert.ok(place !== undefined, `${name} ${reason}`);
          const text = source.text.slice(place.range.start, place.range.end);
          found.set(name, [...(found.get(name) ?? []), { ...place, reason, text }]);
        }
      }
      return found;
    });
  });

  function steps(name: string, reason: string): Found[] {
    return all.get(name)?.filter((step) => step.reason === reason) ?? [];
  }

  it("are the expressions and statements' heads that the steps speak of", () => {
    const places: [string, string, string][] = [
      ["field", "address-of", "&x"],
      ["field", "assign", "t.n = &x"],
      ["variable", "return", "return y"],
      ["call", "call parameter", "keep(&x)"],
      ["send", "send", "c <- &x"],
    ];
    for (const [name, reason, text] of places) {
      const found = steps(name, reason).map((step) => step.text);
      assert.ok(found.includes(text), `${name} ${reason}: ${found.join("; ")}`);
    }
  });

  it("tell what an assignment assigns to", () => {
    const targets: [string, FlowPlace["assignedTo"]][] = [
      ["field", "field"],
      ["element", "slice-element"],
      ["mapElement", "map-element"],
      ["local", "slice-element"],
      ["dereference", "dereference"],
      ["packageVariable", "package-variable"],
      ["variable", "variable"],
    ];
    for (const [name, target] of targets) {
      const found = steps(name, "assign");
      assert.ok(found.length > 0, name);
      for (const step of found) assert.equal(step.assignedTo, target, name);
    }
  });

  it("tell what a call calls, and its package's path", () => {
    const callees: [string, FlowPlace["callee"]][] = [
      ["call", { text: "keep", importPath: null, kind: "name" }],
      ["parameter", { text: "f", importPath: null, kind: "variable" }],
      ["method", { text: "f.Do", importPath: null, kind: "selector" }],
      ["instance", { text: "generic[*int]", importPath: null, kind: "name" }],
    ];
    for (const [name, callee] of callees) {
      const found = steps(name, "call parameter");
      assert.ok(found.length > 0, name);
      for (const step of found) assert.deepEqual(step.callee, callee, name);
    }
    const formats = steps("format", "call parameter").map((step) => step.callee);
    assert.ok(
      formats.some((callee) => callee?.importPath === "fmt" && callee.kind === "package"),
      JSON.stringify(formats),
    );
  });

  it("are unknown without a column and where there is no token", () => {
    const { source } = compileFile("package p\n\nfunc f() {}\n");
    withTree(source, (tree) => {
      for (const column of [undefined, 5, 99]) {
        assert.equal(flowPlaceOf(tree, { line: 3, column, reason: "return" }), undefined);
      }
    });
  });
});
