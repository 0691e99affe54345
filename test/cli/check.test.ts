import assert from "node:assert/strict";
import type { SpawnSyncReturns } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens } from "./tool.js";

const files = {
  "go.mod": "module example.com/shop\n\ngo 1.21\n",
  "cart/cart.go": `package cart

import "fmt"

type Line struct{ Price int }

func Total(lines []*Line) string {
	sum := 0
	for i, line := range lines {
		fmt.Println("第", i)
		sum += line.Price
	}
	return fmt.Sprint(sum)
}

func New(price int) *Line { return &Line{price} }
`,
  "cart/cart_test.go": `package cart

import "testing"

func TestTotal(t *testing.T) { t.Log(Total([]*Line{New(1)})) }
`,
  "cmd/shop/main.go":
    'package main\n\nimport "example.com/shop/cart"\n\nfunc main() { println(cart.Total(nil)) }\n',
};

interface Json {
  schema: number;
  go: string;
  target: string;
  packages: { importPath: string; dir: string; error: string | null }[];
  sites: {
    id: string;
    file: string;
    kind: string;
    expression: string;
    function: string;
    context: string;
    loopDepth: number;
    reason: string;
    severity: string;
    range: unknown;
    flow: unknown[];
    allocates: string;
  }[];
  summary: { findings: number };
}

