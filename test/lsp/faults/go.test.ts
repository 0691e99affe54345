/** A go command or a compiler that is gone, was replaced, hangs, dies, or says nonsense. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { renameSync, symlinkSync, unlinkSync } from "node:fs";
import path from "node:path";
import { processesNaming } from "../../harness/processes.js";
import { testModule } from "../../harness/module.js";
import { until } from "../../harness/until.js";
import { Patient } from "./patient.js";

/** For a go command: only what analyses ask it, so that `go env` still answers. */
const inList = (script: string) => `case "$1" in list) ${script};; esac`;
/** For a compiler: only what analyses ask it, not its version. */
const inCompile = (script: string) => `case "$*" in *-V=full*) ;; *-m=*) ${script};; esac`;

describe("a go command that fails", function () {
  this.timeout(120_000);
  let patient: Patient;

  afterEach(() => patient.release());

  it("is missed when it is gone, and found when it is back", async () => {
    const admitted = await Patient.admitWithShim();
    patient = admitted;
    const { go } = admitted.go;
    renameSync(go, `${go}.gone`);
    patient.module.write("new.go", "package p\n");
    const problem = await patient.problem();
    assert.equal(problem.code, "no-go");
    assert.match(problem.message, /go command that the settings name cannot be used/);
    patient.assertNothingLost();
    renameSync(`${go}.gone`, go);
    await patient.assertRecovered();
  });

  it("is asked anew when it was replaced by another version", async () => {
    const other = execFileSync("go", ["env", "GOROOT"], {
      encoding: "utf8",
      env: { ...process.env, GOTOOLCHAIN: "go1.25.12" },
    }).trim();
    const current = execFileSync("go", ["env", "GOROOT"], {
      encoding: "utf8",
      env: { ...process.env, GOTOOLCHAIN: "local" },
    }).trim();
    const folder = testModule({ "go.mod": "" });
    folder.write("note", "");
    const link = folder.path("goroot");
    symlinkSync(other, link);
    const goPath = path.join(link, "bin", "go");
    const env = { GOTOOLCHAIN: "local" };
    patient = await Patient.admit({}, { settings: { goEscapeLens: { go: { path: goPath } } }, env }, folder);
    assert.equal(patient.client.statuses.at(-1)?.go, "go1.25.12");
    unlinkSync(link);
    symlinkSync(current, link);
    assert.notEqual((await patient.save()).go, "go1.25.12");
    patient.assertNothingLost();
  });

  for (const [name, program, script, message] of [
    [
      "a go list that is killed",
      "go",
      inList("kill -9 $$"),
      /^The go command failed: go list was ended by SIGKILL/,
    ],
    ["a go list that fails without a word", "go", inList("exit 7"), /^The go command failed: /],
    [
      "a go list that prints nonsense",
      "go",
      inList("echo '{[garbage]}'; echo '{' >&2; exit 0"),
      /^The go command failed: /,
    ],
    ["a go that says nothing of its environment", "go", "echo '[]'; exit 0", /^The go command failed: /],
    ["a go that prints no JSON", "go", "echo hello; exit 0", /^The go command failed: /],
  ] as const) {
    it(`says so of ${name}, keeps what it knew, and goes on afterwards`, async () => {
      const admitted = await Patient.admitWithShim();
      patient = admitted;
      admitted.go.before(program, script);
      // Makes the server ask again.
      patient.module.write("new.go", "package p\n");
      await patient.client.connection.sendNotification("workspace/didChangeConfiguration", {
        settings: null,
      });
      const problem = await patient.problem();
      assert.equal(problem.code, "go-failed");
      assert.match(problem.message, message);
      assert.equal(problem.stale, true);
      patient.assertNothingLost();
      admitted.go.before(program);
      await patient.assertRecovered();
    });
  }

  it("is left by the next save when it hangs, with no process left", async () => {
    const admitted = await Patient.admitWithShim();
    patient = admitted;
    admitted.go.before("go", inList("sleep 600"));
    patient.module.write("new.go", "package p\n");
    const seen = await patient.saveOnly();
    await patient.client.status(({ phase }) => phase === "working", seen);
    await until(() => processesNaming(patient.module.dir, "sleep").length > 0);
    patient.assertNothingLost();
    admitted.go.before("go");
    await patient.assertRecovered();
    assert.deepEqual(processesNaming(patient.module.dir, "sleep"), []);
  });

  it("is ended when it writes 500 MB", async () => {
    const admitted = await Patient.admitWithShim();
    patient = admitted;
    admitted.go.before("go", inList('yes \'{"ImportPath":"p"}\' | head -c 500000000; exit 0'));
    patient.module.write("new.go", "package p\n");
    const problem = await patient.problem();
    assert.equal(problem.code, "go-failed");
    assert.match(problem.message, /^The go command failed: go list wrote more than \d+ bytes/);
    patient.assertNothingLost();
    admitted.go.before("go");
    await patient.assertRecovered();
  });
});

describe("a compiler that fails", function () {
  this.timeout(120_000);
  let patient: Awaited<ReturnType<typeof Patient.admitWithShim>>;

  beforeEach(async () => {
    patient = await Patient.admitWithShim();
  });

  afterEach(() => patient.release());

  for (const [name, script] of [
    ["is killed in the middle", inCompile("kill -9 $$")],
    ["panics", inCompile("echo 'panic: runtime error' >&2; exit 2")],
    ["prints garbage and fails", inCompile("head -c 100000 /dev/urandom; exit 2")],
    ["fails without a word", inCompile("exit 3")],
  ] as const) {
    it(`that ${name} loses nothing that was known`, async () => {
      patient.go.before("compile", script);
      const { problem } = await patient.save();
      assert.ok(problem !== null);
      assert.ok(["go-failed", "does-not-compile"].includes(problem.code), problem.code);
      patient.assertNothingLost();
      patient.go.before("compile");
      await patient.assertRecovered();
    });
  }

  it("that prints 500 MB which mean nothing is survived in bounded memory", async () => {
    patient.go.before("compile", inCompile("yes 'nothing that anybody knows' | head -c 500000000; exit 2"));
    await patient.save();
    assert.ok(patient.memory() < 1_000_000_000, `${patient.memory()} bytes`);
    patient.assertNothingLost();
    patient.go.before("compile");
    await patient.assertRecovered();
  });

  it("that prints 500 MB without the end of a line is survived in bounded memory", async () => {
    patient.go.before("compile", inCompile("head -c 500000000 /dev/zero | tr '\\0' 'x'; exit 2"));
    await patient.save();
    assert.ok(patient.memory() < 1_000_000_000, `${patient.memory()} bytes`);
    patient.assertNothingLost();
    patient.go.before("compile");
    await patient.assertRecovered();
  });

  it("that hangs is left by the next save, with no process left", async () => {
    patient.go.before("compile", inCompile("sleep 600"));
    await patient.saveOnly();
    await until(() => processesNaming(patient.module.dir, "sleep").length > 0);
    patient.assertNothingLost();
    patient.go.before("compile");
    await patient.assertRecovered();
    assert.deepEqual(processesNaming(patient.module.dir, "sleep"), []);
  });
});
