/** Names, literals and messages that would be links, tags or commands if anything forgot to escape them. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import MarkdownIt from "markdown-it";
import type { Hover } from "vscode-languageserver-protocol";
import { URI } from "vscode-uri";
import { hostileFiles, steeringCharacters } from "../../harness/hostile.js";
import { TestClient } from "../../harness/languageClient.js";
import { type TestModule, testModule } from "../../harness/module.js";

/** Everything on, so that everything is shown. */
const loud = {
  diagnostics: {
    showNotAllocating: true,
    severity: {
      body: "warning",
      loop: "warning",
      init: "warning",
      "error-return": "warning",
      panic: "warning",
    },
  },
  hover: { parameters: true },
  codeLens: { enabled: true },
  inlayHints: { enabled: true },
};

describe("hostile text in a trusted workspace", function () {
  this.timeout(120_000);
  let module: TestModule;
  let client: TestClient;

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("becomes no link, no picture and no tag in any hover", async () => {
    const files = hostileFiles();
    module = testModule(files);
    client = await TestClient.start({ folders: [module.dir], settings: { goEscapeLens: loud } });
    let hovers = 0;
    for (const [name, text] of Object.entries(files)) {
      const uri = await client.open(module.path(name), text);
      assert.equal((await client.idle(uri)).problem, null);
      const diagnostics = client.diagnostics(uri);
      assert.ok(diagnostics.length > 10, `${diagnostics.length} in ${name}`);
      for (const { message } of diagnostics)
        assert.doesNotMatch((message as string).replaceAll("\n", ""), steeringCharacters);
      for (const { range } of diagnostics) {
        const question = { textDocument: { uri }, position: range.start };
        const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", question);
        if (hover === null) continue;
        assertHarmless((hover.contents as { value: string }).value, module.dir);
        hovers++;
      }
    }
    assert.ok(hovers > 40, `${hovers} hovers`);
  });

  it("becomes no link in the status or in a notification, which VS Code would run", async () => {
    const evil = "[click](command:workbench.action.terminal.new)";
    module = testModule(
      { "p.go": "package p\n", "go.mod": `module example.com/m\n\ngo 1.21\n\n${evil} x\n` },
      evil,
    );
    client = await TestClient.start({ folders: [module.dir] });
    const uri = await client.open(module.path("p.go"), "package p\n");
    const { problem } = await client.idle(uri);
    assert.equal(problem?.code, "module-files");
    await client.connection
      .sendRequest("workspace/executeCommand", { command: "goEscapeLens.server.analyzeWorkspace" })
      .catch(() => undefined);
    const words = [problem.message, problem.detail, ...client.shown];
    assert.ok(words.join(" ").includes("[click]"), "the words are there");
    for (const each of words) assert.doesNotMatch(each, /\]\(/);
  });
});

/** As VS Code would render it at its most generous: HTML allowed, bare addresses turned into links. */
const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.validateLink = () => true;

/** The sources of what is called, where a hover leads to the parameter that takes a value. */
const standardLibrary = path.join(execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim(), "src");

function assertHarmless(value: string, folder: string): void {
  assert.doesNotMatch(value.replaceAll("\n", ""), steeringCharacters);
  const known = [folder, standardLibrary].map((each) => `${URI.file(each).toString()}/`);
  for (const token of markdown.parse(value, {}).flatMap((block) => [block, ...(block.children ?? [])])) {
    assert.ok(!["image", "html_inline", "html_block"].includes(token.type), `${token.type} in ${value}`);
    if (token.type !== "link_open") continue;
    const target = String(token.attrGet("href"));
    assert.ok(
      known.some((each) => target.startsWith(each)) && !target.includes("command:evil#"),
      `a link to ${target} in ${value}`,
    );
  }
}
