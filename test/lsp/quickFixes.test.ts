import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { applyTextEdits } from "../harness/applyTextEdits.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const capabilities = {
  workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
      isPreferredSupport: true,
      dataSupport: true,
    },
  },
};

const double =
  "package p\n\nfunc Double(in []int) int {\n\tout := []int{}\n\tfor _, v := range in {\n\t\tout = append(out, 2*v)\n\t}\n\treturn len(out)\n}\n";

describe("quick fixes over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const actionsAt = async (text: string, needle: string): Promise<{ uri: string; actions: CodeAction[] }> => {
    module = testModule({ "p.go": text });
    client = await TestClient.start({ folders: [module.dir], capabilities });
    const uri = await client.open(module.path("p.go"), text);
    assert.equal((await client.idle(uri)).problem, null);
    return { uri, actions: await offeredAt(uri, text, needle) };
  };

  const offeredAt = async (uri: string, text: string, needle: string): Promise<CodeAction[]> => {
    const document = TextDocument.create(uri, "go", 1, text);
    const position = document.positionAt(text.indexOf(needle));
    return await client.codeActions(uri, position, {
      diagnostics: client.diagnostics(uri).filter(({ range }) => range.start.line === position.line),
    });
  };

  const applied = (uri: string, text: string, action: CodeAction | undefined): string => {
    const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.equal(change?.textDocument.uri, uri);
    return applyTextEdits(text, change);
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("offers to preallocate a slice that grows in a loop, and the site is gone when it is applied", async () => {
    const { uri, actions } = await actionsAt(double, "append");
    assert.match(actions[0]?.title ?? "", /out/);
    assert.equal(actions[0]?.isPreferred, true);
    const fixed = applied(uri, double, actions[0]);
    assert.match(fixed, /out := make\(\[\]int, 0, len\(in\)\)/);
    const seen = client.statuses.length;
    await client.change(uri, [{ text: fixed }]);
    await client.save(uri);
    assert.equal((await client.idle(uri, seen)).problem, null);
    assert.deepEqual(
      client.diagnostics(uri).filter(({ code }) => code === "append-growth"),
      [],
    );
  });

  it("offers the same for a document that was closed and is opened again as it was", async () => {
    const { uri, actions } = await actionsAt(double, "append");
    await client.close(uri);
    const seen = client.statuses.length;
    await client.open(module.path("p.go"), double);
    await client.idle(uri, seen);
    assert.deepEqual(await offeredAt(uri, double, "append"), actions);
    assert.equal(actions[0]?.isPreferred, true);
  });

  it("offers an array for a slice too large for the stack", async () => {
    const text =
      "package p\n\nfunc Sum() int {\n\tb := make([]byte, 100_000)\n\tfor i := range b {\n\t\tb[i] = 1\n\t}\n\treturn int(b[7])\n}\n";
    const { uri, actions } = await actionsAt(text, "make(");
    const fixed = applied(uri, text, actions[0]);
    assert.match(fixed, /\[100_000\]byte/);
    const seen = client.statuses.length;
    await client.change(uri, [{ text: fixed }]);
    await client.save(uri);
    await client.idle(uri, seen);
    assert.deepEqual(client.diagnostics(uri), []);
  });

  it("writes what gofmt does, also in lines beside those that it edits", async () => {
    const text = `package p

type T struct{ a, b int }

//go:noinline
func one() *T  { return &T{1, 2} }
func use() int { return one().a }
`;
    const { uri, actions } = await actionsAt(text, "&T{");
    const fixed = applied(uri, text, actions[0]);
    assert.match(fixed, /func one\(\) T {3}\{ return T\{1, 2\} \}/);
    assert.equal(execFileSync("gofmt", { input: fixed, encoding: "utf8" }), fixed);
  });

  it("offers nothing where the compiler does not agree", async () => {
    const text = "package p\n\nvar keep []byte\n\nfunc F() { keep = make([]byte, 100_000) }\n";
    const titles = (await actionsAt(text, "make(")).actions.map(({ title }) => title);
    assert.deepEqual(titles, ["Allow this allocation, with a reason (`//escape:allow`)"]);
  });
});
