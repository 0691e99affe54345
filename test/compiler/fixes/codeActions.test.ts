import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import {
  type CodeAction,
  CodeActionRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import type { Recompile } from "../../../server/src/analysis/verify.js";
import { fileUri } from "../../../server/src/documents.js";
import {
  type CodeActionCapabilities,
  readCodeActionCapabilities,
} from "../../../server/src/features/codeActionCapabilities.js";
import { registerCodeActions } from "../../../server/src/features/codeActions.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { testModule, type TestModule } from "../../harness/module.js";
import { analyzeFile, noSignal, type TestPackage } from "./caseModule.js";

const source = `package p

func collect(xs []int) []int {
	var out []int
	for _, x := range xs {
		out = append(out, x)
	}
	return out
}

func large(n int) byte {
	b := make([]byte, 100_000)
	return b[n]
}

type row struct{ cells [1000]int }

func rows(n int) int {
	all := make([]row, 3000)
	return all[n].cells[n]
}

//go:noinline
func size() int { return 100 }

func sized() byte {
	b := make([]byte, size())
	return b[0]
}
`;

const everything: CodeActionCapabilities = {
  literals: true,
  isPreferred: true,
  disabled: true,
  data: true,
  resolvesEdit: true,
  applyEdit: true,
  documentChanges: true,
  changeAnnotations: true,
};

/** The suppression that every site is offered. */
function isAllow(action: CodeAction): boolean {
  return (
    (action.data as { fix?: string } | undefined)?.fix === "suppress" || /escape:allow/.test(action.title)
  );
}

describe("code actions", function () {
  this.timeout(60_000);
  let module: TestModule;
  let file: string;
  let analyzed: TestPackage;
  const connections: { dispose(): void }[] = [];

  before(async () => {
    module = testModule({ "p.go": source });
    file = module.path("p.go");
    analyzed = await analyzeFile(file);
  });

  after(() => {
    module.dispose();
  });

  afterEach(() => {
    for (const connection of connections.splice(0)) connection.dispose();
  });

  /** A server that only has code actions, and a client that talks to it. */
  function serve(
    options: {
      capabilities?: Partial<CodeActionCapabilities>;
      recompile?: Recompile;
      text?: string;
      version?: number;
      timeLimit?: number;
      errors?: unknown[];
    } = {},
  ): ProtocolConnection {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    const uri = fileUri(file);
    const document = TextDocument.create(uri, "go", options.version ?? 7, options.text ?? source);
    const recompile = options.recompile ?? analyzed.recompile;
    registerCodeActions(server, {
      documents: {
        get: (asked) => (asked === uri ? document : undefined),
        goFiles: () => [{ path: file, document }],
      },
      capabilities: { ...everything, ...options.capabilities },
      offers: new FixOffers(new Verdicts({ recompile, limit: 1 })),
      analyzedOf: () => analyzed,
      onError: (error) => options.errors?.push(error),
      // Long, unless it is what is tested: the machine may be busy.
      timeLimit: options.timeLimit ?? 30_000,
    });
    server.listen();
    const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.listen();
    connections.push(client, server);
    return client;
  }

  async function ask(
    client: ProtocolConnection,
    words: string,
    diagnostics: Diagnostic[] = [],
    withAllow = false,
  ): Promise<CodeAction[]> {
    const text = analyzed.snapshot.texts.get(file)!;
    const start = text.text.indexOf(words);
    const answer = await client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: fileUri(file) },
      range: text.range(start, start),
      context: { diagnostics },
    });
    return ((answer ?? []) as CodeAction[]).filter((action) => withAllow || !isAllow(action));
  }

  it("offers a checked fix with its effect, its diagnostic and the document's version", async () => {
    const site = analyzed.sites.find((each) => each.source === "make([]byte, 100_000)");
    assert.ok(site);
    const diagnostic: Diagnostic = {
      range: site.range,
      source: "escape",
      code: site.reason,
      message: "m",
      data: { id: site.id },
    };
    const foreign: Diagnostic = { ...diagnostic, source: "compiler" };
    const [action, ...others] = await ask(serve(), "make([]byte", [diagnostic, foreign]);
    assert.deepEqual(others, []);
    assert.ok(action);
    assert.equal(
      action.title,
      "Convert to a fixed array `[100_000]byte` on the stack (removes 1 allocation)",
    );
    assert.equal(action.kind, "quickfix");
    assert.equal(action.isPreferred, true);
    assert.deepEqual(action.diagnostics, [diagnostic]);
    assert.deepEqual(action.data, { id: site.id, fix: "fixed-array", behaviour: null });
    const [change] = action.edit?.documentChanges ?? [];
    assert.ok(change && "textDocument" in change);
    assert.deepEqual(change.textDocument, { uri: fileUri(file), version: 7 });
    assert.equal(action.edit?.changeAnnotations, undefined);
  });

  it("offers to allow the allocation last, and once for a line", async () => {
    const actions = await ask(serve(), "append(out", [], true);
    const [allow, ...others] = actions.filter(isAllow);
    assert.deepEqual(others, []);
    assert.equal(actions.at(-1), allow);
    assert.equal(allow?.isPreferred, false);
    assert.equal(allow.title, "Allow this allocation, with a reason (`//escape:allow`)");
  });

  it("asks first where behaviour may change, once for an append that is two sites", async () => {
    const actions = await ask(serve(), "append(out");
    assert.equal(actions.length, 1);
    const [action] = actions;
    assert.equal(action?.isPreferred, false);
    assert.deepEqual(action.edit?.changeAnnotations, {
      behaviour: {
        label: "Preallocate `out` with capacity `len(xs)` (growth becomes one allocation)",
        needsConfirmation: true,
        description: "`out` is empty instead of nil when nothing is appended.",
      },
    });
    const [change] = action.edit.documentChanges ?? [];
    assert.ok(change && "edits" in change);
    assert.ok(change.edits.every((edit) => "annotationId" in edit && edit.annotationId === "behaviour"));
  });

  it("says in the title what may change where the client cannot ask", async () => {
    const client = serve({
      capabilities: { changeAnnotations: false, documentChanges: false, isPreferred: false },
    });
    const [action] = await ask(client, "append(out");
    assert.match(action?.title ?? "", /`out` is empty instead of nil when nothing is appended\.$/);
    assert.equal(action?.isPreferred, undefined);
    assert.deepEqual(Object.keys(action?.edit?.changes ?? {}), [fileUri(file)]);
  });

  it("shows what the compiler turned down only as disabled", async () => {
    const [action, ...others] = await ask(serve(), "make([]row");
    assert.deepEqual(others, []);
    assert.match(action?.disabled?.reason ?? "", /`allArray` moves to the heap/);
    assert.equal(action?.edit, undefined);
    assert.deepEqual(await ask(serve({ capabilities: { disabled: false } }), "make([]row"), []);
  });

  it("says why the syntax speaks against a fix, where nothing else is offered", async () => {
    const [action, ...others] = await ask(serve(), "make([]byte, size())");
    assert.deepEqual(others, []);
    assert.equal(action?.title, "Use a stack buffer");
    assert.equal(action.disabled?.reason, "The size `size()` may not be evaluated twice.");
    assert.deepEqual(await ask(serve({ capabilities: { disabled: false } }), "make([]byte, size())"), []);
  });

  it("offers nothing for a text that was not analyzed", async () => {
    assert.deepEqual(await ask(serve({ text: `${source}\n// more` }), "make([]byte"), []);
    assert.deepEqual(await ask(serve({ capabilities: { literals: false } }), "make([]byte"), []);
  });

  it("returns what is known when the compiler takes too long, and the rest at the next request", async () => {
    let letGo: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (letGo = resolve));
    let runs = 0;
    const recompile: Recompile = async (snapshot, overlays, signal) => {
      runs++;
      await open;
      return analyzed.recompile(snapshot, overlays, signal);
    };
    const unknown =
      "Convert to a fixed array `[100_000]byte` on the stack (not compiled yet: whether it removes an allocation is not known)";
    const client = serve({ recompile, timeLimit: 20 });
    // Even the syntax takes longer than that the first time.
    const early = async (asked: ProtocolConnection): Promise<CodeAction[]> => {
      const actions = await ask(asked, "make([]byte");
      return actions.length > 0 ? actions : early(asked);
    };
    const [unchecked, ...others] = await early(client);
    assert.deepEqual(others, []);
    assert.equal(unchecked?.title, unknown);
    assert.deepEqual([unchecked.edit, unchecked.isPreferred], [undefined, undefined]);
    // Without codeAction/resolve, what is offered has its edit.
    const plain = serve({ recompile, timeLimit: 20, capabilities: { resolvesEdit: false } });
    const [whole] = await early(plain);
    assert.deepEqual([whole?.title, whole?.isPreferred], [unknown, false]);
    assert.ok(whole?.edit);
    letGo();
    let found: CodeAction[] = [];
    while (found[0]?.edit === undefined) found = await ask(client, "make([]byte");
    assert.match(found[0].title, /removes 1 allocation/);
    assert.equal(runs, 2);
  });

  it("reports a compiler that cannot be run, and answers nothing", async () => {
    const errors: unknown[] = [];
    const client = serve({ recompile: () => Promise.reject(new Error("no go")), errors });
    assert.deepEqual(await ask(client, "make([]byte"), []);
    assert.match(String(errors[0]), /no go/);
  });

  it("has the fixes of prepared sites at once", async () => {
    let runs = 0;
    const recompile: Recompile = (snapshot, overlays, signal) => {
      runs++;
      return analyzed.recompile(snapshot, overlays, signal);
    };
    const offers = new FixOffers(new Verdicts({ recompile, limit: 1 }));
    await offers.prepare(analyzed.sites, analyzed, noSignal);
    const prepared = runs;
    assert.ok(prepared > 0);
    for (const site of analyzed.sites) await offers.of(site, analyzed, noSignal);
    assert.equal(runs, prepared);
  });

  it("reads the client's capabilities", () => {
    const client = {
      workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
      textDocument: {
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
          isPreferredSupport: true,
          disabledSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ["edit"] },
        },
      },
    };
    assert.deepEqual(readCodeActionCapabilities(client), everything);
    assert.deepEqual(Object.values(readCodeActionCapabilities({})), Array(8).fill(false));
  });
});
