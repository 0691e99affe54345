/** Memory profiles in the editor: taken at the cursor, loaded, shown, followed through edits, and forgotten. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import type { Hover } from "vscode-languageserver-protocol";
import {
  type ProfileLines,
  profileLinesMethod,
  type TreeParams,
  treeMethod,
  type TreeResult,
} from "../../server/src/protocol.js";
import { TestClient } from "../harness/languageClient.js";
import { profiledCode as code, profiledTests as tests } from "../harness/profiledCode.js";
import { everySite } from "../harness/sites.js";
import { ownChange } from "../harness/untouched.js";
import { type TestModule, testModule } from "../harness/module.js";

describe("a memory profile over stdio", () => {
  let module: TestModule;
  let client: TestClient;
  let uri: string;

  before(async () => {
    module = testModule({
      "go.mod": "module example.com/m\n\ngo 1.22\n",
      "p/p.go": code,
      "p/p_test.go": tests,
    });
    client = await TestClient.start({
      folders: [module.dir],
      trusted: true,
      settings: { goEscapeLens: { profile: { warnFrom: 50, hideCold: true } } },
    });
    uri = await client.open(module.path("p/p.go"), code);
    await client.idle(uri);
  });

  after(async () => {
    await client.dispose();
    module.dispose();
  });

  const execute = (command: string, ...args: unknown[]) =>
    client.connection.sendRequest("workspace/executeCommand", {
      command: `goEscapeLens.server.${command}`,
      arguments: args,
    });
  const marks = () => client.connection.sendRequest<ProfileLines | null>(profileLinesMethod, { uri });
  const severities = () => client.diagnostics(uri).map(({ range, severity }) => [range.start.line, severity]);

  it("has nothing to say before one is loaded", async () => {
    assert.equal(await marks(), null);
    assert.deepEqual(
      severities().find(([line]) => line === 8),
      [8, 4],
    );
  });

  it("is taken from the test at the cursor, in which nothing is written", async () => {
    const testUri = await client.open(module.path("p/p_test.go"), tests);
    await execute("takeProfile", { uri: testUri, line: 7 });
    const answer = await marks();
    const node = answer?.lines.find(({ line }) => line === 8);
    // 50 lists of 100 nodes of 128 bytes.
    assert.match(node?.label ?? "", /^625 kB · \d+ % · 5\.0 k objects$/);
    assert.equal(node?.heat, 2);
    const call = answer?.lines.find(({ line }) => line === 13);
    assert.match(call?.label ?? "", /^↳ 625 kB · \d+ %$/);
    assert.match(call?.detail ?? "", /own functions that are called here: `p\.New` 625 kB/);
    assert.match(answer?.lines.find(({ line }) => line === 19)?.detail ?? "", /Repeat/);
  });

  it("stands in the hover, with the calls that pay", async () => {
    const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 8, character: 9 },
    });
    const { value } = hover?.contents as { value: string };
    assert.match(value, /It allocated 625 kB, \d+ % of this profile, 5\.0 k objects/);
    assert.match(value, /625 kB for the call.* · \[p\\?\.go\\?:14\]/);
  });

  it("makes a hot site a warning and hides a cold one, where that is set", () => {
    assert.deepEqual(
      severities().filter(([line]) => line === 8 || line === 22),
      [[8, 2]],
    );
  });

  it("ranks the tree by bytes, and leaves out the cold sites for who asks", async () => {
    const ranked = async (profiled: boolean): Promise<string[]> => {
      const filter = { ...everySite, allocating: true, tests: false, profiled };
      const params: TreeParams = { grouping: "rank", filter, path: [], offset: 0, limit: 10 };
      const { nodes } = await client.connection.sendRequest<TreeResult>(treeMethod, params);
      return nodes.map(({ description }) => description);
    };
    const all = await ranked(false);
    assert.match(all[0] ?? "", /p\.go:9 .*625 kB in the profile/);
    assert.ok(all.some((description) => description.includes("p.go:23")));
    const hot = await ranked(true);
    assert.equal(hot[0], all[0]);
    assert.ok(hot.length > 0 && !hot.some((description) => description.includes("p.go:23")));
  });

  it("follows its lines when the text is edited", async () => {
    const text = code.replace("//go:noinline", "// New makes a node.\n//\n//go:noinline");
    await client.change(uri, [{ text }]);
    const answer = await marks();
    assert.match(answer?.lines.find(({ line }) => line === 10)?.label ?? "", /^625 kB/);
    assert.equal(
      answer?.lines.some(({ line }) => line === 8),
      false,
    );
  });

  it("refuses what is no profile in words, and keeps what is loaded", async () => {
    ownChange(module.path("nonsense"), () => {
      writeFileSync(module.path("nonsense"), "nonsense");
    });
    await execute("loadProfile", { sources: ["nonsense"] });
    assert.match(client.shown.at(-1) ?? "", /not a profile in the format of pprof/);
    assert.notEqual(await marks(), null);
  });

  it("is forgotten on request", async () => {
    await execute("clearProfile");
    assert.equal(await marks(), null);
  });
});
