/** All that the server does, with everything at hand that could lead it to a network; and that such a thing would be seen. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { TestClient } from "../../harness/languageClient.js";
import { testModule } from "../../harness/module.js";
import { recordedNetwork, takeRecord } from "../../harness/network.js";

const text =
  'package p\n\nimport "example.org/private/mod"\n\nfunc F() *int { x := 1; mod.Use(); return &x }\n';

describe("the network", function () {
  this.timeout(120_000);

  it("would be seen if go or Node went there", () => {
    const module = testModule({ "p.go": text });
    const env = { ...process.env, ...recordedNetwork, GOFLAGS: "-mod=mod", GOPRIVATE: "", GONOPROXY: "" };
    spawnSync("go", ["mod", "download", "example.org/private/mod@v1.0.0"], { cwd: module.dir, env });
    assert.match(takeRecord().join("\n"), /^proxy: GET \/example\.org\/private\/mod/m);
    spawnSync(
      process.execPath,
      ["-e", 'require("https").get("https://example.invalid").on("error", () => 0)'],
      { env },
    );
    assert.match(takeRecord().join("\n"), /^node: connects to example\.invalid:443/m);
    module.dispose();
  });

  it("is left alone, whatever go.mod and the environment ask for", async () => {
    const module = testModule({
      "p.go": text,
      "go.mod":
        "module example.com/m\n\ngo 1.21\n\ntoolchain go1.99.1\n\nrequire example.org/private/mod v1.0.0\n",
      "q/q.go": "package q\n\nfunc F() *int { x := 1; return &x }\n",
    });
    const client = await TestClient.start({
      folders: [module.dir],
      env: {
        GOPRIVATE: "*",
        GONOPROXY: "*",
        GONOSUMDB: "",
        GOVCS: "*:all",
        GOTOOLCHAIN: "auto",
        GOFLAGS: "-mod=mod",
      },
    });
    const uri = await client.open(module.path("p.go"), text);
    assert.equal((await client.idle(uri)).problem?.code, "toolchain");
    module.write("go.mod", "module example.com/m\n\ngo 1.21\n\nrequire example.org/private/mod v1.0.0\n");
    const seen = client.statuses.length;
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uri.replace("p.go", "go.mod"), type: 2 }],
    });
    await client.idle(uri, seen);
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzeWorkspace",
    });
    assert.deepEqual(takeRecord(), []);
    await client.dispose();
    module.dispose();
  });
});
