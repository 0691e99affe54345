/** `escapelens report`, and the formats of the check, through the real compiler. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import type { Log } from "sarif";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens } from "./tool.js";

describe("escapelens report", () => {
  let module: TestModule;

  before(() => {
    module = testModule({
      "m.go": `package m

import "fmt"

//escape:none
func F(xs []int) {
	for _, x := range xs {
		fmt.Println("<b>&", x)
	}
}
`,
    });
  });

  after(() => {
    module.dispose();
  });

  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    escapelens(args, { cwd: module.dir, env });

  it("writes a page with charts, the source line and nothing to run or load but its own", () => {
    const { stdout, status } = run(["report"]);
    assert.equal(status, 0);
    assert.match(stdout, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.match(stdout, /<title>Heap allocations of example\.com\/m<\/title>/);
    assert.ok(stdout.includes("fmt.Println(&quot;&lt;b&gt;&amp;&quot;, <mark>x</mark>)"));
    assert.equal(stdout.match(/<figure>/g)?.length, 3);
  });

  it("speaks Chinese where the shell does", () => {
    const { stdout } = run(["report"], { LC_ALL: "zh_CN.UTF-8" });
    assert.match(stdout, /<html lang="zh-CN">/);
    assert.match(stdout, /<title>example\.com\/m 的堆分配<\/title>/);
  });

  it("takes the JSON of a check in the place of an analysis, and writes where it is told", () => {
    module.write("check.json", run(["check", "--format=json"]).stdout);
    const page = run(["report"]).stdout;
    assert.equal(run(["report", "--from", "check.json"]).stdout, page);
    assert.equal(run(["report", "--output=page.html"]).stdout, "");
    assert.equal(readFileSync(module.path("page.html"), "utf8"), page);
    assert.equal(run(["report", "--from", "m.go"]).status, 2);
  });

  it("writes Markdown, CSV and JSON", () => {
    assert.match(run(["report", "--format=markdown"]).stdout, /^### Go Escape Lens\n[^]*\| `m\.go:8` \|/);
    assert.match(
      run(["report", "--format=csv"]).stdout,
      /^id,package,[^]*,m\.go,8,23,F,escapes,x,boxed-formatting,/,
    );
    const { assertions, sites } = JSON.parse(run(["report", "--format=json"]).stdout) as {
      assertions: { code: string; sites: string[] }[];
      sites: { id: string; expression: string }[];
    };
    const boxed = sites.find(({ expression }) => expression === "x");
    assert.deepEqual(assertions[0]?.sites.includes(boxed?.id ?? ""), true);
  });

  it("gives SARIF in which the broken assertion stands beside its cause", () => {
    const { stdout, status } = run(["check", "--format=sarif"]);
    assert.equal(status, 1);
    const [only] = (JSON.parse(stdout) as Log).runs;
    assert.deepEqual(
      only?.results?.map(({ ruleId, level }) => [ruleId, level]),
      [
        ["escape-none", "error"],
        ["boxed-formatting", "note"],
      ],
    );
    assert.ok(only.results[1]!.codeFlows![0]!.threadFlows[0]!.locations.length > 1);
  });
});
