import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { passedTo, printedCall } from "../../../server/src/analysis/passedTo.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { overBudgetWords } from "../../../server/src/explain/inlining.js";
import { parameterWords, passedToWords } from "../../../server/src/explain/parameter.js";
import { codeLensesOf } from "../../../server/src/features/codeLens.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { type CompiledFile, compiled } from "./compiledSites.js";

const source = `package p

import "fmt"

type T struct{ n int }

var kept []*T

//go:noinline
func keep(label string, ts ...*T) { kept = append(kept, ts...) }

func first(a, b *T) *T { return a }

func (t *T) logf(format string, args ...any) { fmt.Printf(format, args...) }

func user(t *T, n int) {
	x := T{n} // x
	keep("x", t, &x)
	for i := 0; i < n; i++ {
		t.logf("%d", n+i) // logf
		kept[i] = &T{} // stored
	}
}

func NewT(names []string) *T {
	t := &T{} // made
	for i, name := range names {
		t.n += len(name)*i + len(names)*i*i + len(name)/2
		if t.n > 100 {
			fmt.Print("too long", name, i)
		}
	}
	return t
}

func small() int { return 1 }
`;

/** What the parameter's words are that takes the site's value. */
function taken({ functions }: CompiledFile, site: Site | undefined): string | undefined {
  assert.ok(site !== undefined);
  return passedToWords(
    site,
    passedTo(site, (name) => functions.find((each) => each.name === name)),
  );
}

describe("functions, as the compiler decided about them", () => {
  let file: CompiledFile;

  before(async () => {
    await initializeSyntax(serverOut);
    file = compiled(source);
  });

  it("are known with their cost, their budget and what their parameters leak", () => {
    const { functions } = file;
    assert.deepEqual(
      functions.map(({ name }) => name),
      ["keep", "first", "(*T).logf", "user", "NewT", "small"],
    );
    const words = functions.flatMap(({ parameters }) => parameters.map((each) => parameterWords(each, 0)));
    assert.deepEqual(words.slice(0, 6), [
      undefined,
      "`ts ...*T` leaks what it points to to the heap.",
      "`a *T` leaks to result 0.",
      undefined,
      undefined,
      "`args ...any` leaks what it points to to the heap.",
    ]);
    const { inlining } = functions.find(({ name }) => name === "NewT")!;
    assert.equal(inlining?.budget, 80);
    assert.ok(inlining.cost !== null && inlining.cost > 80);
    assert.match(inlining.obstacle ?? "", /function too complex/);
  });

  it("are named with the parameter that takes a value", () => {
    assert.equal(
      taken(file, file.at("// x")[0]),
      "`keep` takes it as its parameter `ts ...*T`, which leaks what it points to to the heap.",
    );
  });

  it("are named in the standard library where their parameter is known", () => {
    const site = file.at("// logf").find(({ reason }) => reason === "boxed-formatting");
    assert.equal(taken(file, site), "`fmt.Fprintf` takes it as its parameter `a ...any`.");
  });

  it("are told by how much they are over the inlining budget, where that keeps a value on the heap", () => {
    const info = file.functions.find(({ name }) => name === "NewT");
    const [made] = file.at("// made");
    const cost = info?.inlining?.cost ?? 0;
    assert.equal(
      overBudgetWords(made!, info),
      `\`NewT\` costs ${cost} of 80, too much to be inlined: in callers that do not keep the result, it would then stay on the stack.`,
    );
    assert.equal(overBudgetWords({ ...made!, reason: "stored-field" }, info), undefined);
    assert.equal(
      overBudgetWords(
        made!,
        file.functions.find(({ name }) => name === "small"),
      ),
      undefined,
    );
    const far = { cost: 500, budget: 80, obstacle: "function too complex: cost 500 exceeds budget 80" };
    assert.equal(overBudgetWords(made!, { ...info!, inlining: far }), undefined);
  });

  it("have a lens each that says how much they allocate and whether they are inlined", () => {
    const lenses = codeLensesOf(file.functions, file.sites);
    const titles = new Map(
      lenses.map(({ range, command }) => [source.split("\n")[range.start.line], command?.title ?? ""]),
    );
    const of = (start: string) => [...titles].find(([line]) => line?.startsWith(start))?.[1] ?? "";
    // Before Go 1.25 the compiler does not report that the append grows.
    assert.match(of("func keep"), /^(?:up to 1 allocation; )?does not inline: marked go:noinline$/);
    assert.match(of("func first"), /^inlines \(\d+ of 80\)$/);
    assert.match(of("func user"), /^up to 3 allocations, 2 in a loop; does not inline \(\d+ of 80\)$/);
    assert.match(of("func small"), /^inlines \(\d of 80\)$/);
    const certain = file.sites.map((site) => ({ ...site, allocates: "yes" as const }));
    const user = file.functions.filter(({ name }) => name === "user");
    const title = codeLensesOf(user, certain)[0]?.command?.title ?? "";
    assert.match(title, /^3 allocations, 2 in a loop; does not inline \(\d+ of 80\)$/);
  });
});

describe("a printed call", () => {
  const cases: Readonly<Record<string, readonly [string, ...string[]] | undefined>> = {
    'fmt.Sprintf("%d, %d", ... argument...)': ["fmt.Sprintf", '"%d, %d"', "... argument..."],
    "(*T).Write(w, b[:n])": ["(*T).Write", "w", "b[:n]"],
    "w.Close()": ["w.Close"],
    "gen[go.shape.*uint8](&.dict.gen[*int], 2, &m)": ["gen", "2", "&m"],
    "p.Save[go.shape.struct { N []int }](&p..dict.Save[m.T], &t)": ["p.Save", "&t"],
    "(*p.Stack[go.shape.[]int]).Push(s, &p..dict.Stack[[]int], v)": ["(*p.Stack).Push", "s", "v"],
    "p.Val.Put(p.Val{}, &x)": ["p.Val.Put", "p.Val{}", "&x"],
    "F(struct { a, b int }{...}, 'a')": ["F", "struct { a, b int }{...}", "'a'"],
    'F("a text that is cut, ..., b)': ["F", '"a text that is cut, ...', "b"],
    "return x": undefined,
    "f(1)(2)": undefined,
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`is read from ${text}`, () => {
      const call = printedCall(text);
      assert.deepEqual(call && [call.name, ...call.arguments], expected);
    });
  }
});
