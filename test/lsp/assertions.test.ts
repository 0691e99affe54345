import assert from "node:assert/strict";
import { messageOf, underlined } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

describe("comments about allocations, over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const open = async (text: string) => {
    module = testModule({ "p.go": text });
    client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    return uri;
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("leaves out what is allowed with a reason", async () => {
    const text =
      "package p\n\nfunc F() *int {\n\tx := 1 //escape:allow made once\n\treturn &x\n}\n\nfunc G() *int {\n\ty := 1 //escape:allow\n\treturn &y\n}\n";
    const uri = await open(text);
    const shown = underlined(client.diagnostics(uri), text);
    assert.ok(shown.includes("y return-address"));
    assert.ok(!shown.includes("x return-address"));
    // An allowance without a reason is none, and is said to be wrong.
    assert.ok(shown.some((each) => each.endsWith(" directive")));
  });

  it("shows an assertion that does not hold as an error, and takes it back when it does", async () => {
    const text = "package p\n\n//escape:none\nfunc F() *int { x := 1; return &x }\n";
    const uri = await open(text);
    const failure = client.diagnostics(uri).find(({ code }) => code === "escape-none");
    assert.equal(failure?.severity, 1);
    assert.match(messageOf(failure), /`F` must not allocate/);
    assert.equal(failure.relatedInformation?.length, 1);
    const version = await client.change(uri, [
      { text: "package p\n\n//escape:none\nfunc F() int { x := 1; return x }\n" },
    ]);
    await client.status((status) => status.phase === "idle" && status.version === version);
    assert.deepEqual(client.diagnostics(uri), []);
  });

  it("shows bounds checks that are left, keeps them while typing, and takes them back when the saved text has none", async () => {
    const text = (body: string) => `package p\n\nfunc F(a []int) int {\n\treturn ${body} //gcassert:bce\n}\n`;
    const uri = await open(text("a[3]"));
    await client.diagnosed(uri, (all) => all.some(({ code }) => code === "gcassert-bce"));
    assert.deepEqual(underlined(client.diagnostics(uri), text("a[3]")), ["return a[3] gcassert-bce"]);
    const start = { line: 0, character: 0 };
    const version = await client.change(uri, [{ range: { start, end: start }, text: "// Moved.\n" }]);
    await client.status((status) => status.phase === "idle" && status.version === version);
    assert.deepEqual(underlined(client.diagnostics(uri), `// Moved.\n${text("a[3]")}`), [
      "return a[3] gcassert-bce",
    ]);
    module.write("p.go", text("len(a)"));
    await client.change(uri, [{ text: text("len(a)") }]);
    await client.save(uri);
    await client.diagnosed(uri, (all) => all.length === 0);
  });
});
