import assert from "node:assert/strict";
import { leakPath } from "../../server/src/analysis/leakPath.js";
import { functionsOfFile } from "../../server/src/analysis/functionInfo.js";
import { placeKey } from "../../server/src/compiler/placeKey.js";
import { SourceText } from "../../server/src/syntax/sourceText.js";
import { initializeSyntax } from "../../server/src/syntax/treeSitter.js";
import { directEngine, type DirectTestEngine } from "../harness/directEngine.js";
import { type TestModule, testModule } from "../harness/module.js";
import { load } from "../harness/packages.js";
import { serverOut } from "../harness/paths.js";
import type { PackageVariant } from "../../server/src/go/packages.js";

const text = `package p

import "sort"

type node struct {
	next *node
	data []byte
}

type list struct{ all []*node }

var kept *list

//go:noinline
func (l *list) push(n *node) { l.all = append(l.all, n) }

func stored(n *node) { kept = &list{all: []*node{n}} }

func handed(first string, n *node) {
	other := n
	kept.push(other)
}

func variadic(ns ...*node) {
	for _, each := range ns {
		kept.push(each)
	}
}

func called(f func(*node), n *node) { f(n) }

func sorted(data sort.Interface) { sort.Sort(data) }

func content(n *node) { kept.all = append(kept.all, n.next) }

func returned(n *node) (named *node) { return n }

func kept1(n *node) int { return len(n.data) }

func first(n *node, depth int) { second(n, depth) }

func second(n *node, depth int) {
	if depth > 0 {
		first(n, depth-1)
	}
	kept.push(n)
}
`;

/** By function: what leaks of its last parameter, and the step of each function on the way to the heap. */
const expected: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "(*list).push": ["heap", "call parameter: append(l.all, n)"],
  stored: ["heap", "slice-literal-element: []*node{...}"],
  handed: ["heap", "call parameter: (*list).push(kept, other)", "call parameter: append(l.all, n)"],
  variadic: ["content", "call parameter: (*list).push(kept, each)", "call parameter: append(l.all, n)"],
  called: ["heap", "call parameter: f(n)"],
  sorted: ["heap", "call parameter: sort.Sort(data)"],
  content: ["content", "call parameter: append(kept.all, n.next)"],
  returned: ["result named"],
  kept1: ["nothing"],
  first: ["heap", "call parameter: second(n, depth)", "call parameter: (*list).push(kept, n)"],
};

describe("why a parameter leaks", () => {
  let module: TestModule;
  let direct: DirectTestEngine;
  let variant: PackageVariant;

  before(async () => {
    await initializeSyntax(serverOut);
    module = testModule({
      "p.go": text,
      "broken/b.go": "package broken\n\nfunc F(p *int) { undefined(p) }\n",
    });
    const loaded = await load(module.dir, ["."]);
    direct = directEngine(loaded);
    variant = loaded.packages[0]!.variants[0]!;
  });

  after(() => {
    module.dispose();
  });

  const { signal } = new AbortController();

  it("is found for the parameter alone, with its way through the functions of the package", async () => {
    const file = module.path("p.go");
    const source = new SourceText(text);
    const functions = functionsOfFile({ file, source, facts: { inlining: [], leaks: [] } });
    const placeOf = (range: { start: { line: number; character: number } }) => {
      const offset = source.offsetOf(range.start);
      return { file, line: source.lineOf(offset), column: source.columnOf(offset) };
    };
    for (const [name, [leak, ...steps]] of Object.entries(expected)) {
      const info = functions.find((each) => each.name === name)!;
      const parameter = info.parameters.filter(({ type }) => type !== "int").at(-1)!;
      const leaks = await direct.engine.leaksOf(variant, new Map(), placeOf(parameter.range), signal);
      const words = leaks?.leaks.map(({ content, result }) =>
        result === undefined ? (content ? "content" : "heap") : `result ${result.name}`,
      );
      assert.deepEqual(words ?? ["nothing"], [leak], name);
      if (leaks === undefined) continue;
      assert.equal(leaks.flows.has(placeKey(placeOf(parameter.range))), steps.length > 0, name);
      const path = await leakPath({ function: info, parameter }, leaks, {
        named: (called) => Promise.resolve(functions.find((each) => each.name === called)),
        placeOf: (passed) => Promise.resolve(placeOf(passed.parameter.range)),
      });
      const told = path.map(({ reason, text: code }) => `${reason}: ${code}`);
      assert.deepEqual(told.slice(0, steps.length), steps, name);
    }
  });

  it("is not known of a package that does not compile, and no error", async () => {
    const broken = { ...variant, id: "example.com/m/broken", importPath: "example.com/m/broken" };
    const file = module.path("broken/b.go");
    const at = { file, line: 3, column: 8 };
    const files = { dir: module.path("broken"), files: [file] };
    assert.equal(await direct.engine.leaksOf({ ...broken, ...files }, new Map(), at, signal), undefined);
  });
});