describe("escapelens check", () => {
  let module: TestModule;

  const run = (
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ): SpawnSyncReturns<string> => escapelens(args, { cwd: module.dir, ...options });
  const json = (args: readonly string[] = []) =>
    JSON.parse(run(["check", "--format=json", ...args]).stdout) as Json;

  afterEach(() => {
    module.dispose();
  });

  it("prints one line for each finding, as Go's tools do, and exits with 1", () => {
    module = testModule(files);
    const { stdout, stderr, status } = run(["check"]);
    assert.equal(
      stdout,
      "cart/cart.go:10:22: `i` is copied to the heap unless it is an integer from 0 to 255: `fmt.Println` takes its arguments as interface values (boxed-formatting)\n",
    );
    assert.equal(
      run(["check", "--evidence=off"]).stdout,
      "cart/cart.go:10:22: `i` is copied to the heap: `fmt.Println` takes its arguments as interface values (boxed-formatting)\n",
    );
    assert.match(stderr, /^escapelens: Findings: 1 of \d+ sites, packages: 2 \(go1\.\d+/);
    assert.equal(status, 1);
  });

  it("prints paths relative to the folder it is called in", () => {
    module = testModule(files);
    assert.match(run(["check", "."], { cwd: module.path("cart") }).stdout, /^cart\.go:10:22: /);
    assert.match(
      run(["check", "../../cart"], { cwd: module.path("cmd/shop") }).stdout,
      /^\.\.\/\.\.\/cart\/cart\.go:10:22: /,
    );
  });

  it("exits with 0 when there is nothing at the chosen level", () => {
    module = testModule(files);
    const { stdout, status } = run(["check", "--level=warning"]);
    assert.deepEqual([stdout, status], ["", 0]);
  });

  it("gives JSON after the contract, every site included, tests too", () => {
    module = testModule(files);
    const report = json();
    assert.equal(report.schema, 1);
    assert.match(report.go, /^go1\.\d+/);
    assert.match(report.target, /^\w+\/\w+$/);
    assert.deepEqual(report.packages, [
      { importPath: "example.com/shop/cart", dir: "cart", error: null },
      { importPath: "example.com/shop/cmd/shop", dir: "cmd/shop", error: null },
    ]);
    const boxed = report.sites.find((site) => site.expression === "i");
    const { id, flow, ...rest } = boxed ?? assert.fail("the boxed i is missing");
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.ok(flow.length > 0);
    assert.deepEqual(rest, {
      package: "example.com/shop/cart",
      file: "cart/cart.go",
      function: "Total",
      range: { start: { line: 9, character: 19 }, end: { line: 9, character: 20 } },
      kind: "escapes",
      expression: "i",
      reason: "boxed-formatting",
      allocates: "likely",
      when: "value > 255",
      evidence: [{ call: "runtime.convT64", type: null, bytes: 8 }],
      context: "loop",
      loopDepth: 1,
      inlinedFrom: null,
      message:
        "`i` is copied to the heap unless it is an integer from 0 to 255: `fmt.Println` takes its arguments as interface values",
      severity: "information",
      fixes: [],
    });
    assert.deepEqual(
      report.sites
        .filter((site) => site.expression === '"第"')
        .map((site) => [site.reason, site.allocates, site.severity]),
      [["boxed-constant", "no", "off"]],
    );
    assert.ok(report.sites.some((site) => site.file === "cart/cart_test.go" && site.context === "test"));
    assert.ok(!json(["--no-tests"]).sites.some((site) => site.file.endsWith("_test.go")));
  });

  it("gives the same report twice, and the same ids after edits elsewhere", () => {
    module = testModule(files);
    const first = json();
    assert.deepEqual(json(), first);
    module.write(
      "cart/cart.go",
      files["cart/cart.go"].replace("type Line", "// More.\n\nvar zero = 0\n\ntype Line"),
    );
    const ids = (report: Json) => report.sites.map((site) => site.id).sort();
    assert.deepEqual(ids(json()), ids(first));
  });

  it("reports packages that do not compile, analyses the others, and exits with 3", () => {
    module = testModule({ ...files, "broken/broken.go": "package broken\n\nvar x int = y\n" });
    const { stdout, stderr, status } = run(["check", "--format=json"]);
    const report = JSON.parse(stdout) as Json;
    assert.match(
      report.packages.find((entry) => entry.importPath.endsWith("/broken"))?.error ?? "",
      /undefined: y/,
    );
    assert.ok(report.sites.some((site) => site.file === "cart/cart.go"));
    assert.match(stderr, /undefined: y/);
    assert.equal(status, 3);
  });

  it("leaves nothing behind in the folder", () => {
    module = testModule(files);
    run(["check"]);
    assert.deepEqual(readdirSync(module.dir, { recursive: true }).map(String).sort(), [
      "cart",
      path.join("cart", "cart.go"),
      path.join("cart", "cart_test.go"),
      "cmd",
      path.join("cmd", "shop"),
      path.join("cmd", "shop", "main.go"),
      "go.mod",
    ]);
  });

  it("says what to do where there is no module, no such package and no Go", () => {
    module = testModule({ "go.mod": "", "x.go": "package x\n" });
    const none = run(["check"]);
    assert.equal(none.status, 3);
    assert.match(none.stderr, /go mod init/);
    const noGo = run(["check", "--go=/nowhere/go"]);
    assert.equal(noGo.status, 3);
    assert.match(noGo.stderr, /--go \/nowhere\/go: expected a version such as go1\.24\.4, or the path/);
    const env = { GOMODCACHE: path.join(path.dirname(module.dir), "nothing") };
    const noVersion = run(["check", "--go=go1.21.0"], { env });
    assert.equal(noVersion.status, 3);
    assert.match(noVersion.stderr, /`GOTOOLCHAIN=go1\.21\.0 go version` downloads it/);
  });

  it("checks all modules of a go.work from its folder", () => {
    module = testModule({
      "go.mod": "",
      "go.work": "go 1.21\n\nuse (\n\t./a\n\t./b\n)\n",
      "a/go.mod": "module example.com/a\n\ngo 1.21\n",
      "a/a.go": "package a\n\nfunc A() *int { x := 1; return &x }\n",
      "b/go.mod": "module example.com/b\n\ngo 1.21\n",
      "b/b.go": "package b\n\nfunc B() *int { x := 1; return &x }\n",
    });
    assert.deepEqual(
      json().sites.map((site) => site.file),
      ["a/a.go", "b/b.go"],
    );
  });

  it("says in one line what keeps it from working, and never how it is made", () => {
    module = testModule(files);
    const cases: readonly (readonly [status: number, words: RegExp, ...args: string[]])[] = [
      [3, /No packages are there: .*\n.*nothing: directory not found/, "check", "./nothing"],
      [2, /nope\.json: there is no such file or folder$/, "check", "--config=nope.json"],
      [2, /\/m: this is a folder$/, "check", "--baseline=."],
      [2, /\/no\/such.*: there is no such file/, "check", "--baseline=/no/such/b.json", "--update-baseline"],
      [2, /page\.html: there is no such file/, "report", "--output=/no/such/page.html"],
      [2, /go\.mod: this is no output of escapelens check --format=json/, "merge", "go.mod"],
      [2, /unknown option '--nonsense'\n\(--help/, "check", "--nonsense"],
    ];
    for (const [status, words, ...args] of cases) {
      const result = run(args);
      assert.equal(result.status, status, result.stderr);
      assert.match(result.stderr.trimEnd(), words);
      assert.doesNotMatch(result.stderr, /^\s+at /m);
    }
    module.write(".escapelens.json", '{ "limit": [] }');
    assert.match(run(["check"]).stderr, /\.escapelens\.json: limit: There is no such setting\./);
  });

  it("says which build flags it leaves out, each time", () => {
    module = testModule(files);
    const env = { GOFLAGS: "-gcflags=-N -mod=mod" };
    for (const { stderr } of [run(["check"], { env }), run(["check"], { env })]) {
      assert.match(stderr, /`-gcflags=-N` is left out: it would change what the compiler says\./);
      assert.match(stderr, /`-mod=mod` is run as -mod=readonly/);
    }
  });

  it("names a file that is too large to be analyzed, and reports the others", () => {
    const large = `package cart\n\n${`// ${"x".repeat(97)}\n`.repeat(120_000)}`;
    module = testModule({ ...files, "cart/large.go": large });
    const { stdout, stderr, status } = run(["check", "--format=json"]);
    assert.match(stderr, /^escapelens: cart\/large\.go is too large to be analyzed/m);
    assert.equal(status, 1);
    assert.ok((JSON.parse(stdout) as Json).sites.length > 3);
  });

  it("exits with 2 when the command line is wrong, and shows help", () => {
    module = testModule(files);
    for (const flag of [
      "--format=xml",
      "--target=linux",
      "--target=linux/z80",
      "--shard=3/2",
      "--update-baseline",
      "--tests=maybe",
      "--go=go1.25",
      "--go=1.25",
    ])
      assert.equal(run(["check", flag]).status, 2, flag);
    assert.equal(run(["chekc"]).status, 2);
    assert.equal(run(["check", "--help"]).status, 0);
    assert.match(run(["--version"]).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it("speaks the language of the shell in its help and about wrong command lines", () => {
    module = testModule(files);
    const env = { LC_ALL: "zh_CN.UTF-8" };
    const help = run(["check", "--help"], { env }).stdout;
    assert.match(help, /^用法： escapelens check \[options\] \[packages\.\.\.\]\n\n报告各包/);
    assert.match(help, /^选项：\n {2}--format <format> +输出格式 \(可选值: "text"/m);
    assert.doesNotMatch(help.replaceAll(/^\s+-\S.*? {2}/gm, ""), /\b(?:whether|default|choices|only)\b/);
    const cases: readonly (readonly [words: string, ...args: string[]])[] = [
      ["错误：未知命令 'chek'\n(是否想输入 check?)", "chek"],
      ["错误：未知选项 '--formt'\n(是否想输入 --format?)", "check", "--formt"],
      ["错误：选项 '--level <severity>' 的值 'x' 无效。可选值为 error, warning,", "check", "--level=x"],
      ["错误：选项 '--tags <tags>' 缺少值", "check", "--tags"],
      ["错误：缺少必需的参数 'files'", "merge"],
      ["错误：参数过多，应为 0 个，实际为 1 个。", "mcp", "now"],
    ];
    for (const [words, ...args] of cases) {
      const { status, stderr } = run(args, { env });
      assert.equal(status, 2, stderr);
      assert.ok(stderr.startsWith(words), stderr);
    }
  });
});
