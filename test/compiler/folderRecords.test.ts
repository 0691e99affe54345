/** A folder that is analyzed again: nothing is done where nothing changed, and whatever changed is seen. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterEach, before, beforeEach, describe, it } from "mocha";
import { Background } from "../../server/src/analysis/background.js";
import { FolderRecords } from "../../server/src/analysis/folderRecords.js";
import { type BuildOptions, GoSetups } from "../../server/src/analysis/goSetups.js";
import { ResultCache } from "../../server/src/analysis/resultCache.js";
import { Results } from "../../server/src/analysis/results.js";
import { WorkspaceAnalysis } from "../../server/src/analysis/workspaceAnalysis.js";
import { withAllowances } from "../../server/src/assertions/allowances.js";
import { initializeSyntax } from "../../server/src/syntax/treeSitter.js";
import { ownChange } from "../harness/untouched.js";
import { type TestModule, testModule } from "../harness/module.js";
import { serverOut } from "../harness/paths.js";
import { settle } from "../harness/settle.js";

const returned = (name: string) => `package ${name}\n\nfunc F() *int { x := 1; return &x }\n`;
const keeping = (body: string) => `package dep\n\nvar kept *int\n\nfunc Keep(p *int) { ${body} }\n`;
const using = 'package m\n\nimport "example.com/dep"\n\nfunc G() { y := 1; dep.Keep(&y) }\n';

/** A server's memory of what it found, with a count of what it asks go. */
class Session {
  readonly results = new Results();
  readonly open = new Set<string>();
  readonly background = new Background();
  readonly #module: TestModule;
  readonly #setups = new GoSetups();
  readonly #records: FolderRecords;
  readonly #cache: ResultCache;

  /** `folder`: where results are kept on disk. */
  constructor(module: TestModule, folder: string | undefined) {
    this.#module = module;
    this.#cache = new ResultCache(folder, "editor", "test");
    const isOpen = (dir: string) => this.open.has(dir);
    const { results, background } = this;
    this.#records = new FolderRecords({ results, cache: this.#cache, background, isOpen });
  }

