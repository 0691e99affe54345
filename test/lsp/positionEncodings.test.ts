/** Clients that count in UTF-8 or UTF-32: every range cuts out what it should, in their own counting. */
import assert from "node:assert/strict";
import type {
  CodeAction,
  Diagnostic,
  Hover,
  InitializeParams,
  Position,
  Range,
} from "vscode-languageserver-protocol";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const text = [
  "package p",
  "",
  "type müller struct{ 名, b string }",
  "",
  "func F(in []string) (*müller, []string) {",
  '\t/* é名😀 */ müll := müller{"😀", "é"}; /* 😀 */ öut := []string{}',
  "\tfor _, v := range in {",
  '\t\t/* 名 */ öut = append(öut, v+"😀")',
  "\t}",
  "\treturn keep(&müll), öut",
  "}",
  "",
].join("\n");

const other = "package p\n\nvar last *müller\n\nfunc keep(é *müller) *müller { last = é; return é }\n";

/** What a client sees of a line, cut in its own units; written without the server's own converter. */
const cutters: Readonly<Record<string, (line: string, from: number, to: number) => string>> = {
  "utf-8": (line, from, to) => Buffer.from(line).subarray(from, to).toString("utf8"),
  "utf-16": (line, from, to) => line.slice(from, to),
  "utf-32": (line, from, to) => Array.from(line).slice(from, to).join(""),
};

/** How long the start of a line is in the units of each. */
const lengths: Readonly<Record<string, (start: string) => number>> = {
  "utf-8": (start) => Buffer.byteLength(start),
  "utf-16": (start) => start.length,
  "utf-32": (start) => Array.from(start).length,
};

function capabilities(positionEncodings: string[] | undefined): InitializeParams["capabilities"] {
  return {
    ...(positionEncodings !== undefined && { general: { positionEncodings } }),
    workspace: { workspaceEdit: { documentChanges: true } },
    textDocument: {
      publishDiagnostics: { relatedInformation: true, versionSupport: true, dataSupport: true },
      hover: { contentFormat: ["markdown"] },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
        isPreferredSupport: true,
      },
    },
  };
}

describe("positions over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const start = async (positionEncodings: string[] | undefined, files: Readonly<Record<string, string>>) => {
    module = testModule(files);
    client = await TestClient.start({
      folders: [module.dir],
      capabilities: capabilities(positionEncodings),
    });
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  for (const encoding of ["utf-8", "utf-32"]) {
    const cut = (source: string, { start: from, end: to }: Range) => {
      assert.equal(from.line, to.line);
      return cutters[encoding]!(source.split("\n")[from.line]!, from.character, to.character);
    };
    const position = (source: string, needle: string): Position => {
      const before = source.slice(0, source.indexOf(needle)).split("\n");
      return { line: before.length - 1, character: lengths[encoding]!(before.at(-1)!) };
    };

    it(`are in ${encoding} for a client that knows nothing else`, async () => {
      await start([encoding], { "p.go": text, "keep.go": other });
      assert.equal(client.initializeResult?.capabilities.positionEncoding, encoding);
      const uri = await client.open(module.path("p.go"), text);
      assert.equal((await client.idle(uri)).problem, null);
      const found = client.diagnostics(uri);
      assert.deepEqual(found.map(({ range }) => cut(text, range)).sort(), [
        'append(öut, v+"😀")',
        "müll",
        'v+"😀"',
      ]);

      const moved = found.find(({ range }) => cut(text, range) === "müll");
      const steps = moved?.relatedInformation ?? [];
      assert.ok(steps.length > 0, JSON.stringify(moved));
      // The compiler names the place of the call that it inlined.
      for (const { location } of steps) assert.match(cut(text, location.range), /^(?:&müll|keep\(&müll\))$/);

      const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
        textDocument: { uri },
        position: position(text, "müll :="),
      });
      assert.equal(cut(text, hover!.range!), "müll");
    });

    it(`are taken in ${encoding}, edit by edit, and given so in fixes`, async () => {
      await start([encoding, "utf-7"], { "p.go": text, "keep.go": other });
      const uri = await client.open(module.path("p.go"), text);
      await client.idle(uri);
      const seen = client.statuses.length;
      // Two changes in one notification: the second one counts in what the first one made.
      const at = position(text, " müll :=");
      const inserted = "/* 😀é */";
      const after = { line: at.line, character: at.character + lengths[encoding]!(inserted) };
      const version = await client.change(uri, [
        { range: { start: at, end: at }, text: inserted },
        { range: { start: after, end: after }, text: " /* 名 */" },
      ]);
      const edited = text.replace(" müll :=", `${inserted} /* 名 */ müll :=`);
      await client.status((status) => status.version === version && status.phase === "idle", seen);
      const found = client.diagnostics(uri);
      assert.deepEqual(found.map(({ range }) => cut(edited, range)).sort(), [
        'append(öut, v+"😀")',
        "müll",
        'v+"😀"',
      ]);
      const grown = position(edited, "append(");
      const [action] = await client.codeActions(uri, grown, {
        diagnostics: found.filter(({ range }) => range.start.line === grown.line),
      });
      assert.equal(
        applied(edited, action, lengths[encoding]!),
        edited.replace("[]string{}", "make([]string, 0, len(in))"),
      );
      const named: Diagnostic[] = action?.diagnostics ?? [];
      assert.deepEqual(
        named.map(({ range }) => cut(edited, range)),
        ['append(öut, v+"😀")'],
      );
    });
  }

  it("are in UTF-16 wherever the client knows it, or names nothing", async () => {
    await start(["utf-8", "utf-16"], { "p.go": text, "keep.go": other });
    assert.equal(client.initializeResult?.capabilities.positionEncoding, "utf-16");
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    const [first] = client.diagnostics(uri).filter(({ range }) => range.start.line === 5);
    assert.equal(
      cutters["utf-16"]!(text.split("\n")[5]!, first!.range.start.character, first!.range.end.character),
      "müll",
    );
    await client.dispose();
    module.dispose();
    await start(undefined, { "p.go": text, "keep.go": other });
    assert.equal(client.initializeResult.capabilities.positionEncoding, "utf-16");
  });
});

/** The text with the one edit of an action, whose positions are counted by `length`. */
function applied(source: string, action: CodeAction | undefined, length: (start: string) => number): string {
  const [change] = action?.edit?.documentChanges ?? [];
  assert.ok(change !== undefined && "edits" in change, JSON.stringify(action));
  const lines = source.split("\n");
  const offset = ({ line, character }: Position) => {
    const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
    const units = Array.from({ length: lines[line]!.length + 1 }, (_none, index) => index);
    return before + units.find((index) => length(lines[line]!.slice(0, index)) === character)!;
  };
  return [...change.edits].reverse().reduce((result, edit) => {
    assert.ok("newText" in edit);
    return result.slice(0, offset(edit.range.start)) + edit.newText + result.slice(offset(edit.range.end));
  }, source);
}
