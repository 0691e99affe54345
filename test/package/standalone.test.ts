/** The executable of the command-line tool for Linux, in an environment that has Go but no Node. */
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { version } from "../../server/src/version.js";
import { type TestModule, testModule } from "../harness/module.js";
import { root } from "../harness/paths.js";
import { processesNaming } from "../harness/processes.js";
import { until } from "../harness/until.js";

const script = path.join(root, "scripts", "standalone.mjs");
const source = "package p\n\nfunc F() *int { x := 1; return &x }\n";

describe("the standalone executable", () => {
  let module: TestModule;
  let executable: string;

  /** Nothing of the environment is handed on but where Go finds its own things. */
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> =>
    spawnSync(executable, args, {
      cwd: module.dir,
      encoding: "utf8",
      env: {
        PATH: module.path("bin"),
        HOME: process.env["HOME"],
        GOFLAGS: process.env["GOFLAGS"],
        ESCAPELENS_CACHE: module.path("kept"),
        ...env,
      },
    });

  before(() => {
    module = testModule({ "p.go": source });
    mkdirSync(module.path("bin"));
    const go = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
    symlinkSync(path.join(go, "bin", "go"), module.path("bin/go"));
  });

  after(() => {
    module.dispose();
  });

  if (process.platform !== "linux") {
    it("is made on Linux only, and the script says so", () => {
      const made = spawnSync(process.execPath, [script, "--built", module.dir], { encoding: "utf8" });
      assert.match(made.stderr, /made on Linux, for Linux/);
    });
    return;
  }

  before(() => {
    execFileSync(process.execPath, [script, "--built", module.dir], { stdio: "pipe" });
    executable = module.path(`escapelens-linux-${process.arch}`);
  });

  it("starts where no Node is on the PATH", () => {
    assert.deepEqual(readdirSync(module.path("bin")), ["go"]);
    const { stdout, stderr } = run(["--version"]);
    assert.equal(stdout.trim(), version, stderr);
    const times = Array.from({ length: 3 }, () => {
      const started = performance.now();
      run(["--version"]);
      return performance.now() - started;
    });
    console.log(`      --version: ${Math.min(...times).toFixed(0)} ms`);
  });

  it("checks a module, in the language of the shell, and keeps what it unpacked", () => {
    const { stdout, stderr, status } = run(["check", "--level=hint"]);
    assert.equal(status, 1, stderr);
    assert.equal(stdout, "p.go:3:17: `x` moves to the heap: its address is returned (return-address)\n");
    assert.match(run(["check", "--level=hint"], { LANG: "zh_CN.UTF-8" }).stdout, /\p{Script=Han}/u);
    assert.equal(readdirSync(module.path("kept/standalone")).length, 1);
  });

  it("leaves nothing where nothing may be kept", () => {
    const temporary = module.path("tmp");
    mkdirSync(temporary);
    const { stdout, status } = run(["check", "--level=hint"], { ESCAPELENS_CACHE: "off", TMPDIR: temporary });
    assert.deepEqual([status, stdout.includes("return-address")], [1, true]);
    assert.deepEqual(
      readdirSync(temporary).filter((name) => name.startsWith("escapelens-")),
      [],
    );
  });

  it("runs where the folder for what is kept cannot be written", () => {
    const locked = module.write("locked", "a file, not a folder");
    chmodSync(locked, 0o400);
    const { status, stderr } = run(["check", "--level=hint"], { ESCAPELENS_CACHE: locked });
    assert.equal(status, 1, stderr);
  });

  it("serves agents, which its second bundle does", () => {
    const request = {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "1" } },
    };
    const { stdout, stderr } = spawnSync(executable, ["mcp"], {
      cwd: module.dir,
      encoding: "utf8",
      input: `${JSON.stringify(request)}\n`,
      env: { PATH: module.path("bin"), HOME: process.env["HOME"], ESCAPELENS_CACHE: module.path("kept") },
    });
    assert.match(stdout, /"serverInfo":\{"name":"escapelens"/, stderr);
  });

  it("has a watchdog, so that nothing is left when it is killed", async () => {
    // A go command that never ends.
    module.write("waiting/go", `#!/bin/sh\n>"${module.path("started")}"\nexec /bin/sleep 300\n`);
    chmodSync(module.path("waiting/go"), 0o755);
    const env = { PATH: module.path("waiting"), HOME: process.env["HOME"], ESCAPELENS_CACHE: "off" };
    const child = spawn(executable, ["check"], { cwd: module.dir, env, stdio: "ignore" });
    await until(() => existsSync(module.path("started")));
    child.kill("SIGKILL");
    await until(() => processesNaming(module.dir).length === 0);
    const folder = `go-escape-lens-${child.pid}-`;
    await until(() => !readdirSync(tmpdir()).some((name) => name.startsWith(folder)));
  });
});
