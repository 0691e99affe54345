/** A check of what has not changed since the last one does not even start the go command, and one of anything else does. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens } from "./tool.js";

describe("a check that is repeated", () => {
  let module: TestModule;
  let calls: string;

  beforeEach(() => {
    module = testModule({
      "a.go": "package m\n\nfunc F(n int) *int { return &n }\n",
      "sub/b.go": '//go:build !small\n\npackage sub\n\nimport "example.com/m"\n\nvar P = m.F(3)\n',
      "sub/c.go": "package sub\n\nfunc New() *[4]int { return new([4]int) }\n",
    });
    calls = path.join(path.dirname(module.dir), "calls");
    const counting = `#!/bin/sh\necho "$1" >> '${calls}'\nexec go "$@"\n`;
    chmodSync(module.write("../go", counting), 0o755);
    // As if it had been checked out a while ago.
    for (const name of ["", "go.mod", "a.go", "sub/b.go", "sub/c.go", "sub", "../go"])
      utimesSync(path.join(module.dir, name), 1_700_000_000.5, 1_700_000_000.5);
  });

  afterEach(() => {
    module.dispose();
  });

  const check = (env: NodeJS.ProcessEnv = {}, ...flags: string[]) => {
    rmSync(calls, { force: true });
    const args = ["check", "--level=hint", `--go=${path.join(path.dirname(module.dir), "go")}`, ...flags];
    const { stdout, status, stderr } = escapelens(args, { cwd: module.dir, env });
    const started = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n").length : 0;
    return { stdout, status, stderr, started };
  };

  it("says the same without go, in every format, and judges anew", () => {
    const first = check();
    assert.ok(first.started > 0);
    assert.match(first.stdout, /^a\.go:3:8: /);
    assert.deepEqual(check(), { ...first, started: 0 });
    const json = check({}, "--format=json");
    assert.deepEqual([json.started, json.stdout.includes('"kind": "moved"')], [0, true]);
    assert.deepEqual(check({}, "--level=error", "--fail-on=off").status, 0);
  });

  it("starts go where a source, a flag, the environment, the packages or the target are others", () => {
    const first = check();
    assert.equal(check().started, 0);
    assert.ok(check({}, "--tags=small").started > 0);
    assert.ok(check({ GOFLAGS: "-tags=small" }).started > 0);
    assert.ok(check({}, "--target=linux/arm64").started > 0);
    assert.ok(check({}, "--tests=off").started > 0);
    assert.ok(check({}, "./sub").started > 0);
    module.write("sub/c.go", "package sub\n\nfunc New() (a [4]int) { return a }\n");
    const second = check();
    assert.ok(second.started > 0);
    assert.notEqual(second.stdout, first.stdout);
  });

  it("judges anew where the baseline, the configuration or the format is another", () => {
    const args = ["--baseline=known.json"];
    assert.equal(check({}, ...args).status, 2);
    check({}, ...args, "--update-baseline");
    const known = check({}, ...args);
    assert.deepEqual([known.stdout, known.status], ["", 0]);
    assert.deepEqual(check({}, ...args), { ...known, started: 0 });
    module.write("known.json", JSON.stringify({ schema: 1, sites: [] }));
    assert.match(check({}, ...args).stdout, /^a\.go:3:8: /);
    assert.equal(check().status, 1);
    module.write(".escapelens.json", JSON.stringify({ failOn: "off" }));
    assert.equal(check().status, 0);
  });

  it("does without go after a fresh checkout of the same contents, as on a CI machine", () => {
    const first = check();
    for (const name of ["go.mod", "a.go", "sub/b.go", "sub/c.go"])
      module.write(name, readFileSync(module.path(name)));
    assert.deepEqual(check(), { ...first, started: 0 });
  });

  it("compiles anew what a test's packages import, without go, and sees when that changes", () => {
    const files = {
      "sub/in_test.go": "package sub\n\nvar Inner = New()\n",
      "sub/out_test.go":
        'package sub_test\n\nimport "example.com/m/user"\n\nfunc G(n int) *int { user.Keep(&n); return user.Made() }\n',
      "user/user.go":
        'package user\n\nimport "example.com/m/sub"\n\nvar p any = sub.New()\n\nfunc Keep(n *int) {}\n\nfunc Made() *int { return new(int) }\n',
    };
    for (const [name, text] of Object.entries(files)) module.write(name, text);
    for (const name of [...Object.keys(files), "sub", "user", ""])
      utimesSync(path.join(module.dir, name), 1_700_000_000.5, 1_700_000_000.5);
    const flags = ["--format=json", "./sub"];
    const first = check({}, ...flags);
    const { sites } = JSON.parse(first.stdout) as { sites: { file: string; evidence: unknown[] }[] };
    const outside = sites.filter(({ file }) => file === "sub/out_test.go");
    // The inlined Made; Keep keeps nothing.
    assert.deepEqual(
      outside.map(({ evidence }) => evidence.length),
      [1],
    );
    assert.deepEqual(check({}, ...flags), { ...first, started: 0 });
    module.write("user/user.go", files["user/user.go"].replace("{}", "{ p = n }"));
    const second = check({}, ...flags);
    assert.ok(second.started > 0);
    assert.match(second.stdout, /"file": "sub\/out_test\.go",\s+"function": "G",[^]*"expression": "n"/);
  });

  it("starts go every time where packages do not compile, so that the error is seen", () => {
    module.write("sub/c.go", "package sub\n\nvar x int = y\n");
    for (const { started, status, stderr } of [check(), check()]) {
      assert.ok(started > 0);
      assert.equal(status, 3);
      assert.match(stderr, /undefined: y/);
    }
  });
});
