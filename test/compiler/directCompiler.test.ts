/** What a direct compile leaves behind, how it ends, and how much it explains. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { writeCompileInputs } from "../../server/src/compiler/compileInputs.js";
import { runCompile, type CompileEnd, type CompileRequest } from "../../server/src/compiler/compileRun.js";
import { DirectCompiler, type DirectLimits } from "../../server/src/compiler/directCompiler.js";
import type { Fact } from "../../server/src/compiler/facts.js";
import { SentinelWatch } from "../../server/src/compiler/sentinel.js";
import { AbortError, GoCommandError } from "../../server/src/go/commandError.js";
import { createTemporaryFolder } from "../../server/src/go/temporary.js";
import { directEngine } from "../harness/directEngine.js";
import { testModule, type TestModule } from "../harness/module.js";
import { load, type LoadedPackages } from "../harness/packages.js";
import { processesNaming } from "../harness/processes.js";
import { verdictsOf } from "../harness/verdicts.js";

const functions = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `func F${i}(n int) *int {\n\tv${i} := n\n\treturn &v${i}\n}\n`,
  ).join("\n");

describe("a direct compile", function () {
  this.timeout(120_000);
  let module: TestModule;
  let loaded: LoadedPackages;
  let request: CompileRequest;
  let temporary: string;

  before(async () => {
    module = testModule({ "m.go": `package m\n\n${functions(300)}` });
    loaded = await load(module.dir, ["./..."]);
    const [variant] = loaded.packages[0]!.variants;
    const answer = await directEngine(loaded).plans.of(variant!, new Map(), loaded.signal);
    assert.ok("plan" in answer);
    const rest = { overlays: new Map(), replaced: new Map(), root: module.dir };
    request = { ...answer, ...rest, level: 2, finish: "sentinel" };
    temporary = path.dirname(createTemporaryFolder("probe"));
  });
  after(() => {
    module.dispose();
  });

  const compileFolders = () => readdirSync(temporary).filter((name) => name.startsWith("compile-"));

  async function run(changes: Partial<CompileRequest>): Promise<{ facts: Fact[]; end: CompileEnd }> {
    const facts: Fact[] = [];
    const compile = runCompile({ ...request, ...changes }, loaded.signal);
    for (let next = await compile.next(); ; next = await compile.next()) {
      if (next.done === true) return { facts, end: next.value };
      facts.push(...next.value);
    }
  }

  const heap = (facts: readonly Fact[]) =>
    facts.flatMap((fact) => (fact.kind === "heap" ? [`${fact.position.line} ${fact.text}`] : []));

  it("has said all at the sentinel, and nothing about the sentinel", async () => {
    const early = await run({});
    const whole = await run({ finish: "exit" });
    assert.deepEqual([early.end.ending, whole.end.ending], ["sentinel", "sentinel"]);
    assert.deepEqual(early.facts, whole.facts);
    assert.equal(heap(early.facts).length, 300);
    const files = new Set(early.facts.flatMap((fact) => ("position" in fact ? [fact.position?.file] : [])));
    assert.deepEqual([...files], [module.path("m.go")]);
    assert.deepEqual(compileFolders(), []);
  });

  it("stands still behind the sentinel until somebody reads on", () => {
    const { plan, tool, overlays, replaced } = request;
    const folder = createTemporaryFolder("compile");
    const inputs = writeCompileInputs(folder, plan, overlays, replaced, "sentinel");
    const options = { cwd: plan.dir, env: tool.env, encoding: "utf8" } as const;
    const { stdout, status } = spawnSync(tool.file, ["-m=2", ...inputs.args], options);
    rmSync(folder, { recursive: true });
    assert.equal(status, 0);
    const lines = stdout.split("\n");
    const sentinel = lines.findIndex((line) => new SentinelWatch(inputs.sentinelFile).push(`${line}\n`));
    assert(sentinel > 0);
    // A pipe takes 65,536 bytes (pipe(7)).
    assert((lines[sentinel + 1]?.length ?? 0) > 65_536);
  });

  it("is cut where there is too much text", async () => {
    const { facts, end } = await run({ limit: { characters: 1000, milliseconds: 60_000 } });
    assert.equal(end.ending, "cut");
    assert.ok(end.characters > 1000);
    assert.ok(heap(facts).length < 300);
    assert.deepEqual(compileFolders(), []);
  });

  it("leaves neither a process nor a file when it is canceled", async () => {
    const controller = new AbortController();
    const compile = runCompile({ ...request, finish: "exit" }, controller.signal);
    await compile.next();
    const [folder = ""] = compileFolders();
    assert.equal(processesNaming(folder).length, 1);
    controller.abort();
    await assert.rejects(async () => {
      for (let next = await compile.next(); next.done !== true; next = await compile.next());
    }, AbortError);
    assert.deepEqual(processesNaming(folder), []);
    assert.deepEqual(compileFolders(), []);
  });

  it("leaves neither when its reader goes away", async () => {
    const compile = runCompile({ ...request, finish: "exit" }, loaded.signal);
    await compile.next();
    const [folder = ""] = compileFolders();
    assert.equal(processesNaming(folder).length, 1);
    await compile.return({ ending: "cut", characters: 0 });
    assert.deepEqual(processesNaming(folder), []);
    assert.deepEqual(compileFolders(), []);
  });

  it("tells a compiler that is broken from a package that is", async () => {
    const broken = (script: string) => {
      const file = module.write("compile.sh", `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
      return run({ tool: { ...request.tool, file } });
    };
    const isFailure = (words: RegExp) => (error: unknown) =>
      error instanceof GoCommandError &&
      error.kind === "failed" &&
      words.test(error.stderr + String(error.signal));
    await assert.rejects(broken("kill -KILL $$"), isFailure(/SIGKILL/));
    await assert.rejects(
      broken("echo 'a.go:1:2: internal compiler error: oh'; exit 2"),
      isFailure(/error: oh/),
    );
    await assert.rejects(broken("echo 'panic: oh' >&2; echo 'a.go:1:2: x'; exit 2"), isFailure(/panic: oh/));
    const missing = { ...request.tool, file: path.join(module.dir, "no-such-compiler") };
    await assert.rejects(
      run({ tool: missing }),
      (error) => error instanceof GoCommandError && error.kind === "not-found",
    );
    const plan = { ...request.plan, exports: new Map([["fmt", module.path("m.go")]]) };
    const overlays = new Map([[module.path("m.go"), 'package m\n\nimport _ "fmt"\n']]);
    const { facts, end } = await run({ plan, overlays });
    assert.equal(end.ending, "failed");
    assert.ok(facts[0]?.kind === "error");
    assert.match(facts[0].message, /^# example\.com\/m\n\.\/m\.go:3:10: could not import fmt/);
    assert.deepEqual(facts[0].position, { file: module.path("m.go"), line: 3, column: 10 });
  });

  describe("explains within limits:", () => {
    const shape = (facts: readonly Fact[]) =>
      facts.flatMap((fact) => (fact.kind === "progress" ? [`${fact.done}${fact.cut ? " cut" : ""}`] : []));

    async function compile(compiler: DirectCompiler, changes: Partial<CompileRequest> = {}): Promise<Fact[]> {
      const facts: Fact[] = [];
      const all = compiler.compile({ ...request, ...changes }, loaded.signal);
      for await (const some of all) facts.push(...some);
      return facts;
    }

    async function twice(limits: DirectLimits): Promise<[Fact[], Fact[]]> {
      const compiler = new DirectCompiler(limits);
      return [await compile(compiler), await compile(compiler)];
    }

    it("flows come with the verdicts where there are few", async () => {
      const [first, second] = await twice({ atOnce: 1e6, characters: 1e6, milliseconds: 60_000 });
      assert.deepEqual(shape(first), ["verdicts", "flows"]);
      assert.deepEqual(first, second);
      assert.equal(first.filter((fact) => fact.kind === "explanation").length, 300);
    });

    it("verdicts come first where there are many", async () => {
      const [first, second] = await twice({ atOnce: 1000, characters: 1e6, milliseconds: 60_000 });
      assert.deepEqual([...new Set(heap(first))].length, 300);
      assert.equal(first.filter((fact) => fact.kind === "explanation").length, 300);
      assert.deepEqual(shape(first), ["verdicts cut", "flows"]);
      assert.equal(heap(second).length, 300);
      const at = second.findIndex((fact) => fact.kind === "progress");
      assert.equal(heap(second.slice(0, at)).length, 300);
      assert.deepEqual(shape(second), ["verdicts cut", "flows"]);
      assert.deepEqual([...new Set(second.slice(at + 1, -1).map((fact) => fact.kind))], ["explanation"]);
      assert.equal(second.slice(at + 1, -1).length, 300);
    });

    it("one file that somebody asks for is explained in spite of them, and no other", async () => {
      const compiler = new DirectCompiler({ atOnce: 0, characters: 10, milliseconds: 60_000 });
      const explained = async (only: string) => {
        const facts: Fact[] = [];
        for await (const some of compiler.compile({ ...request, only }, loaded.signal)) facts.push(...some);
        assert.deepEqual(shape(facts).at(-1), "flows");
        return facts.filter((fact) => fact.kind === "explanation").length;
      };
      assert.equal(await explained(request.plan.sources[0] ?? ""), 300);
      assert.equal(await explained("/elsewhere.go"), 0);
    });

    it("nothing is compiled for flows where the verdicts fail", async () => {
      const log = module.path("runs");
      const script = `#!/bin/sh\necho "$1" >> ${log}\nexec ${request.tool.file} "$@"\n`;
      const file = module.write("counting.sh", script);
      chmodSync(file, 0o755);
      const tool = { ...request.tool, file };
      const compiler = new DirectCompiler({ atOnce: 1000, characters: 1e6, milliseconds: 60_000 });
      const runsOf = async (overlays: CompileRequest["overlays"]): Promise<readonly string[]> => {
        rmSync(log, { force: true });
        await compile(compiler, { tool, overlays });
        return readFileSync(log, "utf8").trim().split("\n");
      };
      assert.deepEqual(await runsOf(new Map()), ["-m=2", "-m=1"]);
      assert.deepEqual(await runsOf(new Map()), ["-m=1", "-m=2"]);
      const broken = new Map([[module.path("m.go"), "package m\n\nvar x int = y\n"]]);
      assert.deepEqual(await runsOf(broken), ["-m=1"]);
    });

    it("what is cut says so, and the verdicts are complete all the same", async () => {
      const [, second] = await twice({ atOnce: 1000, characters: 2000, milliseconds: 60_000 });
      assert.deepEqual(shape(second), ["verdicts cut", "flows cut"]);
      assert.equal(heap(second).length, 300);
      assert.ok(second.filter((fact) => fact.kind === "explanation").length < 300);
    });
  });

  it("writes nothing to Go's build cache", async () => {
    const cache = module.path("cache");
    mkdirSync(cache);
    const own = await load(module.dir, ["."], { env: { GOCACHE: cache } });
    const { engine, log } = directEngine(own);
    const compile = async (name: string) => {
      const overlays = new Map([
        [module.path("m.go"), `package m\n\nfunc F() *int {\n\t${name} := 1\n\treturn &${name}\n}\n`],
      ]);
      return await verdictsOf(engine, own.packages[0]!.variants, own.signal, overlays);
    };
    await compile("first");
    const before = listing(cache);
    for (let i = 0; i < 20; i++) {
      const { verdicts } = await compile(`x${i}`);
      assert.deepEqual(
        [...(verdicts.get("example.com/m") ?? [])],
        [`${module.path("m.go")}:4:2 moved x${i}`],
      );
    }
    assert.deepEqual(listing(cache), before);
    assert.deepEqual(log, []);
    assert.ok(existsSync(module.path("m.go")));
  });
});

function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => `${name} ${statSync(path.join(folder, name)).size}`)
    .sort();
}
