import assert from "node:assert/strict";
import type { Hover, MarkupContent } from "vscode-languageserver-protocol";
import { messageOf } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

/** Asks for the hover at the first occurrence of `needle`. */
async function hoverAt(
  client: TestClient,
  uri: string,
  text: string,
  needle: string,
): Promise<string | null> {
  const before = text.slice(0, text.indexOf(needle)).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position,
  });
  return hover === null ? null : (hover.contents as MarkupContent).value;
}

describe("hover over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const open = async (
    text: string,
    options: { name?: string; capabilities?: object; diagnosticsInHover?: boolean } = {},
  ) => {
    const { name, ...rest } = options;
    module = testModule({ "p.go": text }, name);
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
});
