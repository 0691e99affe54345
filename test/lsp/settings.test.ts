import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const tagged = "//go:build special\n\npackage p\n\nfunc F() *int { x := 1; return &x }\n";
const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
const goCommand = path.join(goroot, "bin", process.platform === "win32" ? "go.exe" : "go");

/** Settings of the Go extension, and what the status of a file with the tag `special` says with them. */
const settings: readonly (readonly [
  name: string,
  go: unknown,
  expected: { problem: string | null; target?: RegExp },
])[] = [
  ["go.buildTags", { buildTags: "special" }, { problem: null }],
  ["go.buildFlags", { buildFlags: ["-tags=special"] }, { problem: null }],
  [
    "go.toolsEnvVars",
    { toolsEnvVars: { GOOS: "windows", GOARCH: "arm64" }, buildTags: "special" },
    { problem: null, target: /^windows\/arm64$/ },
  ],
  ["go.alternateTools", { alternateTools: { go: "/nowhere/go" } }, { problem: "no-go" }],
  ["go.alternateTools", { alternateTools: { go: goCommand }, buildTags: "special" }, { problem: null }],
  ["go.goroot", { goroot: "/nowhere" }, { problem: "no-go" }],
  ["go.goroot", { goroot, buildTags: "special" }, { problem: null }],
  ["none of them again", {}, { problem: "excluded" }],
];

describe("settings over stdio", () => {
  let module: TestModule;
  let client: TestClient;
  let uri: string;

  before(async () => {
    module = testModule({ "p.go": "package p\n", "special.go": tagged });
    client = await TestClient.start({ folders: [module.dir] });
    uri = await client.open(module.path("special.go"), tagged);
    assert.equal((await client.idle(uri)).problem?.code, "excluded");
  });

  after(async () => {
    await client.dispose();
    module.dispose();
  });

  const change = async (to: Record<string, unknown>): Promise<number> => {
    const seen = client.statuses.length;
    client.settings = to;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    return seen;
  };

  it("tell which build flags are left out, those of GOFLAGS as well, for as long as they are set", async () => {
    const go = {
      buildTags: "special",
      buildFlags: ["-gcflags=-l", "-mod=mod"],
      toolsEnvVars: { GOFLAGS: "-json" },
    };
    const { notes, problem } = await client.idle(uri, await change({ go }));
    assert.equal(problem, null);
    assert.deepEqual(notes, [
      "`-gcflags=-l` is left out: it would change what the compiler says.",
      "`-mod=mod` is run as -mod=readonly: nothing is written into the module.",
      "`-json` is left out: it would change the form of the output.",
    ]);
    const without = await client.idle(uri, await change({ go: { buildTags: "special" } }));
    assert.deepEqual(without.notes, []);
  });

  for (const [name, go, { problem, target }] of settings) {
    it(`take over ${name}, without a restart: ${JSON.stringify(go)}`, async () => {
      const seen = await change({ go });
      const status = await client.idle(uri, seen);
      assert.equal(status.problem?.code ?? null, problem);
      if (target !== undefined) assert.match(status.target ?? "", target);
      if (problem === null) assert.equal(client.diagnostics(uri).length, 1);
    });
  }

  it("say once what is wrong with them", async () => {
    const seen = await change({
      go: { buildTags: "special" },
      goEscapeLens: { analysis: { run: "always" } },
    });
    await client.idle(uri, seen);
    const told = client.shown.filter((message) => message.includes("goEscapeLens.analysis.run"));
    assert.equal(told.length, 1);
    assert.match(told[0]!, /^Go Escape Lens ignores a setting\. goEscapeLens\.analysis\.run: .*"onType"/);
  });
});
