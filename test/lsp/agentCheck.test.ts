/** What a coding agent in the editor is told (goEscapeLens/check), over stdio. */
import assert from "node:assert/strict";
import type { JsonReport } from "../../server/src/cli/json.js";
import { checkMethod } from "../../server/src/protocol.js";
import { escapelens } from "../cli/tool.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const files = {
  "go.mod": "module example.com/m\n\ngo 1.22\n",
  "a.go": "package m\n\nfunc A() *int {\n\tx := 1\n\treturn &x\n}\n",
  "b.go":
    "package m\n\nfunc B(n int) [][]byte {\n\tvar all [][]byte\n\tfor i := 0; i < n; i++ {\n\t\tall = append(all, make([]byte, n))\n\t}\n\treturn all\n}\n",
  "b_linux_arm.go": "package m\n",
  "a_windows.go": "package m\n",
  "q/q.go": "package q\n\nfunc Q() *int { return new(int) }\n",
  "broken/b.go": "package broken\n\nfunc F() int { return missing }\n",
  "none/readme.txt": "nothing\n",
};

type Answer = JsonReport & { readonly omitted: number };

describe("what an agent in the editor asks, over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const start = async (trusted = true): Promise<void> => {
    module = testModule(files);
    client = await TestClient.start({ folders: [module.dir], trusted });
  };
  const ask = (params: unknown) => client.connection.sendRequest<Answer>(checkMethod, params);
  const places = ({ sites }: Answer) =>
    sites.map(({ file, range, reason }) => `${file}:${range.start.line + 1} ${reason}`);

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("gives of a package that nobody has opened what the command line gives, the costliest first", async () => {
    await start();
    const { omitted, ...answer } = await ask({ path: "." });
    assert.equal(omitted, 0);
    assert.equal(answer.sites[0]?.context, "loop");
    const { stdout } = escapelens(["check", "--format=json", "."], { cwd: module.dir });
    const expected = JSON.parse(stdout) as JsonReport;
    const comparable = ({ schema, go, target, packages, sites }: JsonReport) => ({
      schema,
      go,
      target,
      packages,
      sites: sites.toSorted((a, b) => a.id.localeCompare(b.id)),
    });
    assert.deepEqual(comparable(answer), comparable(expected));
    assert.equal(answer.sites.length, 4);
  });

  it("narrows it to a file, a line and a number of sites", async () => {
    await start();
    assert.deepEqual(places(await ask({ path: module.path("a.go") })), ["a.go:4 return-address"]);
    assert.deepEqual(places(await ask({ path: "b.go", line: 3 })), []);
    const onLine = await ask({ path: "b.go", line: 6 });
    assert.deepEqual([onLine.sites.length, onLine.omitted], [2, 0]);
    const one = await ask({ path: "b.go", line: 6, limit: 1 });
    assert.deepEqual([one.sites, one.omitted], [onLine.sites.slice(0, 1), 1]);
    assert.deepEqual(places(await ask({ path: "q" })), ["q/q.go:3 return-address"]);
  });

  it("speaks of the text in the editor, not of the disk", async () => {
    await start();
    const uri = await client.open(module.path("a.go"), files["a.go"]);
    await client.change(uri, [{ text: "package m\n\nfunc A() int {\n\tx := 1\n\treturn x\n}\n" }]);
    assert.deepEqual(places(await ask({ path: "a.go" })), []);
  });

  it("says of a package that does not compile why there is nothing", async () => {
    await start();
    const { packages, sites } = await ask({ path: "broken" });
    assert.deepEqual(sites, []);
    assert.equal(packages[0]?.importPath, "example.com/m/broken");
    assert.match(packages[0].error ?? "", /undefined: missing/);
  });

  it("refuses what is no Go of the workspace, in words that help", async () => {
    await start();
    await assert.rejects(ask({ path: "gone.go" }), /gone\.go is no Go file and no folder of the workspace/);
    await assert.rejects(ask({ path: "/" }), /is no Go file and no folder of the workspace/);
    await assert.rejects(ask({ path: "../../.." }), /is no Go file and no folder of the workspace/);
    await assert.rejects(ask({ path: "none" }), /no Go file in/);
    await assert.rejects(ask({ path: "a_windows.go" }), /Build constraints exclude this file/);
    await assert.rejects(ask({ path: "a.go", line: 0 }), /whole numbers from 1/);
    await assert.rejects(ask({}), /path is needed/);
  });

  it("runs nothing in a workspace that is not trusted", async () => {
    await start(false);
    await assert.rejects(ask({ path: "a.go" }), /before you trust this workspace/);
  });
});