  /** Whether go was asked anything but its environment, and what is known then. */
  async analyze(env: Readonly<Record<string, string>> = {}, tags = "") {
    const base = path.dirname(this.#module.dir);
    const calls = path.join(base, "calls");
    const build = { buildFlags: [], buildTags: tags, pgo: "auto" } as const;
    const options: BuildOptions = { ...build, path: path.join(base, "go"), alternateGo: "", goroot: "", env };
    const answer = await this.#setups.of(this.#module.dir, options, [this.#module.dir]);
    if ("problem" in answer) return assert.fail(answer.problem.message);
    rmSync(calls, { force: true });
    const summary = await new WorkspaceAnalysis(
      {
        records: this.#records,
        cache: this.#cache,
        background: this.background,
        parallelism: 2,
        annotated: withAllowances,
        log: () => undefined,
      },
      answer.setup,
      () => undefined,
    ).run(this.#module.dir, new AbortController().signal);
    if ("problem" in summary) return assert.fail(summary.problem.message);
    await this.background.settled();
    return {
      asked: existsSync(calls) && /^list/m.test(readFileSync(calls, "utf8")),
      summary,
      sites: this.sites(),
    };
  }

  /** `a.go:4 x` for each site. */
  sites(): string[] {
    return [...this.results.all()]
      .flatMap(({ sites }) => sites)
      .map(
        ({ file, range, source }) => `${path.relative(this.#module.dir, file)}:${range.start.line} ${source}`,
      )
      .sort();
  }
}

describe("a folder that is analyzed again", () => {
  const modules: TestModule[] = [];
  let session: Session;

  const make = (files: Readonly<Record<string, string>>) => {
    const module = testModule(files);
    modules.push(module);
    const base = path.dirname(module.dir);
    chmodSync(module.write("../go", `#!/bin/sh\necho "$1" >> '${base}/calls'\nexec go "$@"\n`), 0o755);
    settle(base);
    session = new Session(module, path.join(base, "kept"));
    return module;
  };

  /** As it was, then each change, which has to be seen, and after it nothing is asked until the next one. */
  const assertSeen = async (
    module: TestModule,
    first: readonly string[],
    steps: Readonly<Record<string, readonly [change: () => unknown, sites: readonly string[]]>>,
    env: Readonly<Record<string, string>> = {},
  ) => {
    assert.deepEqual((await session.analyze(env)).sites, first);
    assert.equal((await session.analyze(env)).asked, false, "nothing changed");
    for (const [what, [change, sites]] of Object.entries(steps)) {
      ownChange(module.dir, change);
      const seen = await session.analyze(env);
      assert.deepEqual([seen.asked, seen.sites], [true, sites], what);
      settle(path.dirname(module.dir));
      await session.analyze(env);
      const again = await session.analyze(env);
      assert.deepEqual([again.asked, again.sites], [false, sites], `after ${what}`);
    }
  };

  before(() => initializeSyntax(serverOut));

  afterEach(() => {
    for (const module of modules.splice(0)) module.dispose();
  });

  describe("with nothing changed", () => {
    let module: TestModule;
    const sites = ["p.go:2 x", "sub/q.go:2 x"];

    beforeEach(async () => {
      module = make({
        "p.go": returned("p"),
        "sub/q.go": returned("q"),
        "sub/q_test.go": "package q\n\nconst tested = true\n",
      });
      const { summary, asked } = await session.analyze();
      assert.deepEqual([asked, summary], [true, { packages: 2, failed: 0, sites: 2 }]);
    });

    it("says the same without asking go, in the same session and in the next one", async () => {
      const expected = { asked: false, summary: { packages: 2, failed: 0, sites: 2 }, sites };
      assert.deepEqual(await session.analyze(), expected);
      const kept = () =>
        Object.fromEntries([...session.results.all()].map((each) => [each.file, each.sites]));
      const before = kept();
      session = new Session(module, path.join(path.dirname(module.dir), "kept"));
      assert.deepEqual(await session.analyze(), expected);
      assert.deepEqual(kept(), before);
      assert.equal((await new Session(module, undefined).analyze()).asked, true);
    });

    it("brings back what an edit that was not saved has dropped, and leaves alone what is open", async () => {
      const file = module.path("p.go");
      const drop = () => {
        const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 30 } };
        session.results.edit(file, 1, [{ range, text: "" }]);
        session.results.forget([module.path("sub/q.go")]);
        assert.deepEqual(session.sites(), []);
      };
      drop();
      session.open.add(module.dir);
      assert.deepEqual((await session.analyze()).sites, ["sub/q.go:2 x"]);
      session.open.clear();
      session.results.close(file);
      drop();
      const again = await session.analyze();
      assert.deepEqual([again.asked, again.sites], [false, sites]);
      assert.equal((await session.analyze()).asked, false);
    });

    it("asks go where the settings or the environment are others, or what was kept is gone", async () => {
      assert.equal((await session.analyze({}, "special")).asked, true);
      assert.equal((await session.analyze({ CGO_ENABLED: "0" })).asked, true);
      assert.equal((await session.analyze()).asked, false);
      session = new Session(module, path.join(path.dirname(module.dir), "kept"));
      rmSync(path.join(path.dirname(module.dir), "kept"), { recursive: true });
      assert.equal((await session.analyze()).asked, true);
    });
  });

  it("sees every change of sources, dependencies, module files and the go command's settings", async () => {
    const module = make({
      "go.mod":
        "module example.com/m\n\ngo 1.21\n\nrequire example.com/dep v0.0.0\n\nreplace example.com/dep => ../dep\n",
      "m.go": using,
      "sub/q.go": returned("q"),
      "sub/special.go": `//go:build special\n\n${returned("q").replace("F()", "S()")}`,
      "../dep/go.mod": "module example.com/dep\n\ngo 1.21\n",
      "../dep/dep.go": keeping(""),
      "../other/go.mod": "module example.com/dep\n\ngo 1.21\n",
      "../other/dep.go": keeping(""),
      "../goenv": "",
    });
    const base = path.dirname(module.dir);
    await assertSeen(
      module,
      ["sub/q.go:2 x"],
      {
        "an edit of a file of the same size": [
          () => module.write("sub/q.go", returned("q").replaceAll("x", "z")),
          ["sub/q.go:2 z"],
        ],
        "a dependency in another folder": [
          () => module.write("../dep/dep.go", keeping("kept = p")),
          ["m.go:4 y", "sub/q.go:2 z"],
        ],
        "another go.mod": [
          () =>
            module.write("go.mod", readFileSync(module.path("go.mod"), "utf8").replace("../dep", "../other")),
          ["sub/q.go:2 z"],
        ],
        "a new file": [
          () => module.write("sub/r.go", returned("q").replace("F()", "R()")),
          ["sub/q.go:2 z", "sub/r.go:2 x"],
        ],
        "a new package": [
          () => module.write("sub/deep/d.go", returned("deep")),
          ["sub/deep/d.go:2 x", "sub/q.go:2 z", "sub/r.go:2 x"],
        ],
        "a test": [
          () => module.write("sub/q_test.go", returned("q").replace("F()", "T()")),
          ["sub/deep/d.go:2 x", "sub/q.go:2 z", "sub/q_test.go:2 x", "sub/r.go:2 x"],
        ],
        "a package that is gone, and a file that is in none any longer": [
          () => {
            rmSync(module.path("sub/deep"), { recursive: true });
            module.write("sub/r.go", `//go:build ignore\n\n${returned("q").replace("F()", "R()")}`);
          },
          ["sub/q.go:2 z", "sub/q_test.go:2 x"],
        ],
        "what go env -w writes": [
          () => module.write("../goenv", "GOFLAGS=-tags=special\n"),
          ["sub/q.go:2 z", "sub/q_test.go:2 x", "sub/special.go:4 x"],
        ],
      },
      { GOENV: path.join(base, "goenv"), GOFLAGS: "" },
    );
  });

  it("sees changes in a workspace of modules, and in what is vendored", async () => {
    const module = make({
      "go.mod": "",
      "go.work": "go 1.22\n\nuse (\n\t./a\n\t./b\n)\n",
      "a/go.mod": "module example.com/a\n\ngo 1.22\n\nrequire example.com/dep v0.0.0\n",
      "a/a.go": using,
      "b/go.mod": "module example.com/b\n\ngo 1.21\n",
      "b/b.go": returned("b"),
      "vendor/modules.txt": "## workspace\n# example.com/dep v0.0.0\n## explicit; go 1.21\nexample.com/dep\n",
      "vendor/example.com/dep/dep.go": keeping(""),
    });
    await assertSeen(module, ["b/b.go:2 x"], {
      "an edit of what is vendored": [
        () => module.write("vendor/example.com/dep/dep.go", keeping("kept = p; kept = p")),
        ["a/a.go:4 y", "b/b.go:2 x"],
      ],
    });
  });

  it("sees what changes in a header of cgo", async () => {
    const header = (size: number) => `#define SIZE ${size}\n`;
    const module = make({
      "c.go":
        'package m\n\n// #include "size.h"\nimport "C"\n\nfunc F() byte { var b [C.SIZE]byte; return b[C.SIZE/2] }\n',
      "size.h": header(8),
    });
    await assertSeen(module, [], {
      "a size that is no longer one for the stack": [
        () => module.write("size.h", header(200_000_000)),
        ["c.go:5 b"],
      ],
    });
  });

  it("knows which packages do not compile, and sees when they do", async () => {
    const module = make({ "p.go": returned("p"), "bad/bad.go": "package bad\n\nvar x int = y\n" });
    const failed = { packages: 2, failed: 1, sites: 1 };
    assert.deepEqual((await session.analyze()).summary, failed);
    const again = await session.analyze();
    assert.deepEqual([again.asked, again.summary], [false, failed]);
    module.write("bad/y.go", "package bad\n\nvar y = 1\n");
    assert.deepEqual((await session.analyze()).summary, { packages: 2, failed: 0, sites: 1 });
    const { sites } = await session.analyze();
    module.write("p.go", `${returned("p")}\nvar x int = y\n`);
    const broken = await session.analyze();
    assert.deepEqual([broken.summary, broken.sites], [{ packages: 2, failed: 1, sites: 0 }, sites]);
  });

  it("asks go each time about what may be mended anywhere, such as in the module cache", async () => {
    make({ "p.go": returned("p"), "bad/bad.go": 'package bad\n\nimport _ "example.org/not/there"\n' });
    for (const time of ["the first time", "again"]) assert.equal((await session.analyze()).asked, true, time);
  });
});
