/** Folders that are full, gone or closed, and module files that are broken. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { processesNaming } from "../../harness/processes.js";
import { until } from "../../harness/until.js";
import { testModule, type TestModule } from "../../harness/module.js";
import { ownChange } from "../../harness/untouched.js";
import { healthy, Patient } from "./patient.js";

describe("a disk that fails", function () {
  this.timeout(120_000);
  let patient: Patient;
  let aside: TestModule;

  beforeEach(() => {
    aside = testModule({ "go.mod": "", here: "" });
    mkdirSync(aside.dir, { recursive: true });
  });

  afterEach(async () => {
    await patient.release();
    aside.dispose();
  });

  const watched = async (name: string) => {
    const uri = patient.uri.replace("p.go", name);
    await patient.client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri, type: 2 }],
    });
  };

  const move = (from: string, to: string) => {
    ownChange(patient.module.dir, () => {
      renameSync(from, to);
    });
  };

  /** While the workspace's folder is away that is said, and what was known stays; then it is back. */
  const assertComesBack = async (away: string) => {
    const problem = await patient.problem();
    assert.ok(["go-failed", "no-module"].includes(problem.code), problem.code);
    patient.assertNothingLost();
    move(away, patient.module.dir);
    await patient.assertRecovered();
  };

  it("is named when Go's cache cannot be written to, and the cache is used once it can be", async () => {
    // A file in the place of the folder refuses everybody, administrators included.
    const cache = aside.write("cache", "");
    patient = await Patient.admit({}, { env: { GOCACHE: cache } });
    const { problem } = patient.client.statuses.at(-1)!;
    assert.equal(problem?.code, "go-failed");
    assert.match(problem.message, /cache/);
    rmSync(cache);
    await patient.assertRecovered();
  });

  it("is named when the folder for temporary files is gone, and goes on when it is back", async () => {
    const temporary = aside.path("tmp");
    patient = await Patient.admit({}, { env: { TMPDIR: temporary } });
    const { problem } = patient.client.statuses.at(-1)!;
    assert.equal(problem?.code, "go-failed");
    assert.match(problem.message, /tmp/);
    mkdirSync(temporary);
    await patient.assertRecovered();
  });

  it("is not noticed when somebody tidies the folder for temporary files, copies of go.work included", async () => {
    const temporary = aside.path("tmp");
    mkdirSync(temporary);
    const files = { "go.work": "go 1.21\n\nuse .\n" };
    patient = await Patient.admit(files, { env: { TMPDIR: temporary } });
    for (const name of readdirSync(temporary)) rmSync(path.join(temporary, name), { recursive: true });
    patient.module.write("new.go", "package p\n");
    await patient.assertRecovered();
  });

  it("is noticed when go.mod is broken, asks for another Go or for a module that is not there", async () => {
    const good = "module example.com/m\n\ngo 1.21\n";
    patient = await Patient.admit({ "go.mod": good }, { env: { GOTOOLCHAIN: "auto" } });
    for (const [text, code] of [
      ["module example.com/m\n\ngo 1.21\n\nrequire {\n", "module-files"],
      ["module example.com/m\n\ngo 1.21\n<<<<<<< HEAD\n", "module-files"],
      ["module example.com/m\n\ngo 1.99.0\n", "toolchain"],
      ["module example.com/m\n\ngo 1.21\n\ntoolchain go1.98.7\n", "toolchain"],
    ] as const) {
      patient.module.write("go.mod", text);
      await watched("go.mod");
      const { problem } = await patient.save();
      assert.equal(problem?.code, code, `${text}: ${problem?.detail}`);
      patient.assertNothingLost();
    }
    patient.module.write("go.mod", good);
    await watched("go.mod");
    await patient.assertRecovered();
  });

  it("is noticed when a module is missing and the network may not be asked", async () => {
    const importing = healthy.replace("func", 'import "example.org/missing/mod"\n\nvar _ = mod.X\n\nfunc');
    const required = "module example.com/m\n\ngo 1.21\n\nrequire example.org/missing/mod v1.2.3\n";
    patient = await Patient.admit();
    patient.module.write("go.mod", required);
    patient.module.write("q.go", importing.replace("F()", "G()"));
    await watched("go.mod");
    await watched("q.go");
    const problem = await patient.problem();
    assert.equal(problem.code, "missing-module", problem.detail);
    assert.match(problem.message, /go mod download/);
    patient.assertNothingLost();
    patient.module.write("go.mod", required.replace(/require.*\n/, ""));
    ownChange(patient.module.dir, () => {
      rmSync(patient.module.path("q.go"));
    });
    await watched("go.mod");
    await watched("q.go");
    await patient.assertRecovered();
  });

  it("says when the folder is deleted while its compiler runs, and finds everything when it is back", async () => {
    const admitted = await Patient.admitWithShim();
    patient = admitted;
    const { dir } = patient.module;
    const away = path.join(aside.dir, "away");
    // Waits for the folder to go, however long that takes, and compiles what is left of it.
    const gone = `case "$*" in *-m=*) while [ -e '${dir}/p.go' ]; do sleep 0.05; done;; esac`;
    admitted.go.before("compile", gone);
    const seen = await patient.saveOnly();
    await until(() =>
      processesNaming(dir).some((line) => line.includes("before-compile") || /sleep|compile/.test(line)),
    );
    move(dir, away);
    await patient.client.idle(patient.uri, seen);
    patient.assertNothingLost();
    admitted.go.before("compile");
    await assertComesBack(away);
  });

  it("says when the folder is deleted while it is open, and finds everything when it is back", async () => {
    patient = await Patient.admit();
    const away = path.join(aside.dir, "away");
    move(patient.module.dir, away);
    await assertComesBack(away);
  });

  it("is analyzed in spite of links that lead to themselves and to each other", async () => {
    patient = await Patient.admit();
    const { dir } = patient.module;
    ownChange(dir, () => {
      symlinkSync("self.go", path.join(dir, "self.go"));
      symlinkSync(".", path.join(dir, "here"));
      mkdirSync(path.join(dir, "sub"));
      symlinkSync("..", path.join(dir, "sub", "up"));
      writeFileSync(path.join(dir, "sub", "q.go"), healthy.replace("package p", "package q"));
    });
    await watched("self.go");
    const { problem } = await patient.save();
    // Go itself reports the file that leads nowhere; what is known stays.
    if (problem !== null) assert.match(problem.detail + problem.message, /self\.go/);
    patient.assertNothingLost();
    ownChange(dir, () => {
      rmSync(path.join(dir, "self.go"));
    });
    await patient.assertRecovered();
    await patient.client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzeWorkspace",
    });
    assert.match(patient.client.shown.at(-1) ?? "", /2 packages analyzed/);
  });

  it("may set its clock and the times of its files at will", async () => {
    const clock = aside.write(
      "clock.mjs",
      // A day forth, a day back, at each look.
      "const now = Date.now; let sign = 1;\nDate.now = () => now() + (sign = -sign) * 86_400_000;\n",
    );
    patient = await Patient.admit({}, { env: { NODE_OPTIONS: `--import=${clock}` } });
    const { utimesSync } = await import("node:fs");
    for (const time of [0, 4_000_000_000, 1]) {
      const changed = patient.module.write("keep.go", `package p\n\nvar kept${time} *int\n`);
      utimesSync(changed, time, time);
      await watched("keep.go");
      await patient.assertRecovered();
    }
  });
});
