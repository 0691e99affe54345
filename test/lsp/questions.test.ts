import assert from "node:assert/strict";
import {
  askMethod,
  type Asked,
  type Builds,
  buildsMethod,
  compareMethod,
  type Explanation,
} from "../../server/src/protocol.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { positionOf } from "../harness/positions.js";

const text = `package p

type T struct{ n int }

var kept *int

func (t *T) inc()  { t.n++ }
func keep(p *int)  { kept = p }
func first(names []string) string { return names[0] }

//go:noinline
func look(p *int, t *T) int { return *p + t.n }

func F(n int, in <-chan int) int {
	alone := 1
	seen := 2
	lost := 3
	t := T{n}
	t.inc()
	p := &T{n}
	keep(&lost)
	words := []string{"世界", "a"}
	array := [4]int{1, 2}
	part := array[:n]
	run := func() { alone++ }
	for range in {
		run()
	}
	var any interface{} = n
	switch v := any.(type) {
	case int:
		n += v
	case string:
		keep(new(int))
	}
	return look(&seen, p) + len(first(words)) + part[0]
}

func unused[E any](e E) *E { return &e }

func Big() int {
	big := make([]uintptr, 10000)
	return len(big)
}
`;

/** By the text that the cursor is put before (in `text`, unique), the answer's first line and lines that it must have. */
const questions: readonly (readonly [
  needle: string,
  first: string | RegExp,
  lines: readonly (string | RegExp)[],
])[] = [
  [
    "alone := 1",
    "`alone` stays on the stack.",
    [
      /^p\.go:25:9: a function literal (?:uses|refers to) it, and stays on the stack$/,
      "`alone` would move to the heap if the function literal outlived the function: returned, stored, or run by `go`.",
    ],
  ],
  [
    "seen := 2",
    "`seen` stays on the stack.",
    [
      "p.go:36:14: `&seen` is passed to `look` as its parameter `p *int`, which does not leak",
      "`seen` would move to the heap if `look` kept the pointer that it is passed.",
    ],
  ],
  [
    "lost := 3",
    /^`lost` moves to the heap.*: it is stored in the package variable `kept`/,
    ["# Flow", "p.go:21:7: `&lost` is passed to `keep` as its parameter `p *int`, which leaks to the heap"],
  ],
  [
    "t := T{n}",
    "`t` stays on the stack.",
    [
      "p.go:19:2: `t.inc()`: the receiver `t *T` of `(*T).inc` does not leak",
      "`t` would move to the heap if `(*T).inc` kept its receiver.",
      "Also if `t` were larger than 128 KiB.",
    ],
  ],
  [
    "p := &T",
    "`p` stays on the stack, and so does what it refers to.",
    [
      "p.go:20:7: `&T{n}` stays on the stack",
      "`&T{n}` would be on the heap if `p` were returned, stored in something that lives longer, or passed to a function that keeps it.",
      "&T{...} does not escape",
    ],
  ],
  [
    "&T{n}",
    "`&T{n}` stays on the stack.",
    ["p.go:36:21: `p` is passed to `look` as its parameter `t *T`, which does not leak"],
  ],
  [
    "array := ",
    "`array` stays on the stack.",
    ["p.go:24:10: `array` is sliced: the slice refers to the same memory"],
  ],
  [
    "names []string",
    "`names` itself stays on the stack, but it leaks what it points to to result 0.",
    ["# Flow", /^p\.go:9:\d+: returned: /],
  ],
  [
    "p *int, t",
    "`p` stays on the stack, and nothing that it refers to leaves through it.",
    ["p does not escape"],
  ],
  ["v := any", "`v` stays on the stack.", []],
  [
    "look(&seen",
    "The call `look(&seen, p)` itself needs no memory on the heap: what `look` allocates is counted there.",
    [],
  ],
  ["n += v", "`n` stays on the stack.", []],
  ["kept *int", /^`kept` is a package variable: /, []],
  [
    "e E)",
    "The compiler has not looked at `unused`: it is generic, and nothing in this package uses it with a type.",
    [],
  ],
  ["T struct", "`T` is a type: ask about a variable or an expression.", []],
];

