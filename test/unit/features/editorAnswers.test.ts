/** Hovers, code lenses and inlay hints over the protocol, on what the real compiler says of a file. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { before, describe, it } from "mocha";
import {
  type CodeLens,
  createConnection,
  type Hover,
  type InlayHint,
  type MarkupContent,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { createProtocolConnection, type ProtocolConnection } from "vscode-languageserver-protocol/node";
import { FunctionTable } from "../../../server/src/analysis/functionTable.js";
import { passedTo } from "../../../server/src/analysis/passedTo.js";
import type { FileResult } from "../../../server/src/analysis/results.js";
import { defaultSeverityRules } from "../../../server/src/analysis/severity.js";
import { readCapabilities } from "../../../server/src/capabilities.js";
import { fileUri } from "../../../server/src/documents.js";
import { registerCodeLens } from "../../../server/src/features/codeLens.js";
import { registerHover } from "../../../server/src/features/hover.js";
import { registerInlayHints } from "../../../server/src/features/inlayHints.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { type CompiledFile, compiled } from "../explain/compiledSites.js";
import { positionOf } from "../../harness/positions.js";

const text = `package p

type T struct{ n int }

var kept *T

//go:noinline
func keep(label string, t *T) { kept = t }

func user(n int) {
	for i := 0; i < n; i++ {
		t := T{n: i}
		keep("a", &t)
		keep("b", &T{i})
	}
}

func NewT(n int) *T { return &T{n} }

func caller() { keep("c", NewT(1)) }
`;

/** Both ends of a connection in one process; the server's end has the three features. */
class Ends {
  readonly client: ProtocolConnection;
  readonly refresh: { codeLens(): void; inlayHints(): void };
  isOn = true;

  constructor(file: CompiledFile, functions: FunctionTable) {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    const results = { of: (path: string) => (path === file.path ? resultOf(file) : undefined) };
    const isEnabled = () => Promise.resolve(this.isOn);
    const rulesOf = () => Promise.resolve(defaultSeverityRules);
    registerHover(server, {
      results,
      functions,
      takerOf: (site) => Promise.resolve(passedTo(site, (name) => functions.named(site.file, name))),
      capabilities: readCapabilities({ textDocument: { hover: { contentFormat: ["markdown"] } } }),
      diagnosticsInHover: false,
      explainsParameters: isEnabled,
      rulesOf,
    });
    this.refresh = {
      codeLens: registerCodeLens(server, { results, functions, canRefresh: true, isEnabled }),
      inlayHints: registerInlayHints(server, { results, canRefresh: true, isEnabled, rulesOf }),
    };
    server.listen();
    this.client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    this.client.listen();
  }

  dispose(): void {
    this.client.dispose();
  }
}

function resultOf({ path, sites }: CompiledFile): FileResult {
  return {
    file: path,
    package: "example.com/m",
    sites,
    version: null,
    stale: undefined,
    isExplained: true,
    isWhole: true,
    firstLooks: new Map(),
    early: new Set(),
  };
}

describe("answers to an editor", () => {
  let file: CompiledFile;
  let ends: Ends;
  let uri: string;

  before(async () => {
    await initializeSyntax(serverOut);
    file = compiled(text);
    uri = fileUri(file.path);
  });

  beforeEach(() => {
    const functions = new FunctionTable();
    functions.put({
      file: file.path,
      importPath: "example.com/m",
      source: file.source,
      facts: file.facts,
      inlinedCalls: [],
    });
    ends = new Ends(file, functions);
  });

  afterEach(() => {
    ends.dispose();
  });

  const hoverAt = async (needle: string) => {
    const params = { textDocument: { uri }, position: positionOf(text, needle) };
    const hover = await ends.client.sendRequest<Hover | null>("textDocument/hover", params);
    return hover === null ? null : (hover.contents as MarkupContent).value;
  };

  it("say above functions how much they allocate and whether they inline, if asked to", async () => {
    const ask = () => ends.client.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    const lenses = await ask();
    assert.deepEqual(
      lenses.map(({ range }) => range.start),
      [
        positionOf(text, "keep(label"),
        positionOf(text, "user(n"),
        positionOf(text, "NewT(n"),
        positionOf(text, "caller()"),
      ],
    );
    assert.equal(lenses[0]?.command?.title, "does not inline: marked go:noinline");
    assert.match(
      lenses[1]?.command?.title ?? "",
      /^up to 2 allocations, 2 in a loop; does not inline \(\d+ of 80\)$/,
    );
    ends.isOn = false;
    assert.deepEqual(await ask(), []);
  });

  it("show behind expressions that they are on the heap, if asked to", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const ask = () =>
      ends.client.sendRequest<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range });
    const hints = await ask();
    const { line, character } = positionOf(text, "t := T{n");
    assert.deepEqual(hints[0]?.position, { line, character: character + 1 });
    assert.deepEqual(
      hints.map(({ label }) => label),
      ["heap", "heap", "heap", "heap"],
    );
    ends.isOn = false;
    assert.deepEqual(await ask(), []);
  });

  it("name the parameter that takes a value, with a link to it", async () => {
    const hover = (await hoverAt("t := T{n")) ?? "";
    const place = `[a.go:8](${uri}#L8,25)`;
    assert.ok(
      hover.includes(`\`keep\` takes it as its parameter \`t *T\`, which leaks to the heap. · ${place}`),
      hover,
    );
  });

  it("say where the function stands that was inlined", async () => {
    const hover = (await hoverAt("NewT(1)")) ?? "";
    assert.ok(hover.includes(`\`NewT\` is inlined here · [a.go:18](${uri}#L18,6)`), hover);
  });

  it("say on a parameter what becomes of it and how many calls pay, if asked to", async () => {
    assert.equal(
      await hoverAt("t *T) { kept"),
      "`t *T` leaks to the heap; 3 calls in this package allocate for it.",
    );
    assert.equal(await hoverAt("label string"), null);
    ends.isOn = false;
    assert.equal(await hoverAt("t *T) { kept"), null);
  });

  it("are asked for again when there is something new", async () => {
    const asked = ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"].map(
      (method) =>
        new Promise<string>((resolve) => {
          ends.client.onRequest(method, () => {
            resolve(method);
            return null;
          });
        }),
    );
    ends.refresh.codeLens();
    ends.refresh.inlayHints();
    await Promise.all(asked);
  });
});

describe("functions of an edited file", () => {
  it("follow their text; their bodies may change, their names not", async () => {
    await initializeSyntax(serverOut);
    const { path, source, facts } = compiled(text);
    const functions = new FunctionTable();
    const names = () => functions.of(path).map(({ name, nameRange }) => `${name} ${nameRange.start.line}`);
    functions.put({ file: path, importPath: "example.com/m", source, facts, inlinedCalls: [] });
    functions.edit(path, [
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "\n\n" },
    ]);
    assert.deepEqual(names(), ["keep 9", "user 11", "NewT 19", "caller 21"]);
    const inBody = { line: 12, character: 0 };
    functions.edit(path, [{ range: { start: inBody, end: inBody }, text: "\t\tn++\n" }]);
    assert.deepEqual(names(), ["keep 9", "user 11", "NewT 20", "caller 22"]);
    assert.equal(functions.of(path)[1]?.range.end.line, 18);
    const inName = { line: 11, character: 7 };
    functions.edit(path, [{ range: { start: inName, end: inName }, text: "x" }]);
    assert.deepEqual(names(), ["keep 9", "NewT 20", "caller 22"]);
    functions.forget([path]);
    assert.deepEqual(names(), []);
  });
});
