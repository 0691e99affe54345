/** `escapelens report --profile`, on the profile of a benchmark that the real toolchain has run. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import type { JsonReport } from "../../server/src/cli/json.js";
import { type TestModule, testModule } from "../harness/module.js";
import { profiledCode, profiledTests } from "../harness/profiledCode.js";
import { escapelens, said } from "./tool.js";

describe("escapelens report --profile", () => {
  let module: TestModule;

  before(() => {
    module = testModule({
      "p/p.go": profiledCode,
      "p/p_test.go": profiledTests,
      "text.pprof": "not a profile",
    });
    writeFileSync(module.path("empty.pprof"), "");
    const flags = ["-run=^$", "-bench=.", "-benchtime=20x", "-memprofile=mem.pprof", "-memprofilerate=1"];
    execFileSync("go", ["test", ...flags, "./p"], { cwd: module.dir, stdio: "pipe" });
  });

  after(() => {
    module.dispose();
  });

  const run = (...args: string[]) => escapelens(["report", ...args], { cwd: module.dir });

  it("gives each site what it allocated, and the hottest lines their reasons and who pays for them", () => {
    const { stdout } = run("--profile=mem.pprof", "--format=json");
    const { profile, sites } = JSON.parse(stdout) as JsonReport;
    assert.ok(profile !== undefined);
    const node = sites.find(({ expression }) => expression === "&Node{...}");
    // 2,000 for the run of 20, and 100 for the one before it.
    assert.equal(node?.profile?.objects, 2100);
    assert.equal(node.profile.bytes, 2100 * 128);
    assert.deepEqual(node.profile.callers, [{ file: "p/p.go", line: 13, bytes: 2100 * 128 }]);
    const [first, second] = profile.lines;
    assert.deepEqual([first?.file, first?.line, first?.sites[0]?.id], ["p/p.go", 8, node.id]);
    assert.ok(second !== undefined && second.outside.some(({ function: name }) => name === "strings.Repeat"));
    assert.ok(profile.joined.bytes >= 0.95 * profile.own.bytes);
  });

  it("sorts the page and the table by it, and adds columns", () => {
    const page = run("--profile=mem.pprof").stdout;
    assert.match(page, /<h2>Memory profile<\/h2>/);
    assert.match(page, /<tbody>\n<tr data-package[^>]*><td><span class="place">p\/p\.go:9</);
    assert.match(
      run("--profile=mem.pprof", "--format=csv").stdout,
      /,message,allowed,profileBytes,profileObjects\r\n/,
    );
    assert.match(
      run("--profile=mem.pprof", "--format=markdown").stdout,
      /\| 263 kB \| \d+ % \| 2\.1 k objects \| `p\/p\.go:9` \|/,
    );
  });

  it("is in the pages that are made of the JSON of an earlier run", () => {
    writeFileSync(module.path("report.json"), run("--profile=mem.pprof", "--format=json").stdout);
    const both = (format: string) =>
      ["--from=report.json", "--profile=mem.pprof"].map((flag) => run(flag, `--format=${format}`).stdout);
    for (const format of ["html", "markdown", "csv"]) {
      const [kept, fresh] = both(format);
      assert.equal(kept, fresh, format);
    }
    const [kept, fresh] = both("json").map((text) => JSON.parse(text) as JsonReport);
    assert.deepEqual(kept, fresh);
    assert.match(said(run("--from=report.json", "--profile=mem.pprof")), /--profile: of no use with --from/);
  });

  it("adds up several profiles, and compares with those of before", () => {
    const args = ["--profile=mem.pprof", "--profile=mem.pprof", "--before=mem.pprof", "--format=json"];
    const { profile, sites } = JSON.parse(run(...args).stdout) as JsonReport;
    const node = sites.find(({ expression }) => expression === "&Node{...}");
    assert.equal(node?.profile?.objects, 4200);
    assert.deepEqual(node.profile.before, { line: 4200 * 128, then: 2100 * 128 });
    assert.equal(profile?.total.bytes, 2 * (profile?.totalBefore?.bytes ?? 0));
  });

  it("refuses what is no memory profile, and says why", () => {
    for (const [name, words] of [
      ["empty.pprof", /is empty/],
      ["text.pprof", /is not a profile in the format of pprof/],
      ["none.pprof", /cannot be read/],
    ] as const) {
      const result = run(`--profile=${name}`);
      assert.equal(result.status, 2);
      assert.match(said(result), words);
      assert.equal(result.stdout, "");
    }
    assert.equal(run("--before=mem.pprof").status, 2);
  });
});
