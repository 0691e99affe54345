/** A workspace that tries to have its own programs run: none is, before it is trusted and after. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { descendantsOf } from "../../bench/lib/serverProcesses.js";
import { TestClient } from "../../harness/languageClient.js";
import { type TestModule, testModule } from "../../harness/module.js";
import { healthy } from "../faults/patient.js";

/** Leaves a mark beside itself. */
const evil = '#!/bin/sh\ntouch "$(dirname "$0")/was-run-$(basename "$0")"\nexit 0\n';
const programs = ["go", "compile", "gcc", "cc", "evil", "git", "gofmt", "vet", "node", "sh"];
const cgo =
  'package p\n\n// #cgo CFLAGS: -fplugin=./evil -B.\n// #cgo LDFLAGS: -fuse-ld=./evil\n// int one(void) { return 1; }\nimport "C"\n\nfunc One() int { return int(C.one()) }\n';

describe("a workspace that wants its programs run", function () {
  this.timeout(120_000);
  let module: TestModule;
  let client: TestClient | undefined;

  const start = async (
    options: Partial<Parameters<typeof TestClient.start>[0]> = {},
    files: Record<string, string> = {},
  ) => {
    // Generate lines, package initializers and tests are the workspace's programs as well.
    const initializer =
      'package p\n\nimport "os"\n\nfunc init() { _ = os.WriteFile("was-run-init", nil, 0o600) }\n\n//go:generate ./evil\n';
    const test =
      'package p\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) { _ = os.WriteFile("was-run-test", nil, 0o600) }\n';
    const own = Object.fromEntries(
      programs.flatMap((name) => [
        [name, evil],
        [`${name}.exe`, evil],
        [`bin/${name}`, evil],
      ]),
    );
    module = testModule({
      "p.go": healthy,
      "init.go": initializer,
      "p_test.go": test,
      "go.env": "GOFLAGS=-toolexec=./evil\nGOTOOLCHAIN=path\n",
      ".escapelens.json": '{"go":"./evil"}',
      ...own,
      ...files,
    });
    for (const name of readdirSync(module.dir, { recursive: true, encoding: "utf8" }))
      if (programs.some((program) => path.basename(name).startsWith(program)))
        chmodSync(path.join(module.dir, name), 0o755);
    client = await TestClient.start({ folders: [module.dir], ...options });
    return client;
  };

  const traces = () =>
    readdirSync(module.dir, { recursive: true, encoding: "utf8" }).filter((name) =>
      path.basename(name).startsWith("was-run"),
    );

  afterEach(async () => {
    await client?.dispose();
    client = undefined;
    module.dispose();
  });

  it("has nothing at all run for it while it is not trusted, whatever is asked", async () => {
    const { dir } =
      (await start({
        trusted: false,
        settings: { goEscapeLens: { go: { path: "" } } },
      }),
      module);
    execFileSync("git", ["init", "-q", dir]);
    execFileSync("git", ["-C", dir, "config", "core.fsmonitor", "./evil"]);
    // What has been made since is the test's own.
    await client?.dispose().catch(() => undefined);
    client = await TestClient.start({ folders: [dir], trusted: false });
    const { connection } = client;
    const uri = await client.open(module.path("p.go"), healthy);
    assert.equal((await client.idle(uri)).problem?.code, "untrusted");
    const position = { line: 2, character: 16 };
    const at = {
      textDocument: { uri },
      position,
      range: { start: position, end: position },
      context: { diagnostics: [] },
    };
    const filter = { allocating: false, loops: false, changed: true, tests: true, reasons: [], text: "" };
    for (const [method, params] of [
      ["textDocument/hover", at],
      ["textDocument/codeAction", at],
      ["textDocument/inlayHint", at],
      ["textDocument/codeLens", at],
      ["goEscapeLens/explain", at],
      ["goEscapeLens/ask", at],
      ["goEscapeLens/builds", at],
      ["goEscapeLens/compare", { ...at, version: null, target: null }],
      ["goEscapeLens/information", at],
      ["goEscapeLens/tree", { grouping: "package", filter, path: [], offset: 0, limit: 10 }],
      ...Object.entries(client.initializeResult?.capabilities.executeCommandProvider?.commands ?? []).map(
        ([, command]) => ["workspace/executeCommand", { command, arguments: [uri] }] as const,
      ),
    ] as const) {
      await connection.sendRequest(method, params).catch(() => undefined);
      assert.deepEqual(descendantsOf(client.process.pid), [], method);
    }
    await client.save(uri);
    await client.change(uri, [{ text: `${healthy}\n` }]);
    await connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await connection.sendRequest("textDocument/hover", at);
    assert.deepEqual(traces(), []);
    assert.deepEqual(
      client.statuses.filter(({ go }) => go !== null),
      [],
    );
  });

  it("has its go, its flags and its generators passed over when it is trusted", async () => {
    const found = await start({
      settings: {
        goEscapeLens: {
          go: { buildFlags: ["-toolexec=./evil", "-exec", "./evil", "-vettool=./evil", "-overlay=o.json"] },
        },
      },
      env: {
        PATH: `.${path.delimiter}bin${path.delimiter}${process.env["PATH"] ?? ""}`,
        GOFLAGS: "-toolexec=./evil",
      },
    });
    const uri = await found.open(module.path("p.go"), healthy);
    assert.equal((await found.idle(uri)).problem, null);
    assert.equal(found.diagnostics(uri).length, 1);
    await found.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzeWorkspace",
    });
    assert.deepEqual(traces(), []);
  });

  it("has the flags in a file of go env passed over", async () => {
    const found = await start({ env: { GOENV: "" } });
    await found.dispose();
    client = await TestClient.start({
      folders: [module.dir],
      env: { GOENV: module.path("go.env"), GOTOOLCHAIN: "local" },
    });
    const uri = await client.open(module.path("p.go"), healthy);
    assert.equal((await client.idle(uri)).problem, null);
    assert.equal(client.diagnostics(uri).length, 1);
    assert.deepEqual(traces(), []);
  });

  it("cannot name its own go, alone or by a go.work or go.mod that asks for another", async () => {
    for (const settings of [
      { goEscapeLens: { go: { path: "./evil" } } },
      { goEscapeLens: { go: { path: "" } }, go: { alternateTools: { go: "./evil" } } },
      { go: { goroot: "." } },
    ]) {
      const found = await start({ settings });
      const uri = await found.open(module.path("p.go"), healthy);
      assert.equal((await found.idle(uri)).problem?.code, "no-go");
      assert.deepEqual(traces(), []);
      await found.dispose();
      module.dispose();
    }
    const files = { "go.work": "go 1.21\n\ntoolchain go1.21-evil\n\nuse .\n" };
    const env = { PATH: `bin${path.delimiter}${process.env["PATH"] ?? ""}`, GOTOOLCHAIN: "path" };
    const found = await start({ env }, { ...files, "bin/go1.21-evil": evil });
    const uri = await found.open(module.path("p.go"), healthy);
    await found.idle(uri);
    assert.deepEqual(traces(), []);
  });

  it("cannot have a C compiler load what it brings along", async () => {
    const found = await start({ env: { CGO_ENABLED: "1" } }, { "c.go": cgo });
    const uri = await found.open(module.path("c.go"), cgo);
    await found.idle(uri);
    assert.deepEqual(traces(), []);
    assert.equal(existsSync(module.path("was-run-evil")), false);
  });
});
