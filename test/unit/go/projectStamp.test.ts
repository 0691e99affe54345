import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { atOnce } from "../../../server/src/analysis/inTurns.js";
import { checkSteps, type ProjectStamp, stampSteps } from "../../../server/src/go/projectStamp.js";
import { type TestModule, testModule } from "../../harness/module.js";

describe("the stamp of a project", () => {
  let module: TestModule;
  let stamp: ProjectStamp;

  /** As if all had been written a while ago. */
  const settle = (folder: string, ...names: string[]) => {
    for (const name of ["", ...names]) utimesSync(path.join(folder, name), 1_700_000_000.5, 1_700_000_000.5);
  };

  const take = (since = Date.now()) =>
    atOnce(
      stampSteps({
        roots: [module.dir],
        folders: [],
        files: [module.path("go.work")],
        programs: [module.path("../tool")],
        hashes: new Map(),
        since,
      }),
    );

  const isCurrent = (taken: ProjectStamp) => atOnce(checkSteps(taken));

  beforeEach(() => {
    module = testModule({
      "../tool": "1",
      "a.go": "package m\n",
      "README.md": "one\n",
      "sub/b.go": "package sub\n",
      "nested/go.mod": "module other\n",
      "nested/deep/c.go": "package deep\n",
    });
    settle(module.dir, "a.go", "README.md", "go.mod", "sub/b.go", "sub", "nested/go.mod", "nested");
    stamp = take() ?? assert.fail("nothing changed while it was taken");
    assert.ok(isCurrent(stamp));
  });

  afterEach(() => {
    module.dispose();
  });

  const changes: Readonly<Record<string, () => void>> = {
    "a source of another size": () => module.write("a.go", "package m // more\n"),
    "a source of the same size, and another time": () => module.write("a.go", "package n\n"),
    "a new file": () => module.write("sub/new.go", "package sub\n"),
    "a new folder": () => {
      mkdirSync(module.path("sub/new"));
    },
    "a file under another name": () => {
      renameSync(module.path("sub/b.go"), module.path("sub/c.go"));
    },
    "a folder that is gone": () => {
      rmSync(module.path("sub"), { recursive: true });
    },
    "a source that cannot be read": () => {
      rmSync(module.path("a.go"));
      symlinkSync("a.go", module.path("a.go"));
    },
    "another go.mod": () => module.write("go.mod", "module example.com/m\n\ngo 1.22\n"),
    "a go.work that was not there": () => module.write("go.work", "go 1.22\n"),
    "another compiler": () => module.write("../tool", "2"),
    "a profile": () => module.write("default.pgo", ""),
    "a nested module that is none any longer": () => {
      rmSync(module.path("nested/go.mod"));
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`does not hold with ${what}`, () => {
      change();
      assert.equal(isCurrent(stamp), false);
    });
  }

  it("holds after a checkout that wrote the same again, and where go does not look", () => {
    module.write("a.go", "package m\n");
    assert.notEqual(statSync(module.path("a.go")).mtimeMs, 1_700_000_000_500);
    module.write("README.md", "two\n");
    module.write("nested/deep/c.go", "package other\n");
    writeFileSync(module.path(".swp"), "");
    assert.ok(isCurrent(stamp));
  });

  it("is not taken where something changed since the work on it began", () => {
    const since = Date.now();
    utimesSync(module.path("a.go"), new Date(since + 5), new Date(since + 5));
    assert.equal(take(since), undefined);
  });

  it("is not taken of a folder that vanished, nor of what cannot be read", () => {
    symlinkSync("loop.go", module.path("sub/loop.go"));
    settle(module.dir, "sub");
    assert.equal(take(), undefined);
    rmSync(module.dir, { recursive: true });
    assert.equal(take(), undefined);
  });

  it("trusts no time that a later change may have as well", () => {
    const whole = 1_700_000_001;
    utimesSync(module.path("a.go"), whole, whole);
    const young = take(whole * 1000 + 3000) ?? stamp;
    module.write("a.go", "package n\n");
    utimesSync(module.path("a.go"), whole, whole);
    assert.equal(isCurrent(young), false);
  });
});
