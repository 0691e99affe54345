import assert from "node:assert/strict";
import type { CompletionItem } from "vscode-languageserver-protocol";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { positionOf } from "../harness/positions.js";

/** The cursor. */
const mark = "‸";

describe("directives while they are typed, over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const start = async (snippetSupport: boolean) => {
    module = testModule({ "p.go": "package p\n" });
    const completion = { completionItem: { snippetSupport } };
    client = await TestClient.start({
      folders: [module.dir],
      capabilities: { textDocument: { completion } },
    });
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  /** What is offered at the mark. */
  const offered = async (text: string, name = "p.go"): Promise<CompletionItem[]> => {
    const plain = text.replace(mark, "");
    const uri = await client.open(module.path(name), plain);
    const params = { textDocument: { uri }, position: positionOf(text, mark) };
    return await client.connection.sendRequest<CompletionItem[]>("textDocument/completion", params);
  };

  /** The line as it is when an item was taken. */
  const taken = (text: string, { textEdit }: CompletionItem): string => {
    const line = text.split("\n").find((each) => each.includes(mark)) ?? "";
    assert.ok(textEdit !== undefined && "range" in textEdit);
    const { start, end } = textEdit.range;
    const plain = line.replace(mark, "");
    return plain.slice(0, start.character) + textEdit.newText + plain.slice(end.character);
  };

  const cases: Readonly<Record<string, { readonly text: string; readonly lines: readonly string[] }>> = {
    "ours, above a function": {
      text: `package p\n\n//escape:${mark}\nfunc F() {}\n`,
      lines: ["//escape:none", "//escape:max=${1:1}", "//escape:allow ${1:reason}"],
    },
    "ours, behind code, from a part": {
      text: `package p\n\nvar x = "é" //escape:a${mark}\n`,
      lines: ['var x = "é" //escape:allow ${1:reason}'],
    },
    "words of gcassert in a list": {
      text: `package p\n\n//gcassert:bce,n${mark}\nfunc F() {}\n`,
      lines: ["//gcassert:bce,noescape"],
    },
    "gVisor's names and classes": {
      text: `package p\n\n// +mustescape:he${mark}\nfunc F() {}\n`,
      lines: ["// +mustescape:heap"],
    },
    "reasons that an allowance is limited to": {
      text: `package p\n\nvar x = 1 //escape:allow boxed-for${mark}\n`,
      lines: ["var x = 1 //escape:allow boxed-formatting"],
    },
  };
  for (const [what, { text, lines }] of Object.entries(cases)) {
    it(`completes ${what}`, async () => {
      await start(true);
      const items = await offered(text);
      assert.deepEqual(
        items.map((item) => taken(text, item)),
        lines,
      );
    });
  }

  it("explains each, and writes no snippets for a client that takes none", async () => {
    await start(false);
    const text = `package p\n\n//${mark}\nfunc F() {}\n`;
    const items = await offered(text);
    assert.deepEqual(
      items.find(({ label }) => label === "//escape:none")?.detail,
      "The function has no allocation of its own",
    );
    assert.ok(
      items.every(
        ({ textEdit, insertTextFormat }) =>
          !/\$/.test(textEdit?.newText ?? "") && insertTextFormat === undefined,
      ),
    );
  });

  it("names first the reason of what is on the line", async () => {
    await start(true);
    const text = `package p\n\nfunc F() *int {\n\tx := 1 //escape:allow ${mark}\n\treturn &x\n}\n`;
    const uri = await client.open(module.path("p.go"), text.replace(mark, ""));
    await client.idle(uri);
    const params = {
      textDocument: { uri },
      position: { line: 3, character: "\tx := 1 //escape:allow ".length },
    };
    const items = await client.connection.sendRequest<CompletionItem[]>("textDocument/completion", params);
    const [first] = items.sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
    assert.equal(first?.label, "return-address");
  });

  it("says nothing in other comments, in strings and in code", async () => {
    await start(true);
    for (const [index, text] of [
      `package p\n\n// note:${mark}\n`,
      `package p\n\nvar s = "//escape:${mark}"\n`,
      `package p\n\nvar s = \`\n//escape:${mark}\n\`\n`,
      `package p\n\n// see //escape:${mark}\n`,
      `package p\n\nvar f = func() { switch { default:${mark} } }\n`,
      `package p\n\n//escape:none ${mark}\n`,
    ].entries())
      assert.deepEqual(await offered(text, `p${index}.go`), [], text);
  });
});
