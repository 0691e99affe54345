import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { underlined } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { settle } from "../harness/settle.js";

const returned = "package p\n\nfunc F() *int { x := 1; return &x }\n";

describe("the workspace over stdio", () => {
  const modules: TestModule[] = [];
  let client: TestClient;

  const make = (files: Readonly<Record<string, string>>, name?: string) => {
    const module = testModule(files, name);
    modules.push(module);
    return module;
  };

  afterEach(async () => {
    await client.dispose();
    for (const module of modules.splice(0)) module.dispose();
  });

  it("runs nothing before the workspace is trusted, and all that is open after", async () => {
    const module = make({ "p.go": returned, "bin/go": '#!/bin/sh\ntouch "$0.was-run"\n' });
    chmodSync(module.path("bin/go"), 0o755);
    // A go outside the workspace that tells when it is run.
    const outside = make({ "go.mod": "", go: '#!/bin/sh\ntouch "$0.was-run"\nexec go "$@"\n' });
    const marker = outside.path("go.was-run");
    chmodSync(outside.path("go"), 0o755);
    client = await TestClient.start({
      folders: [module.dir],
      trusted: false,
      settings: { goEscapeLens: { go: { path: outside.path("go") } } },
    });
    const uri = await client.open(module.path("p.go"), returned);
    assert.equal((await client.idle(uri)).problem?.code, "untrusted");
    assert.equal(existsSync(marker), false);
    const seen = client.statuses.length;
    await client.connection.sendNotification("goEscapeLens/trustGranted");
    assert.equal((await client.idle(uri, seen)).problem, null);
    assert.equal(existsSync(marker), true);
    assert.equal(client.diagnostics(uri).length, 1);
  });

  it("never takes a go from the workspace", async () => {
    const module = make({ "p.go": returned, "bin/go": '#!/bin/sh\ntouch "$0.was-run"\n' });
    chmodSync(module.path("bin/go"), 0o755);
    const env = {
      PATH: `${module.path("bin")}${path.delimiter}.${path.delimiter}${process.env["PATH"] ?? ""}`,
    };
    client = await TestClient.start({ folders: [module.dir], env });
    const uri = await client.open(module.path("p.go"), returned);
    assert.equal((await client.idle(uri)).problem, null);
    assert.equal(existsSync(module.path("bin/go.was-run")), false);
  });

  it("says what to do when the go of the settings is not there, and goes on when it is corrected", async () => {
    const module = make({ "p.go": returned });
    client = await TestClient.start({
      folders: [module.dir],
      settings: { goEscapeLens: { go: { path: "/nowhere/go" } } },
    });
    const uri = await client.open(module.path("p.go"), returned);
    const { problem } = await client.idle(uri);
    assert.equal(problem?.code, "no-go");
    assert.match(problem.message, /absolute path/);
    assert.match(problem.detail, /\/nowhere\/go/);
    client.settings = {};
    const seen = client.statuses.length;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    assert.equal((await client.idle(uri, seen)).problem, null);
  });

  it("applies severities from the settings, and shows what does not allocate when asked", async () => {
    const text = "package p\n\nvar keep any\n\nfunc F() *int { keep = 42; x := 1; return &x }\n";
    const module = make({ "p.go": text });
    const diagnostics = { severity: { "return-address": "off" }, showNotAllocating: true };
    client = await TestClient.start({ folders: [module.dir], settings: { goEscapeLens: { diagnostics } } });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    assert.deepEqual(underlined(client.diagnostics(uri), text), ["42 boxed-constant"]);
  });

  it("analyses on request only where the settings say so", async () => {
    const module = make({ "p.go": returned });
    client = await TestClient.start({
      folders: [module.dir],
      settings: { goEscapeLens: { analysis: { run: "manual" } } },
    });
    const uri = await client.open(module.path("p.go"), returned);
    assert.equal((await client.idle(uri)).problem?.code, "manual");
    const seen = client.statuses.length;
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzePackage",
      arguments: [uri],
    });
    await client.idle(uri, seen);
    assert.equal(client.diagnostics(uri).length, 1);
  });

  it("analyses two roots, and nested modules, each with its own go.mod", async () => {
    const first = make({
      "p.go": returned,
      "nested/go.mod": "module example.com/nested\n\ngo 1.21\n",
      "nested/p.go": returned,
    });
    const second = make({ "p.go": returned });
    client = await TestClient.start({ folders: [first.dir, second.dir] });
    for (const [module, file, name] of [
      [first, "p.go", "example.com/m"],
      [first, "nested/p.go", "example.com/nested"],
      [second, "p.go", "example.com/m"],
    ] as const) {
      const uri = await client.open(module.path(file), returned);
      assert.equal((await client.idle(uri)).package, name);
      assert.equal(client.diagnostics(uri).length, 1);
    }
  });

  it("analyses the modules of a go.work without writing beside it", async () => {
    const module = make({
      "go.mod": "",
      "go.work": "go 1.21\n\nuse (\n\t./a\n\t./b\n)\n",
      "a/go.mod": "module example.com/a\n\ngo 1.21\n",
      "a/a.go": 'package a\n\nimport "example.com/b"\n\nfunc A() *int { return b.B() }\n',
      "b/go.mod": "module example.com/b\n\ngo 1.21\n",
      "b/b.go": "package b\n\nfunc B() *int { x := 1; return &x }\n",
    });
    client = await TestClient.start({ folders: [module.dir] });
    const text = 'package a\n\nimport "example.com/b"\n\nfunc A() *int { return b.B() }\n';
    const uri = await client.open(module.path("a/a.go"), text);
    assert.equal((await client.idle(uri)).problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), text), ["B return-address"]);
    assert.equal(existsSync(module.path("go.work.sum")), false);
  });

  it("analyses anew when files that are not open change on disk", async () => {
    const text = "package p\n\nfunc Local() {\n\tx := 1\n\tKeep(&x)\n}\n";
    const keep = "package p\n\nfunc Keep(p *int) {}\n";
    const module = make({ "p.go": text, "keep.go": keep });
    client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    assert.deepEqual(client.diagnostics(uri), []);
    const changed = module.write("keep.go", "package p\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n");
    const seen = client.statuses.length;
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uri.replace(/p\.go$/, path.basename(changed)), type: 2 }],
    });
    await client.idle(uri, seen);
    assert.deepEqual(underlined(client.diagnostics(uri), text), ["x stored-global"]);
  });

  it("analyses all packages of the workspace on request, and says what it found", async () => {
    const module = make({ "p.go": returned, "sub/q.go": returned.replace("package p", "package q") });
    client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("p.go"), returned);
    await client.idle(uri);
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzeWorkspace",
    });
    assert.deepEqual(client.shown, ["m: 2 packages analyzed, 2 heap sites."]);
    assert.equal(client.diagnostics(uri).length, 1);
  });

  it("knows after a restart what it found, without asking go about packages", async () => {
    const module = make({ "p.go": returned, "sub/q.go": returned.replace("package p", "package q") });
    const base = path.dirname(module.dir);
    const calls = path.join(base, "calls");
    chmodSync(module.write("../go", `#!/bin/sh\necho "$1" >> '${calls}'\nexec go "$@"\n`), 0o755);
    settle(base);
    const listings: number[] = [];
    for (let start = 0; start < 2; start++) {
      client = await TestClient.start({
        folders: [module.dir],
        settings: { goEscapeLens: { go: { path: path.join(base, "go") } } },
        env: { ESCAPELENS_CACHE: path.join(base, "cache") },
      });
      await client.connection.sendRequest("workspace/executeCommand", {
        command: "goEscapeLens.server.analyzeWorkspace",
      });
      assert.deepEqual(client.shown, ["m: 2 packages analyzed, 2 heap sites."]);
      listings.push(readFileSync(calls, "utf8").match(/^list$/gm)?.length ?? 0);
      // What it found is kept by the time that it has ended.
      if (start === 0) assert.equal(await client.shutdown(), 0);
    }
    assert.ok(listings[0]! > 0);
    assert.equal(listings[1], listings[0]);
  });

  it("says that a dependency is missing instead of downloading it", async () => {
    const text = 'package p\n\nimport _ "example.org/not/there"\n';
    const module = make({ "p.go": text });
    client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("p.go"), text);
    const { problem } = await client.idle(uri);
    assert.equal(problem?.code, "missing-module");
    assert.match(problem.message, /`go get example\.org\/not\/there`/);
  });
});
