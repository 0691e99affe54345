/** Much of everything: changes, files, lines. */
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import path from "node:path";
import { underlined } from "../../harness/diagnostics.js";
import type { ShimmedGo } from "../../harness/shimmedGo.js";
import { until } from "../../harness/until.js";
import { healthy, Patient } from "./patient.js";

describe("what is large", function () {
  this.timeout(180_000);
  let patient: Patient;

  afterEach(() => patient.release());

  it("does not stop hovers: 10,000 files that a branch switch changes at once", async () => {
    patient = await Patient.admit({ "dep/dep.go": "package dep\n" });
    const { client, uri } = patient;
    const base = uri.replace("p.go", "");
    const changes = Array.from({ length: 10_000 }, (_, index) => ({
      uri: `${base}${index % 2 === 0 ? "" : `dir${index % 500}/`}f${index}.${index % 1000 === 0 ? "mod" : "go"}`,
      type: 1 + (index % 3),
    }));
    const seen = client.statuses.length;
    // As VS Code sends them: in batches, one close behind the other.
    for (let start = 0; start < changes.length; start += 500) {
      await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: changes.slice(start, start + 500),
      });
    }
    const hover = await client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 2, character: 16 },
    });
    assert.ok(hover !== null);
    await client.idle(uri, seen);
    await patient.assertRecovered();
    // Not once for each file.
    assert.ok(client.statuses.length - seen < 200, `${client.statuses.length - seen} statuses`);
  });

  it("is analyzed: a file of 10 MB", async () => {
    const filler = `// ${"x".repeat(96)}\n`.repeat(100_000);
    const text = `package p\n\n${filler}\nfunc F() *int { x := 1; return &x }\n`;
    patient = await Patient.admit({ "p.go": text });
    assert.equal(patient.client.statuses.at(-1)?.problem, null);
    assert.deepEqual(patient.shown(), ["x return-address"]);
  });

  it("is left out and named: a file of 12 MB, beside which the package is analyzed", async () => {
    const large = `package p\n\n${`// ${"x".repeat(97)}\n`.repeat(120_000)}`;
    patient = await Patient.admit({ "large.go": large });
    const { client, module } = patient;
    patient.assertNothingLost();
    assert.equal(client.statuses.at(-1)?.problem, null);
    const uri = await client.open(module.path("large.go"), large);
    const { problem } = await client.idle(uri);
    assert.equal(problem?.code, "too-large");
    assert.match(problem.message, /^This file is too large to be analyzed/);
    const seen = client.statuses.length;
    await client.change(uri, [{ text: healthy.replace("F()", "G()") }]);
    await client.save(uri);
    assert.equal((await client.idle(uri, seen)).problem, null);
    assert.equal(client.diagnostics(uri).length, 1);
    await patient.assertRecovered();
  });

  for (const [name, line] of [
    ["a string", `var S = "${"日x".repeat(300_000)}"`],
    [
      "a composite literal of composite literals",
      `var S = [][]string{${`{"${"y".repeat(90)}"}, `.repeat(10_000)}}`,
    ],
    ["a comment", `var S = 1 // ${"x = y: ".repeat(150_000)}`],
  ] as const) {
    it(`is analyzed: a line of 1 MB that is ${name}`, async () => {
      const text = `package p\n\n${line}\n\nfunc F() *int { x := 1; return &x }\n\nfunc G() any { return S }\n`;
      patient = await Patient.admit({ "p.go": text });
      assert.equal(patient.client.statuses.at(-1)?.problem, null);
      assert.ok(patient.shown().includes("x return-address"));
    });
  }

  for (const [size, filler, isChecked] of [
    ["small", "", true],
    ["of 2 MB", `// ${"x".repeat(96)}\n`.repeat(20_000), false],
  ] as const) {
    it(`has its fixes checked ${isChecked ? "before" : "when"} somebody asks: a file that is ${size}`, async () => {
      const loop = "func F(n []int) (all []int) {\n\tfor _, v := range n {\n\t\tall = append(all, v)\n\t}\n";
      const text = `package p\n\n${loop}\treturn all\n}\n\n${filler}`;
      const count = (go: ShimmedGo) => {
        go.before("compile", `case "$*" in *-m=*) echo compiled >>'${path.dirname(go.go)}/compiled';; esac`);
      };
      const admitted = await Patient.admitWithShim({ "p.go": text }, count, {
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
        },
      });
      patient = admitted;
      const compiled = () => statSync(path.join(path.dirname(admitted.go.go), "compiled")).size;
      const before = compiled();
      const actions = await patient.client.codeActions(patient.uri, { line: 4, character: 10 });
      assert.ok(actions.length > 0);
      if (isChecked) assert.equal(compiled(), before);
      else await until(() => compiled() > before);
    });
  }

  it("is said to be too much, when the compiler says so: 100,000 parentheses", async () => {
    const text = `package p\n\nvar S = ${"(".repeat(100_000)}1${")".repeat(100_000)}\n`;
    patient = await Patient.admit({ "p.go": text });
    const { client, uri } = patient;
    const seen = client.statuses.length;
    await client.change(uri, [{ text: healthy }]);
    await client.save(uri);
    assert.equal((await client.idle(uri, seen)).problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), healthy), ["x return-address"]);
  });

  it("is analyzed: a package of 2,000 files", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1999 }, (_, index) => [
        `f${index}.go`,
        `package p\n\nfunc F${index}() *int { x := ${index}; return &x }\n`,
      ]),
    );
    patient = await Patient.admit(files);
    assert.equal(patient.client.statuses.at(-1)?.problem, null);
    assert.deepEqual(patient.shown(), ["x return-address"]);
  });
});
