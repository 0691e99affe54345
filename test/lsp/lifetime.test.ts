import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { TestClient } from "../harness/languageClient.js";
import { testModule } from "../harness/module.js";
import { processesNaming } from "../harness/processes.js";
import { until } from "../harness/until.js";

/** A package that takes the compiler several seconds. */
function slowPackage(): string {
  const functions = Array.from(
    { length: 4000 },
    (_, index) =>
      `func f${index}(a, b int) string {\n\tm := map[string]int{"a": a, "b": b}\n\tfor k, v := range m {\n\t\tm[k+"x"] = v * ${index}\n\t}\n\treturn fmt.Sprint(m, a, b)\n}\n`,
  );
  return `package slow\n\nimport "fmt"\n\n${functions.join("\n")}`;
}

describe("the server's lifetime", function () {
  this.timeout(120_000);

  it("ends with shutdown and exit, and leaves no temporary folder", async () => {
    const module = testModule({ "p.go": "package p\n" });
    const client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("p.go"), "package p\n");
    await client.idle(uri);
    assert.equal(await client.shutdown(), 0);
    assert.deepEqual(temporaryFoldersOf(client.process.pid), []);
    module.dispose();
  });

  it("leaves no process after SIGKILL in the middle of a run, and no temporary folder after the next start", async () => {
    const text = slowPackage();
    const module = testModule({ "slow.go": text });
    const first = await TestClient.start({ folders: [module.dir] });
    await first.open(module.path("slow.go"), text);
    const { pid } = first.process;
    // The compiler's own process names the folder of the package.
    await until(() => processesNaming(module.dir, "compile").length > 0);
    first.process.kill("SIGKILL");
    await first.exited;
    const gone = await until(() => processesNaming(module.dir).length === 0);
    assert.ok(gone < 5000, `processes were left for ${gone.toFixed(0)} ms`);
    const second = await TestClient.start({ folders: [module.dir] });
    assert.deepEqual(temporaryFoldersOf(pid), []);
    await second.shutdown();
    module.dispose();
  });

  it("ends the older run when a newer one is asked for", async () => {
    const text = slowPackage();
    const module = testModule({ "slow.go": text });
    const client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("slow.go"), text);
    await until(() => processesNaming(module.dir, "compile").length > 0);
    const seen = client.statuses.length;
    await client.change(uri, [{ text: "package slow\n\nfunc F() *int { x := 1; return &x }\n" }]);
    await client.save(uri);
    const status = await client.idle(uri, seen);
    assert.equal(status.version, 2);
    assert.equal(client.diagnostics(uri).length, 1);
    assert.deepEqual(processesNaming(module.dir), []);
    await client.dispose();
    module.dispose();
  });

  function temporaryFoldersOf(pid: number | undefined): string[] {
    return readdirSync(tmpdir()).filter((name) => name.startsWith(`go-escape-lens-${pid ?? ""}-`));
  }
});
