import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { serverCommands } from "../../server/src/protocol.js";
import { underlined } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { processesNaming } from "../harness/processes.js";
import { type ShimmedGo, shimmedGo } from "../harness/shimmedGo.js";
import { until } from "../harness/until.js";

const text = "package p\n\nfunc F() *int { x := 1; return &x }\n";
const grown = `${text}\nfunc G() *int { y := 2; return &y }\n`;
const caller = "package p\n\nfunc Call() { x := 1; keep(&x) }\n";
const harmless = "package p\n\nfunc keep(*int) {}\n";
const keeping = "package p\n\nvar kept *int\n\nfunc keep(p *int) { kept = p }\n";

describe("saving, closing and canceling, over stdio", () => {
  let module: TestModule;
  let tools: TestModule;
  let go: ShimmedGo;
  let client: TestClient;

  const start = async (files: Readonly<Record<string, string>>) => {
    module = testModule(files);
    tools = testModule({});
    go = shimmedGo(path.join(tools.dir, "tools"));
    client = await TestClient.start({ folders: [module.dir], env: go.env });
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
    tools.dispose();
  });

  /** From now on, the compiler waits for `release` and then goes its way; verdicts only, not what follows them. */
  const hold = () => {
    const [called, released] = [path.join(tools.dir, "called"), path.join(tools.dir, "released")];
    const wait = `until [ -e '${released}' ]; do sleep 0.02; done`;
    go.before("compile", `case "$*" in -m*) echo "$*" >>'${called}'; ${wait};; esac`);
    return {
      calls: () => readFileSync(called, "utf8").split("\n").slice(0, -1),
      isCalled: () => existsSync(called),
      release: () => {
        tools.write("released", "");
      },
    };
  };

  it("goes on with the compile of a text that is saved meanwhile", async () => {
    await start({ "p.go": text });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    const compiler = hold();
    const seen = client.statuses.length;
    await client.change(uri, [{ text: grown }]);
    await until(compiler.isCalled);
    module.write("p.go", grown);
    await client.save(uri);
    // The server reads in order: when this is answered, it has seen the save.
    await client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 0, character: 0 },
    });
    compiler.release();
    const status = await client.idle(uri, seen);
    assert.equal(status.problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), grown), ["x return-address", "y return-address"]);
    // What is not saved is compiled from a copy, and so are the fixes of what was found.
    assert.deepEqual(
      compiler.calls().filter((call) => call.includes(module.path("p.go"))),
      [],
    );
  });

  it("begins anew for a save of another text", async () => {
    await start({ "p.go": text });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    const compiler = hold();
    await client.change(uri, [{ text: text.replace("x := 1", "z := 1") }]);
    await until(compiler.isCalled);
    const [seen, called] = [client.statuses.length, compiler.calls().length];
    await client.change(uri, [{ text: grown }]);
    module.write("p.go", grown);
    await client.save(uri);
    // Fixes of the first text may have been compiled as well.
    await until(() => compiler.calls().length > called);
    compiler.release();
    await client.idle(uri, seen);
    assert.deepEqual(underlined(client.diagnostics(uri), grown), ["x return-address", "y return-address"]);
  });

  it("goes back to the text on disk where a document is closed unsaved", async () => {
    await start({ "call.go": caller, "keep.go": harmless });
    const uri = await client.open(module.path("call.go"), caller);
    const keepUri = await client.open(module.path("keep.go"), harmless);
    await client.idle(uri);
    await client.idle(keepUri);
    assert.deepEqual(client.diagnostics(uri), []);
    const seen = client.statuses.length;
    await client.change(keepUri, [{ text: keeping }]);
    await client.diagnosed(uri, (all) => all.some(({ code }) => code === "stored-global"));
    await client.idle(keepUri, seen);
    await client.close(keepUri);
    await client.diagnosed(uri, (all) => all.length === 0);
  });

  it("leaves a package in peace when a saved document beside is closed", async () => {
    await start({ "call.go": caller, "keep.go": harmless });
    const uri = await client.open(module.path("call.go"), caller);
    const keepUri = await client.open(module.path("keep.go"), harmless);
    await client.idle(uri);
    await client.idle(keepUri);
    const seen = client.statuses.length;
    await client.close(keepUri);
    await client.open(module.path("keep.go"), harmless);
    await client.idle(keepUri, seen);
    const working = client.statuses
      .slice(seen)
      .filter((each) => each.uri === uri && each.phase === "working");
    // That one analysis is for the document that was opened again.
    assert.equal(working.length, 1);
  });

  it("ends an analysis whose request is taken back, and says so", async () => {
    await start({ "p.go": text });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    module.write("p.go", grown);
    const compiler = hold();
    const source = new CancellationTokenSource();
    await client.change(uri, [{ text: grown }]);
    const seen = client.statuses.length;
    const request = client.connection.sendRequest(
      "workspace/executeCommand",
      { command: serverCommands.analyzePackage, arguments: [uri] },
      source.token,
    );
    await until(compiler.isCalled);
    source.cancel();
    await request.catch(() => undefined);
    const status = await client.idle(uri, seen);
    assert.equal(status.problem?.code, "canceled");
    await until(() => processesNaming(module.dir, "sleep").length === 0);
    compiler.release();
    const before = client.statuses.length;
    await client.save(uri);
    assert.equal((await client.idle(uri, before)).problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), grown), ["x return-address", "y return-address"]);
  });
});
