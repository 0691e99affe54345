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
});
