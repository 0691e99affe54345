/** Benchmarks from within an editor: of a fix, and of the working tree against git's HEAD. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, it } from "mocha";
import type { ShowDocumentParams } from "vscode-languageserver-protocol";
import {
  type BenchmarkResult,
  type Benchmarks,
  benchmarksMethod,
  serverCommands,
} from "../../server/src/protocol.js";
import { cellsOf } from "../harness/benchmarkTable.js";
import { cancelWhenWritten } from "../harness/cancelProgress.js";
import { commitAll } from "../harness/git.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { ownChange } from "../harness/untouched.js";

const code = `package p

func Squares(n int) []int {
	squares := make([]int, 0)
	for i := range n {
		squares = append(squares, i*i)
	}
	return squares
}

func Other() *int { return new(int) }
`;

const sized = code.replace("make([]int, 0)", "make([]int, 0, n)");

const tests = `package p

import "testing"

var sink any

func BenchmarkOther(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink = Other()
	}
}

func BenchmarkSquares(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink = Squares(1000)
	}
}
`;

const capabilities = {
  workspace: { configuration: true },
  window: { workDoneProgress: true, showDocument: { support: true } },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
  },
};

const settings = { goEscapeLens: { benchmark: { count: 4, time: "200x" } } };

describe("benchmarks over stdio", function () {
  this.timeout(120_000);
  let module: TestModule;
  let client: TestClient;
  let uri: string;
  let pages: string[];

  const start = async (options: Partial<Parameters<typeof TestClient.start>[0]> = {}, test = tests) => {
    module = testModule({ "go.mod": "module example.com/m\n\ngo 1.22\n", "p.go": code, "p_test.go": test });
    client = await TestClient.start({ folders: [module.dir], capabilities, settings, ...options });
    pages = [];
    client.connection.onRequest("window/showDocument", ({ uri: page }: ShowDocumentParams) => {
      pages.push(readFileSync(fileURLToPath(page), "utf8"));
      return { success: true };
    });
    uri = await client.open(module.path("p.go"), code);
    await client.idle(uri);
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  const run = (argument: unknown) =>
    client.connection.sendRequest<BenchmarkResult | null>("workspace/executeCommand", {
      command: serverCommands.benchmark,
      arguments: [argument],
    });
  const list = (compare: unknown) =>
    client.connection.sendRequest<Benchmarks>(benchmarksMethod, { uri, compare });
  const entry = async () => {
    const actions = await client.codeActions(uri, { line: 5, character: 13 });
    return actions.find(({ title }) => title.startsWith("Prove this fix by benchmark: Preallocate"));
  };

  it("prove a fix of the menu: those that may run its function, each side in turn", async () => {
    await start();
    const action = await entry();
    const [target] = action?.command?.arguments as [{ compare: unknown }];
    const listed = await list(target.compare);
    assert.ok("benchmarks" in listed, JSON.stringify(listed));
    assert.deepEqual(
      listed.benchmarks.map(({ name, line, reaches }) => [name, line, reaches]),
      [
        ["BenchmarkOther", 6, false],
        ["BenchmarkSquares", 12, true],
      ],
    );
    const result = await run(target);
    assert.ok(result, client.shown.join("\n"));
    assert.match(result.page, /^# Preallocate `squares` with capacity/);
    assert.match(result.page, /In `Squares`, p\.go:6\. The fix was only tried: no file was changed\./);
    const [, name, , before, after, change, p, real] = cellsOf(result.page, "allocs/op");
    assert.deepEqual([name, after, p, real], ["`BenchmarkSquares`", "2", "0.029", "yes"]);
    assert.ok(Number(before) > 2 && /^−\d/.test(change ?? ""), result.page);
    for (const unit of ["B/op", "ns/op", "GC-cycles", "GC-pause-ms"])
      assert.ok(cellsOf(result.page, unit).length > 0, unit);
    assert.doesNotMatch(result.page, /BenchmarkOther/);
    assert.match(result.summary, /^BenchmarkSquares: allocs\/op −[\d.]+ %/);
    assert.deepEqual(pages, [result.page]);
    assert.ok(client.asked.includes("window/workDoneProgress/create"));
  });

  it("compare what is in the editor with git's HEAD", async () => {
    await start();
    const target = { uri, compare: { revision: "HEAD" }, benchmarks: null };
    assert.equal(await run(target), null);
    assert.match(client.shown.at(-1) ?? "", /not a git repository/);
    ownChange(module.dir, () => {
      commitAll(module.dir);
    });
    await client.change(uri, [{ text: sized }]);
    const listed = await list(target.compare);
    assert.ok("benchmarks" in listed, JSON.stringify(listed));
    assert.deepEqual(
      listed.benchmarks.map(({ reaches }) => reaches),
      [false, true],
    );
    const result = await run(target);
    assert.ok(result, client.shown.join("\n"));
    assert.match(result.page, /^# The working tree against HEAD\n/);
    assert.match(result.page, /\| Benchmark +\| Unit +\| +HEAD \| +now \|/);
    assert.deepEqual(cellsOf(result.page, "allocs/op").slice(4, 5), ["2"]);
    assert.equal(await run({ ...target, compare: { revision: "nowhere" } }), null);
    assert.match(client.shown.at(-1) ?? "", /nowhere/);
  });

  it("say which side has failed", async () => {
    await start({}, tests.replace("sink = Squares", 'panic("on purpose"); sink = Squares'));
    const action = await entry();
    assert.equal(await run(action?.command?.arguments?.[0]), null);
    assert.match(client.shown.at(-1) ?? "", /^as it is: [^]*on purpose/);
    assert.deepEqual(pages, []);
  });

  it("end when they are canceled, and show nothing", async () => {
    const outside = testModule({});
    const started = outside.path("started");
    const slow = tests
      .replace('import "testing"', 'import (\n\t"os"\n\t"testing"\n\t"time"\n)')
      .replace(
        "sink = Squares",
        'os.WriteFile(os.Getenv("STARTED"), nil, 0o600); time.Sleep(time.Hour); sink = Squares',
      );
    await start({ env: { STARTED: started } }, slow);
    const action = await entry();
    const canceled = cancelWhenWritten(client, started);
    assert.equal(await run(action?.command?.arguments?.[0]), null);
    await canceled;
    outside.dispose();
    assert.deepEqual([client.shown, pages], [[], []]);
  });

  it("are neither listed nor run in a workspace that is not trusted", async () => {
    await start({ trusted: false });
    const listed = await list({ revision: "HEAD" });
    assert.ok("problem" in listed && /trust/.test(listed.problem), JSON.stringify(listed));
    assert.equal(await run({ uri, compare: { revision: "HEAD" }, benchmarks: ["BenchmarkOther"] }), null);
    assert.match(client.shown.at(-1) ?? "", /trust/);
  });

  it("are not run for what is no target", async () => {
    await start({ trusted: false });
    for (const argument of [
      {},
      { uri, compare: {} },
      { uri, compare: { revision: "" } },
      { uri, compare: { revision: "HEAD" }, benchmarks: ["Benchmark|.*"] },
    ])
      await assert.rejects(run(argument), /benchmark needs a file/);
  });
});