describe("questions over stdio", () => {
  let module: TestModule;
  let client: TestClient;
  let uri: string;

  before(async () => {
    module = testModule({ "p.go": text });
    client = await TestClient.start({ folders: [module.dir] });
    uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
  });

  after(async () => {
    await client.dispose();
    module.dispose();
  });

  const ask = async (needle: string, length = 0): Promise<Asked | null> => {
    const start = positionOf(text, needle);
    const end = { ...start, character: start.character + length };
    return client.connection.sendRequest(askMethod, { textDocument: { uri }, range: { start, end } });
  };
  const compare = async (needle: string, build: { version?: string; target?: string }) =>
    client.connection.sendRequest<Asked | null>(compareMethod, {
      textDocument: { uri },
      position: positionOf(text, needle),
      version: build.version ?? null,
      target: build.target ?? null,
    });

  for (const [needle, first, lines] of questions) {
    it(`are answered for ${needle}`, async () => {
      const page = linesOf(await ask(needle));
      check(page, first, page[0]);
      for (const line of lines)
        assert.ok(
          page.some((each) => matches(each, line)),
          `${line} in\n${page.join("\n")}`,
        );
    });
  }

  it("are about what is selected, if something is", async () => {
    assert.equal(
      linesOf(await ask("[]string{", '[]string{"世界", "a"}'.length))[0],
      '`[]string{"世界", "a"}` stays on the stack.',
    );
  });

  it("have no answer where there is nothing to ask about", async () => {
    assert.equal(await ask("package p"), null);
  });

  it("name places that are links", async () => {
    const { text: page, links } = explanationOf(await ask("seen := 2"));
    for (const { line, start, end, position } of links)
      assert.equal(
        page.split("\n")[line]?.slice(start, end),
        `p.go:${position!.line + 1}:${position!.character + 1}`,
      );
    assert.equal(links.length, 2);
  });

  it("compare a function under two targets", async () => {
    const builds = await client.connection.sendRequest<Builds | null>(buildsMethod, {
      textDocument: { uri },
    });
    const other = builds!.target === "linux/386" ? "linux/amd64" : "linux/386";
    assert.ok(builds!.targets.includes(other) && !builds!.targets.includes(builds!.target));
    const page = linesOf(await compare("big := make", { target: other }));
    // 80 kB of words of 64 bits, 40 kB of 32 bits; 64 KiB are the limit (cmd/compile/internal/ir/cfg.go).
    assert.match(
      page[0] ?? "",
      /^`Big`: go1\S+ \w+\/\w+ against go1\S+ linux\/\w+: 1 gone, 0 new, 0 changed, 0 the same$/,
    );
    assert.ok(page.includes("# Gone"));
    assert.ok(
      page.some((line) => /^p\.go:42:9: `make\(\[\]uintptr, 10000\)` .*too large/.test(line)),
      page.join("\n"),
    );
  });

  it("say what is the same", async () => {
    const page = linesOf(await compare("lost := 3", { target: "linux/arm64" }));
    assert.match(page[0] ?? "", /^`F` is the same with |: 0 gone, 0 new, /);
  });

  it("say so where a version of Go is not there", async () => {
    const asked = await compare("big := make", { version: "go1.22.99" });
    assert.ok(asked !== null && "problem" in asked);
    assert.match(asked.problem, /toolchain/);
  });

  it("compare functions only", async () => {
    assert.equal(await compare("var kept", { target: "linux/arm64" }), null);
  });
});

describe("questions in untrusted workspaces", () => {
  it("are declined before anything is run", async () => {
    const module = testModule({ "p.go": text });
    const client = await TestClient.start({ folders: [module.dir], trusted: false });
    try {
      const uri = await client.open(module.path("p.go"), text);
      const range = { start: { line: 14, character: 1 }, end: { line: 14, character: 1 } };
      const asked = await client.connection.sendRequest<Asked | null>(askMethod, {
        textDocument: { uri },
        range,
      });
      assert.ok(asked !== null && "problem" in asked);
      assert.match(asked.problem, /trust/);
      assert.equal(await client.connection.sendRequest(buildsMethod, { textDocument: { uri } }), null);
    } finally {
      await client.dispose();
      module.dispose();
    }
  });
});

function explanationOf(asked: Asked | null): Explanation {
  assert.ok(asked !== null && "explanation" in asked, JSON.stringify(asked));
  return asked.explanation;
}

function linesOf(asked: Asked | null): string[] {
  return explanationOf(asked).text.split("\n");
}

function matches(line: string, expected: string | RegExp): boolean {
  return typeof expected === "string" ? line === expected : expected.test(line);
}

function check(page: readonly string[], expected: string | RegExp, actual: string | undefined): void {
  assert.ok(matches(actual ?? "", expected), `${String(expected)} at the top of\n${page.join("\n")}`);
}
