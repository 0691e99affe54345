import assert from "node:assert/strict";
import type { Hover, MarkupContent } from "vscode-languageserver-protocol";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { messageOf } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { positionOf } from "../harness/positions.js";
import { until } from "../harness/until.js";

/** Asks for the hover at the first occurrence of `needle`. */
async function hoverAt(
  client: TestClient,
  uri: string,
  text: string,
  needle: string,
): Promise<string | null> {
  const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position: positionOf(text, needle),
  });
  return hover === null ? null : (hover.contents as MarkupContent).value;
}

/** Calls into the standard library and a package whose name its path does not end in. */
const callers = `package p

import (
	"encoding/json"
	"fmt"
	"io"
	"log"

	alias "example.com/m/dep"
)

type T struct{ N int }

func F(w io.Writer, dec *json.Decoder, n int) ([]byte, error) {
	fmt.Fprintln(w, n)
	var decoded T
	if err := dec.Decode(&decoded); err != nil {
		return nil, err
	}
	taken := [3]int{1}
	alias.Take("", &taken)
	generic := [3]int{2}
	alias.Save("", &generic)
	held := [3]int{3}
	new(alias.Stack[*[3]int]).Push(&held)
	valued := [3]int{4}
	alias.Val{}.Put("", &valued)
	log.Printf("%d", n+1)
	return json.Marshal(decoded)
}

func G(fmt interface{ Fprintln(io.Writer, *int) }) {
	unknown := 5
	fmt.Fprintln(nil, &unknown)
}
`;

const callees = `package other

var kept []any

//go:noinline
func Take(_ string, p *[3]int) { kept = append(kept, p) }

//go:noinline
func Save[E any](_ string, v E) { kept = append(kept, v) }

type Stack[E any] struct{ all []E }

//go:noinline
func (s *Stack[E]) Push(v E) { s.all = append(s.all, v); kept = append(kept, s) }

type Val struct{ _ int }

//go:noinline
func (Val) Put(_ string, p *[3]int) { kept = append(kept, p) }
`;

/** Another declaration, which the build leaves out. */
const ignored = "//go:build ignore\n\npackage other\n\nfunc Take(nothing string, q *int) {}\n";

/** Of the value at `needle`: which parameter of which callee takes it, and what stands on its line. */
const taken = [
  { needle: "n)\n\tvar", callee: "fmt.Fprintln", parameter: "a ...any", at: "func Fprintln(" },
  { needle: "decoded T", callee: "(*json.Decoder).Decode", parameter: "v any", at: ") Decode(" },
  { needle: "taken :=", callee: "alias.Take", parameter: "p *[3]int", at: "func Take(" },
  { needle: "generic :=", callee: "alias.Save", parameter: "v E", at: "func Save[" },
  { needle: "held :=", callee: "(*other.Stack).Push", parameter: "v E", at: ") Push(" },
  { needle: "valued :=", callee: "other.Val.Put", parameter: "p *[3]int", at: ") Put(" },
  { needle: "n+1", callee: "fmt.Appendf", parameter: "a ...any", at: "func Appendf(" },
  { needle: "decoded)\n}", callee: "json.Marshal", parameter: "v any", at: "func Marshal(" },
];

/** The steps by which parameters of other packages reach the heap. */
const leaking = [
  {
    needle: "n)\n\tvar",
    leak: "leaks what it points to to the heap",
    steps: [
      { words: "passed to a function: `p.doPrintln(a)`", at: "p.doPrintln(a)" },
      { words: "passed to a function: `p.printArg(arg, 'v')`", at: "p.printArg(arg, 'v')" },
      { words: "assigned: `p.arg = arg`", at: "p.arg = arg" },
    ],
  },
  {
    needle: "taken :=",
    leak: "leaks to the heap",
    steps: [{ words: "passed to a function: `append(kept, p)`", at: "kept = append(kept, p)" }],
  },
  {
    needle: "generic :=",
    leak: "leaks to the heap",
    steps: [{ words: "passed to a function: `append(other.kept, other.v)`", at: "kept = append(kept, v)" }],
  },
];

