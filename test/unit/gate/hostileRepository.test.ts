/** A repository whose configuration has programs run wherever git lets it: none is, and git's answers are the right ones. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { HeadChanges } from "../../../server/src/features/tree/headChanges.js";
import { gitIn } from "../../../server/src/gate/git.js";
import { checkOutRevision } from "../../../server/src/gate/revision.js";
import { builtTexts } from "../../../server/src/profile/builtTexts.js";
import { commitAll, git as gitOf } from "../../harness/git.js";
import { type TestModule, testModule } from "../../harness/module.js";

const { signal } = new AbortController();
const committed = "package p\n\nfunc F() {}\n";

describe("git in a hostile repository", function () {
  this.timeout(60_000);
  let module: TestModule;
  let mark: string;

  const git = (...args: string[]) => gitOf(module.dir, ...args);

  beforeEach(() => {
    module = testModule(
      { "p.go": committed, ".gitattributes": "*.go filter=a=b diff=evil\n" },
      "a repository",
    );
    mark = path.join(path.dirname(module.dir), "was-run");
    commitAll(module.dir);
    const hook = module.write("evil.sh", `#!/bin/sh\ntouch '${mark}'\ncat\n`);
    execFileSync("chmod", ["755", hook]);
    const evil = `'${hook}'`;
    for (const [name, value] of [
      ["core.fsmonitor", evil],
      ["core.hooksPath", module.dir],
      ["core.sshCommand", evil],
      ["core.gitProxy", evil],
      ["diff.evil.command", evil],
      ["diff.evil.textconv", evil],
      ["diff.external", evil],
      ["filter.a=b.clean", evil],
      ["filter.a=b.smudge", evil],
      ["filter.a=b.process", evil],
      ["filter.a=b.required", "true"],
    ] as const)
      git("config", name, value);
    for (const name of ["post-index-change", "post-checkout", "fsmonitor-watchman"])
      module.write(name, readFileSync(hook));
    appendFileSync(module.path("p.go"), "\nfunc G() {}\n");
  });

  afterEach(() => {
    module.dispose();
  });

  it("would run its programs, were it asked without care", () => {
    // The filter speaks no protocol that git knows.
    assert.throws(() => git("diff", "--stat", "HEAD"));
    assert.ok(existsSync(mark));
  });

  it("runs none of them for the lines that changed", async () => {
    const changes = new HeadChanges();
    await changes.read([module.dir], signal);
    const line = (number: number) => {
      const at = { line: number, character: 0 };
      return changes.touches(module.path("p.go"), { start: at, end: at });
    };
    assert.deepEqual([line(2), line(4)], [false, true]);
    assert.equal(existsSync(mark), false);
  });

  it("runs none of them for another revision, nor for a text of it", async () => {
    const { folder } = await checkOutRevision(module.dir, "HEAD", signal);
    assert.equal(readFileSync(path.join(folder ?? "", "p.go"), "utf8"), committed);
    const [first] = await builtTexts(module.path("p.go"), "", 0, true, signal);
    assert.equal(first, committed);
    assert.equal(existsSync(mark), false);
  });

  it("runs none of them in what calls itself a submodule and a Go file", async () => {
    const inner = module.path("sub.go");
    module.write("sub.go/a.go", "package a\n");
    commitAll(inner);
    git(
      "-c",
      "core.fsmonitor=false",
      "-c",
      "core.hooksPath=/dev/null",
      "-c",
      "filter.a=b.required=false",
      "add",
      "sub.go",
    );
    gitOf(inner, "config", "core.fsmonitor", `'${module.path("evil.sh")}'`);
    rmSync(mark, { force: true });
    await new HeadChanges().read([module.dir], signal);
    assert.equal(existsSync(mark), false);
  });

  it("fetches nothing that a partial clone lacks, by no transport", async () => {
    const blob = git("rev-parse", "HEAD:p.go").trim();
    rmSync(module.path(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`));
    const helper = module.write("helper.sh", `#!/bin/sh\ntouch '${mark}'\n`);
    execFileSync("chmod", ["755", helper]);
    for (const [name, value] of [
      ["core.repositoryFormatVersion", "1"],
      ["extensions.partialClone", "origin"],
      ["remote.origin.promisor", "true"],
      ["remote.origin.url", `ext::${helper.replaceAll(" ", "% ")}`],
      ["protocol.ext.allow", "always"],
    ] as const)
      git("config", name, value);
    const careful = await gitIn(module.dir, { signal });
    await assert.rejects(careful("show", "HEAD:./p.go"));
    assert.equal(existsSync(mark), false);
    assert.throws(() => git("-c", "core.fsmonitor=false", "show", "HEAD:./p.go"));
    assert.ok(existsSync(mark), "without care it is fetched");
  });
});
