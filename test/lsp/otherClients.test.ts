/** Clients that know less than VS Code: they get all that they can take, and are asked nothing else. */
import assert from "node:assert/strict";
import type { Hover } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { underlined } from "../harness/diagnostics.js";
import { type ClientOptions, TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const text = `package p

func Double(in []int) []int {
	out := []int{}
	for _, v := range in {
		out = append(out, 2*v)
	}
	return out
}

func Returned() *int {
	x := 1
	return &x
}
`;

const found = ["append(out, 2*v) append-growth", "x return-address"];

describe("other clients over stdio", () => {
  let module: TestModule;
  let client: TestClient;
  let uri: string;

  /** Opens the file in a client that says no more of itself than these options. */
  const open = async (
    options: Partial<ClientOptions>,
    files: Readonly<Record<string, string>> = { "p.go": text },
  ) => {
    module = testModule(files);
    client = await TestClient.start({ folders: [], capabilities: {}, ...options });
    uri = await client.open(module.path("p.go"), text);
    return await client.idle(uri);
  };

  const hoverAt = async (needle: string) =>
    await client.connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri },
      position: place(needle),
    });

  const actionsAt = async (needle: string) =>
    await client.codeActions(uri, place(needle), { diagnostics: client.diagnostics(uri) });

  const place = (needle: string) => TextDocument.create(uri, "go", 1, text).positionAt(text.indexOf(needle));

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("that name no capability at all get diagnostics and hovers in plain text, and no request", async () => {
    assert.equal((await open({ initialize: { initializationOptions: undefined } })).problem, null);
    const diagnostics = client.diagnostics(uri);
    assert.deepEqual(underlined(diagnostics, text), found);
    for (const diagnostic of diagnostics) {
      assert.deepEqual(Object.keys(diagnostic).sort(), ["code", "message", "range", "severity", "source"]);
    }
    assert.ok(client.published.every((params) => params.version === undefined));
    const hover = await hoverAt("x := 1");
    const contents = hover!.contents as { kind: string; value: string };
    assert.equal(contents.kind, "plaintext");
    assert.match(contents.value, /x moves to the heap|`x` moves to the heap/);
    // No links, no headings, no rules, and nothing escaped for markdown.
    assert.doesNotMatch(contents.value, /\]\(|^#|^---|\\[_*[\]`]/m);
    assert.deepEqual(await actionsAt("append"), []);
    assert.deepEqual(client.asked, []);
    assert.equal(await client.shutdown(), 0);
  });

  it("that know neither data nor resolve, nor versions in edits, get whole fixes", async () => {
    const codeAction = { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } };
    await open({ capabilities: { textDocument: { codeAction } } });
    const actions = await actionsAt("append");
    assert.ok(actions.length > 0);
    for (const action of actions) {
      assert.ok(action.edit !== undefined || action.command !== undefined, JSON.stringify(action));
      assert.equal(action.data, undefined);
      assert.equal(action.isPreferred, undefined);
      assert.equal(action.disabled, undefined);
      assert.equal(action.edit?.documentChanges, undefined);
    }
    const [first] = actions;
    // It cannot ask, so the title says what may be different: `out` is an empty slice still.
    assert.match(first!.title, /out/);
    const edits = first!.edit!.changes![uri]!;
    const fixed = TextDocument.applyEdits(TextDocument.create(uri, "go", 1, text), edits);
    assert.match(fixed, /out := make\(\[\]int, 0, len\(in\)\)/);
    // What a client that cannot take a server's edit gets is never a command that ends in one.
    assert.ok(actions.every(({ command }) => command?.command !== "goEscapeLens.server.fixAll"));
  });

  it("that give a root in the place of folders are served in it", async () => {
    module = testModule({ "p.go": text });
    const root = URI.file(module.dir).toString();
    client = await TestClient.start({
      folders: [],
      capabilities: {},
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- What older clients give.
      initialize: { rootUri: root, workspaceFolders: null },
    });
    uri = await client.open(module.path("p.go"), text);
    assert.equal((await client.idle(uri)).problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), text), found);
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzeWorkspace",
    });
    assert.deepEqual(client.shown, ["m: 1 package analyzed, 3 heap sites."]);
  });

  it("that open a file without any folder are served by the module of the file", async () => {
    assert.equal((await open({})).problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), text), found);
  });

  it("that cannot be asked for settings push them", async () => {
    await open({});
    const severity = { "return-address": "error", "append-growth": "off" };
    const seen = client.statuses.length;
    await client.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { goEscapeLens: { diagnostics: { severity } } },
    });
    await client.idle(uri, seen);
    assert.deepEqual(
      client.diagnostics(uri).map(({ severity: level, code }) => [level, code]),
      [[1, "return-address"]],
    );
  });

  it("that show no status are told what keeps code from being analyzed, once", async () => {
    // A folder above the temporary one may hold a go.mod, so the module is one that cannot be used.
    const status = await open(
      { initialize: { initializationOptions: {} } },
      { "p.go": text, "go.mod": "modul m\n" },
    );
    assert.equal(status.problem?.code, "module-files");
    assert.deepEqual(client.shown, [
      "Go Escape Lens: go.mod, go.work or go.sum cannot be used: see the go command's words.",
    ]);
    const seen = client.statuses.length;
    await client.save(uri);
    await client.idle(uri, seen);
    assert.equal(client.shown.length, 1);
  });

  it("are not told of code that does not compile, which other servers say", async () => {
    const broken = text.replace("return &x", "return &y");
    const status = await open({ initialize: { initializationOptions: {} } }, { "p.go": broken });
    const seen = client.statuses.length;
    assert.equal(status.problem, null);
    await client.change(uri, [{ text: broken }]);
    const after = await client.status(({ problem }) => problem !== null, seen);
    assert.equal(after.problem?.code, "does-not-compile");
    assert.deepEqual(client.shown, []);
  });
});
