import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import {
  type Explanation,
  explainMethod,
  informationMethod,
  serverCommands,
} from "../../server/src/protocol.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { positionOf } from "../harness/positions.js";

const text = `package p

type T struct{ n int }

var kept []*T

func Keep(n int) {
	t := T{n}
	kept = append(kept, &t)
	println(len(kept))
}
`;

/** Calls into a second module, and within the own one. */
const caller = `package m

import "example.com/dep"

type T struct{ n int }

//go:noinline
func own(t *T) { dep.Register(t) }

func F() {
	foreign := T{1}
	dep.Register(&foreign)
	near := T{2}
	own(&near)
}
`;

const secondModule = {
  "go.mod":
    "module example.com/m\n\ngo 1.21\n\nrequire example.com/dep v0.0.0\n\nreplace example.com/dep => ./dep\n",
  "dep/go.mod": "module example.com/dep\n\ngo 1.21\n",
  "dep/dep.go":
    'package dep\n\ntype registry struct{ all map[string]any }\n\nvar defaultRegistry registry\n\n//go:noinline\nfunc Register(value any) { defaultRegistry.add("é", value) }\n',
  "dep/registry.go":
    'package dep\n\nimport "fmt"\n\n//go:noinline\nfunc (r *registry) add(name string, v any) {\n\tfmt.Println(len(name))\n\tr.all[name] = v\n}\n',
};

describe("explanations over stdio", () => {
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

  const explain = (needle: string): Promise<Explanation | null> => {
    const position = positionOf(text, needle);
    return client.connection.sendRequest(explainMethod, { textDocument: { uri }, position });
  };

  it("tell all that is known of the site at a position, part by part", async () => {
    const explanation = await explain("t :=");
    assert.equal(explanation?.title, "p.go:8");
    const lines = explanation.text.split("\n");
    assert.match(lines[0] ?? "", /^`t` moves to the heap: /);
    assert.equal(lines[2], "p.go:8:2: in Keep, package example.com/m");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("# ")),
      ["# Flow", "# Cost", "# Advice", "# Compiler", "# Reason"],
    );
    const flow = lines.slice(lines.indexOf("# Flow") + 2, lines.indexOf("# Cost") - 1);
    assert.ok(flow.length >= 2);
    for (const line of flow) assert.match(line, /^p\.go:9:\d+: .*`.*`$/);
    assert.ok(lines.includes("moved to heap: t"));
    assert.match(lines.at(-2) ?? "", /^docs\/reasons\/[\w-]+\.md$/);
  });

  it("link each place and page that they name", async () => {
    const explanation = await explain("t :=");
    const lines = explanation?.text.split("\n") ?? [];
    const links = explanation?.links ?? [];
    for (const { line, start, end, position, uri: target } of links) {
      const words = lines[line]?.slice(start, end);
      if (position === null)
        assert.ok(words !== undefined && existsSync(new URL(target)) && target.endsWith(words));
      else assert.deepEqual([words, target], [`p.go:${position.line + 1}:${position.character + 1}`, uri]);
    }
    const named = lines.filter((line) => /^p\.go:\d+:\d+: |^docs\//.test(line));
    assert.equal(links.length, named.length);
  });

  it("are found from anywhere on the line", async () => {
    assert.equal((await explain("{n}"))?.title, "p.go:8");
  });

  it("are not there where nothing goes to the heap", async () => {
    assert.equal(await explain("println"), null);
  });

  it("wait for the flow where the file was just opened, and only its workspace was analyzed", async () => {
    const other = text.replace("package p", "package q");
    const file = module.write("q/q.go", other);
    await client.connection.sendRequest("workspace/executeCommand", {
      command: serverCommands.analyzeWorkspace,
    });
    uri = await client.open(file, other);
    await client.status((status) => status.uri === uri && status.phase === "working");
    const explanation = await explain("t :=");
    assert.match(explanation?.text ?? "", /\n# Flow\n[^]*\n# Compiler\n/);
  });

  it("say what the server is, and name no folder", async () => {
    const information = await client.connection.sendRequest<string>(informationMethod, null);
    assert.match(information, /^- server: \d+\.\d+\.\d+, Node v\d+/);
    assert.match(information, /\n- go: go1\.\S+ \w+\/\w+\n/);
    assert.match(information, /\n- results: \d+ sites in 2 files, 0 of them/);
    assert.ok(!information.includes(module.dir));
  });

  it("show where a parameter leaks in a function of a second module, and of the own one", async () => {
    await client.dispose();
    module.dispose();
    module = testModule({ "m.go": caller, ...secondModule });
    client = await TestClient.start({ folders: [module.dir] });
    uri = await client.open(module.path("m.go"), caller);
    await client.idle(uri);
    const explained = async (needle: string) => {
      const position = positionOf(caller, needle);
      const page = await client.connection.sendRequest<Explanation | null>(explainMethod, {
        ...{ textDocument: { uri }, position },
      });
      const lines = page?.text.split("\n") ?? [];
      return lines.slice(lines.indexOf("# Flow") + 2, lines.indexOf("# Cost") - 1);
    };
    // The first who asks waits for the compile, so that the page is whole.
    assert.deepEqual((await explained("foreign :=")).slice(-4), [
      "dep.go:8:15: `dep.Register` takes it as its parameter `value any`, which leaks to the heap.",
      "How `value` reaches the heap in `dep.Register`:",
      'dep.go:8:47: passed to a function: `defaultRegistry.add("é", value)`',
      "registry.go:8:14: assigned: `r.all[name] = v`",
    ]);
    assert.deepEqual((await explained("near :=")).slice(-3), [
      "m.go:8:10: `own` takes it as its parameter `t *T`, which leaks to the heap.",
      "How `t` reaches the heap in `own`:",
      "m.go:8:30: passed to a function: `dep.Register(t)`",
    ]);
  });
});
