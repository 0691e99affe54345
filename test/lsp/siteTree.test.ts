import assert from "node:assert/strict";
import type { Range } from "vscode-languageserver-protocol";
import {
  exportMethod,
  type ExportParams,
  sitePlaceMethod,
  treeChangedMethod,
  treeMethod,
  type TreeNode,
  type TreeParams,
  type TreeResult,
} from "../../server/src/protocol.js";
import { commitAll } from "../harness/git.js";
import { TestClient } from "../harness/languageClient.js";
import { ownChange } from "../harness/untouched.js";
import { type TestModule, testModule } from "../harness/module.js";
import { everySite } from "../harness/sites.js";

const first = "package p\n\nfunc F() *int {\n\tx := 1\n\treturn &x\n}\n";
const second =
  "package q\n\nfunc G(n int) [][]byte {\n\tvar all [][]byte\n\tfor range n {\n\t\tall = append(all, nil)\n\t}\n\treturn all\n}\n";

describe("the tree over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const start = async (files: Readonly<Record<string, string>>, trusted = true): Promise<void> => {
    module = testModule({ "go.mod": "module example.com/m\n\ngo 1.22\n", ...files });
    client = await TestClient.start({ folders: [module.dir], trusted });
  };

  const ask = (params: Partial<TreeParams> = {}): Promise<TreeResult> =>
    client.connection.sendRequest<TreeResult>(treeMethod, {
      grouping: "package",
      filter: everySite,
      path: [],
      offset: 0,
      limit: 100,
      ...params,
    });

  /** The labels from a node down to the first site below it. */
  const descend = async (nodes: readonly TreeNode[], path: readonly string[] = []): Promise<string[]> => {
    const [node] = nodes;
    if (node === undefined) return [];
    if (node.kind === "site") return [node.label];
    const below = [...path, node.key];
    return [node.label, ...(await descend((await ask({ path: below })).nodes, below))];
  };

  const analyzeWorkspace = () =>
    client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.analyzeWorkspace",
    });

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("has every package after an analysis of the workspace, level by level", async () => {
    await start({ "p.go": first, "q/q.go": second });
    assert.deepEqual(await ask(), { nodes: [], total: 0, sites: 0, known: 0, problem: null });
    await analyzeWorkspace();
    const { nodes, total, sites, known } = await ask();
    assert.deepEqual(
      { labels: nodes.map(({ label }) => label), total, sites, known },
      { labels: ["example.com/m", "q"], total: 2, sites: known, known },
    );
    assert.deepEqual(await descend(nodes), ["example.com/m", "p.go", "F", "x"]);
    const ranked = await ask({ grouping: "rank", limit: 1 });
    assert.deepEqual([ranked.nodes.map(({ label }) => label), ranked.total], [["append(all, nil)"], known]);
    const loops = await ask({ grouping: "reason", filter: { ...everySite, loops: true } });
    assert.deepEqual(
      loops.nodes.map(({ key }) => key),
      ["append-growth"],
    );
  });

  it("tells whoever asked before that it has changed, and knows where a site is after edits", async () => {
    await start({ "p.go": first });
    await ask();
    const changed = new Promise<void>((resolve) => {
      client.connection.onNotification(treeChangedMethod, () => {
        resolve();
      });
    });
    const uri = await client.open(module.path("p.go"), first);
    await changed;
    await client.idle(uri);
    const [site] = (await ask({ grouping: "rank" })).nodes;
    assert.match(site?.text ?? "", /^p\.go:4:2: `x` moves to the heap/);
    await client.change(uri, [
      { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: "// F\n// F\n" },
    ]);
    const place = { uri, id: site!.id };
    const range = await client.connection.sendRequest<Range | null>(sitePlaceMethod, place);
    assert.deepEqual(range?.start, { line: 5, character: 1 });
    const gone = await client.connection.sendRequest(sitePlaceMethod, { uri, id: "gone" });
    assert.equal(gone, null);
  });

  it("filters by the lines that differ from HEAD, unsaved edits included", async () => {
    await start({ "p.go": first, "q/q.go": second });
    const filter = { ...everySite, changed: true };
    await analyzeWorkspace();
    const outside = await ask({ filter });
    assert.match(outside.problem ?? "", /not a git repository/);
    assert.equal(outside.sites, outside.known);
    ownChange(module.dir, () => {
      commitAll(module.dir);
    });
    assert.deepEqual((await ask({ filter })).nodes, []);
    module.write("new/n.go", first.replace("package p", "package n"));
    const uri = await client.open(module.path("p.go"), first);
    await client.idle(uri);
    await client.save(uri);
    await analyzeWorkspace();
    const labels = async () => (await ask({ filter })).nodes.map(({ label }) => label);
    assert.deepEqual(await labels(), ["new"]);
    const seen = client.statuses.length;
    await client.change(uri, [
      { range: { start: { line: 3, character: 6 }, end: { line: 3, character: 7 } }, text: "2" },
    ]);
    await client.idle(uri, seen);
    assert.deepEqual(await labels(), ["example.com/m", "new"]);
  });

  it("runs no git in a workspace that is not trusted", async () => {
    await start({ "p.go": first }, false);
    const { nodes, problem } = await ask({ filter: { ...everySite, changed: true } });
    assert.deepEqual({ nodes, problem }, { nodes: [], problem: null });
  });

  it("is exported in the formats of the command-line tool, as filtered", async () => {
    await start({ "p.go": first, "q/q.go": second });
    await analyzeWorkspace();
    const exported = (format: ExportParams["format"], text: string) =>
      client.connection.sendRequest<string>(exportMethod, { format, filter: { ...everySite, text } });
    const json = JSON.parse(await exported("json", "return-address")) as {
      go: string;
      sites: { file: string; expression: string }[];
      packages: { importPath: string }[];
    };
    assert.match(json.go, /^go1\./);
    assert.deepEqual(
      json.sites.map(({ file, expression }) => `${file} ${expression}`),
      ["p.go x"],
    );
    assert.deepEqual(json.packages, [{ importPath: "example.com/m", dir: ".", error: null }]);
    const csv = (await exported("csv", "q.go append-growth")).split("\r\n");
    assert.match(csv[0] ?? "", /^id,package,file,line,/);
    assert.match(csv[1] ?? "", /,example\.com\/m\/q,q\/q\.go,6,/);
    assert.equal(csv.length, 3);
    assert.match(await exported("markdown", "return-address"), /\| `p\.go:4` \| `x` moves to the heap/);
  });

  it("keeps what a comment allows out of the findings that it exports, and its reason where there is room", async () => {
    await start({
      "p.go": first.replace("x := 1", "x := 1 //escape:allow it is kept, for long"),
      "q.go": first.replace("F()", "G()"),
    });
    await analyzeWorkspace();
    const exported = (format: ExportParams["format"]) =>
      client.connection.sendRequest<string>(exportMethod, { format, filter: everySite });
    const markdown = await exported("markdown");
    assert.match(markdown, /`q\.go:4`/);
    assert.doesNotMatch(markdown, /`p\.go:4`/);
    const csv = await exported("csv");
    assert.match(csv, /^[^\n]*,message,allowed\r\n/);
    assert.match(csv, /,p\.go,4,[^\n]*,"it is kept, for long"\r\n/);
    const { sites } = JSON.parse(await exported("json")) as { sites: { file: string; allowed?: string }[] };
    assert.deepEqual(
      sites.map(({ file, allowed }) => [file, allowed]),
      [
        ["p.go", "it is kept, for long"],
        ["q.go", undefined],
      ],
    );
  });
});