describe("hover over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const open = async (
    text: string,
    options: {
      name?: string;
      files?: Readonly<Record<string, string>>;
      capabilities?: object;
      diagnosticsInHover?: boolean;
    } = {},
  ) => {
    const { name, files, ...rest } = options;
    module = testModule({ "p.go": text, ...files }, name);
    client = await TestClient.start({ folders: [module.dir], ...rest });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    return uri;
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  const returned = "package p\n\nfunc F() *int {\n\tx := 1\n\treturn &x\n}\n";

  it("says what moved, why in linked steps, what it costs, what helps, and the compiler's lines last", async () => {
    const uri = await open(returned);
    const hover = (await hoverAt(client, uri, returned, "x :=")) ?? "";
    const [heading, steps, cost, advice, lines] = hover.split("\n\n");
    assert.equal(heading, "**`x` moves to the heap: its address is returned (line 5)**");
    assert.equal(
      steps,
      `1. the address is taken: \`&x\` · [p.go:5](${uri}#L5,9)\n2. returned: \`return &x\` · [p.go:5](${uri}#L5,2)`,
    );
    assert.match(cost ?? "", /It allocates 8 B/);
    assert.match(advice ?? "", /Return the value instead of its address/);
    assert.match(
      lines ?? "",
      /^```go-escape\nmoved to heap: x\n {2}flow: ~r0 ← &x:\n {4}from &x \(address-of\)\n/,
    );
  });

  it("leaves out what the diagnostic says, where the editor shows both", async () => {
    const uri = await open(returned, { diagnosticsInHover: true });
    const hover = (await hoverAt(client, uri, returned, "x :=")) ?? "";
    assert.match(hover, /^It allocates 8 B/);
    assert.match(hover, /Return the value instead of its address/);
    assert.match(hover, /\n```go-escape\nmoved to heap: x\n/);
    assert.equal(client.diagnostics(uri)[0]?.relatedInformation?.length, 2);
  });

  it("says all of it where the diagnostic is without its steps, or is not there", async () => {
    const text = `${returned}\nfunc init() { y := 2; keep = &y }\n\nvar keep *int\n`;
    const uri = await open(text, {
      diagnosticsInHover: true,
      capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
    });
    assert.match((await hoverAt(client, uri, text, "x :=")) ?? "", /^1\. the address is taken/);
    assert.match((await hoverAt(client, uri, text, "y :=")) ?? "", /^\*\*`y` moves to the heap/);
  });

  it("is silent where there is nothing to say", async () => {
    const uri = await open(returned);
    assert.equal(await hoverAt(client, uri, returned, "func F"), null);
  });

  it("is plain text for clients that know no markdown", async () => {
    const uri = await open(returned, {
      capabilities: { textDocument: { hover: { contentFormat: ["plaintext"] } } },
    });
    const hover = (await hoverAt(client, uri, returned, "x :=")) ?? "";
    assert.match(
      hover,
      /^`x` moves to the heap: its address is returned \(line 5\)\n1\. the address is taken: `&x` \(p\.go:5\)\n/,
    );
  });

  it("lets nothing from a file, its name or its constants become a link, a command or markup", async () => {
    const hostile =
      "[click](command:workbench.action.quit) <img src=x onerror=alert(1)> ` `` ![i](https://example.com/x.png) $(zap)";
    const text = `package p\n\ntype T struct{ s string }\n\nvar keep []*T\n\nfunc F(n int) {\n\tfor i := 0; i < n; i++ {\n\t\tkeep = append(keep, &T{${JSON.stringify(hostile)}})\n\t}\n}\n\nvar any1 any\n\nfunc G(s string) {\n\tfor i := 0; i < 3; i++ {\n\t\tany1 = s + ${JSON.stringify(hostile)}\n\t}\n}\n`;
    const uri = await open(text, { name: "[a](command:evil) <b>" });
    for (const needle of ["&T{", "s + "]) {
      const hover =
        (await hoverAt(client, uri, text, needle)) ?? (await hoverAt(client, uri, text, needle.slice(2)));
      assert.ok(hover !== null, needle);
      const running = hover
        .replace(/^(`{3,})go-escape\n[^]*?\n\1$/gm, "")
        .replace(/(`+)[^`][^]*?[^`]\1(?!`)/g, "");
      const targets = [...running.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map((match) => match[1] ?? "");
      assert.ok(
        targets.every((target) => target.startsWith("file:///")),
        `links: ${targets.join(" ")}`,
      );
      assert.doesNotMatch(running, /<(?:img|b)/);
      assert.doesNotMatch(running, /(?<!\\)!\[/);
    }
    for (const diagnostic of client.diagnostics(uri)) assert.ok(messageOf(diagnostic).length < 400);
  });

  it("names the parameter that takes a value in another package, and links to it there", async () => {
    const uri = await open(callers, { files: { "dep/dep.go": callees, "dep/dep_ignored.go": ignored } });
    for (const { needle, callee, parameter, at } of taken) {
      let hover = "";
      // Go may be asked for longer than a hover waits: the next hover has the answer then.
      await until(async () =>
        (hover = (await hoverAt(client, uri, callers, needle)) ?? "").includes("its parameter"),
      );
      assert.ok(hover.includes(`\`${callee}\` takes it as its parameter \`${parameter}\``), hover);
      const place = /takes it as its parameter .* · \[[\w.]+:\d+\]\((file:[^)]+)#L(\d+),(\d+)\)/.exec(hover);
      assert.ok(place, hover);
      const line = readFileSync(fileURLToPath(place[1]!), "utf8").split("\n")[Number(place[2]) - 1]!;
      assert.ok(line.slice(Number(place[3]) - 1).startsWith(parameter), line);
      assert.ok(line.includes(at), line);
    }
    assert.doesNotMatch(
      (await hoverAt(client, uri, callers, "unknown :=")) ?? "its parameter",
      /its parameter/,
    );
  });

  it("shows where that parameter leaks, step by step, each a link to its statement", async () => {
    const uri = await open(callers, { files: { "dep/dep.go": callees, "dep/dep_ignored.go": ignored } });
    for (const { needle, leak, steps } of leaking) {
      let hover = "";
      // The other package is compiled for longer than a hover waits: a later one has the answer.
      await until(async () =>
        (hover = (await hoverAt(client, uri, callers, needle)) ?? "").includes("reaches the heap in"),
      );
      assert.ok(hover.includes(`, which ${leak}. · `), hover);
      const [, list = ""] = /reaches the heap in [^\n]*:\n\n((?:\d+\. [^\n]*\n)+)/.exec(hover) ?? [];
      const lines = list.trimEnd().split("\n");
      assert.equal(lines.length, steps.length, hover);
      for (const [index, { words, at }] of steps.entries()) {
        const line = lines[index] ?? "";
        assert.ok(line.startsWith(`${index + 1}. ${words}`), line);
        const place = / · \[[\w.]+:\d+\]\((file:[^)]+)#L(\d+),\d+\)$/.exec(line);
        const source = readFileSync(fileURLToPath(place?.[1] ?? ""), "utf8").split("\n");
        assert.ok(source[Number(place?.[2]) - 1]?.includes(at), line);
      }
    }
  });
});
