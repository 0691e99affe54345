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
});
