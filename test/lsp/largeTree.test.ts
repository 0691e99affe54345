/** What the view asks in a workspace with 50,000 sites: the figures are printed, since machines differ. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { createProtocolConnection } from "vscode-languageserver-protocol/node";
import { defaultSeverityRules } from "../../server/src/analysis/severity.js";
import type { Site } from "../../server/src/analysis/site.js";
import { registerSiteTree } from "../../server/src/features/tree/siteTreeRequests.js";
import {
  type TreeGrouping,
  treeMethod,
  type TreeParams,
  type TreeResult,
} from "../../server/src/protocol.js";
import { everySite, madeSite, resultsOf } from "../harness/sites.js";

const packages = 500;
const sitesEach = 100;

describe("the tree of 50,000 sites", () => {
  const { ask, close } = connect(makeSites());

  after(close);

  const questions: readonly (readonly [string, Partial<TreeParams>, number, number])[] = [
    ["packages", { grouping: "package" }, 200, packages],
    ["one package, from the same tree", { grouping: "package", path: ["/m/p7"] }, 2, 2],
    ["the first of a ranking", { grouping: "rank" }, 200, packages * sitesEach],
    ["the last of a ranking", { grouping: "rank", offset: 49_900 }, 100, packages * sitesEach],
    ["reasons", { grouping: "reason" }, 2, 2],
    ["one reason", { grouping: "reason", path: ["append-growth"] }, 200, (packages * sitesEach) / 2],
    ["a search", { grouping: "rank", filter: { ...everySite, text: "P499 x99" } }, 1, 1],
    ["loops", { grouping: "package", filter: { ...everySite, loops: true } }, 200, packages],
  ];
  for (const [name, params, shown, total] of questions) {
    it(`answers with ${name}, and no more than was asked for`, async () => {
      const started = performance.now();
      const result = await ask(params);
      console.log(`      ${name}: ${(performance.now() - started).toFixed(1)} ms`);
      assert.deepEqual([result.nodes.length, result.total], [shown, total]);
      assert.equal(result.known, packages * sitesEach);
    });
  }

  it("gives no more than some thousands, whatever is asked for", async () => {
    const { nodes } = await ask({ grouping: "rank", limit: 1_000_000 });
    assert.equal(nodes.length, 5000);
  });

  it("sorts a ranking the same way for every part of it", async () => {
    const parts = await Promise.all([0, 200, 400].map((offset) => ask({ grouping: "rank", offset })));
    const keys = parts.flatMap(({ nodes }) => nodes.map(({ key }) => key));
    assert.equal(new Set(keys).size, 600);
  });
});

function makeSites(): Site[] {
  return Array.from({ length: packages * sitesEach }, (_, index) => {
    const [number, line] = [Math.floor(index / sitesEach), index % sitesEach];
    return madeSite(line, {
      id: `id${index}`,
      package: `example.com/m/p${number}`,
      file: `/m/p${number}/${line % 2 === 0 ? "a" : "b"}.go`,
      function: `F${line % 10}`,
      source: `x${line}`,
      loopDepth: line % 5 === 0 ? 1 : 0,
      context: line % 5 === 0 ? "loop" : "body",
      reason: line % 2 === 0 ? "append-growth" : "returned",
      evidence: [{ call: "runtime.newobject", type: "T", bytes: 8 * line }],
    });
  });
}

/** The requests through a real connection, in this process. */
function connect(sites: readonly Site[]) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const never = () => ({ dispose: () => undefined });
  registerSiteTree(server, {
    results: resultsOf(sites),
    documents: { onEdit: never, onSave: never, onClose: never },
    folders: () => ["/m"],
    isTrusted: () => true,
    rulesOf: () => Promise.resolve(defaultSeverityRules),
    buildOf: () => Promise.resolve({ go: "go1.26.8", target: "linux/amd64" }),
  });
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  client.listen();
  const ask = (params: Partial<TreeParams>): Promise<TreeResult> => {
    const grouping: TreeGrouping = "package";
    return client.sendRequest<TreeResult>(treeMethod, {
      grouping,
      filter: everySite,
      path: [],
      offset: 0,
      limit: 200,
      ...params,
    });
  };
  const close = () => {
    client.dispose();
    server.dispose();
  };
  return { ask, close };
}
