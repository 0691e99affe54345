/** The code action menu between an edit and the end of its analysis, over stdio. */
import assert from "node:assert/strict";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver-protocol";
import { applyTextEdits } from "../harness/applyTextEdits.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const text =
  "package p\n\nfunc Double(in []int) int {\n\tout := []int{}\n\tfor _, v := range in {\n\t\tout = append(out, 2*v)\n\t}\n\treturn len(out)\n}\n";

/** The slice that is returned may be nil, and what is made of the rows does not fit on the stack. */
const asking =
  "package p\n\nfunc Double(in []int) []int {\n\tvar out []int\n\tfor _, v := range in {\n\t\tout = append(out, 2*v)\n\t}\n\treturn out\n}\n\ntype row struct{ cells [1000]int }\n\nfunc rows(n int) int {\n\tall := make([]row, 3000)\n\treturn all[n].cells[n]\n}\n";

const emptyForNil = "`out` is empty instead of nil when nothing is appended.";

const codeAction = {
  codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
  isPreferredSupport: true,
  dataSupport: true,
};

describe("quick fixes while somebody types, over stdio", () => {
  let module: TestModule;
  let client: TestClient;
  let uri: string;

  const start = async (resolves: boolean, settings = {}, source = text): Promise<void> => {
    const textDocument = {
      publishDiagnostics: { relatedInformation: true, dataSupport: true },
      codeAction: resolves ? { ...codeAction, resolveSupport: { properties: ["edit"] } } : codeAction,
    };
    module = testModule({ "p.go": source });
    client = await TestClient.start({
      folders: [module.dir],
      settings,
      capabilities: {
        workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
        textDocument,
      },
    });
    uri = await client.open(module.path("p.go"), source);
    assert.equal((await client.idle(uri)).problem, null);
  };

  const insert = async (line: number, character: number, words: string): Promise<void> => {
    const place = { line, character };
    await client.change(uri, [{ range: { start: place, end: place }, text: words }]);
  };

  /** The menu at a place. What the server reads in turn, it answers before the analysis of the edit has begun. */
  const menuAt = (line: number, character: number): Promise<CodeAction[]> =>
    client.codeActions(uri, { line, character });

  /** Whether the analysis of the newest text has had its say since so many statuses. */
  const isAnalyzed = (seen: number) => client.statuses.slice(seen).some(({ phase }) => phase !== "working");

  const applied = (before: string, action: CodeAction): string => {
    const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.ok(change);
    return applyTextEdits(before, change);
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("are there at once at the sites' present places, unchecked, and are checked when they are chosen", async () => {
    await start(true);
    const seen = client.statuses.length;
    await insert(1, 0, "\n// Typed.\n");
    const [first] = await menuAt(7, 9);
    assert.equal(isAnalyzed(seen), false, "the menu came too late to show anything");
    assert.match(first?.title ?? "", /^Preallocate `out` .*\(not compiled yet: /);
    assert.notEqual(first?.isPreferred, true);
    assert.equal(first?.edit, undefined);
    const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", first);
    assert.equal(isAnalyzed(seen), true);
    const present = text.replace("package p\n", "package p\n\n// Typed.\n");
    assert.equal(applied(present, resolved), present.replace("[]int{}", "make([]int, 0, len(in))"));
  });

  it("come with their edit for the present text, where the client does not ask for it later", async () => {
    // Nothing is compiled before the text is saved, so the menu has to do without for as long as that takes.
    await start(false, { goEscapeLens: { analysis: { run: "onSave" } } });
    const seen = client.statuses.length;
    await insert(1, 0, "\n// Typed.\n");
    const [first] = await menuAt(7, 9);
    assert.ok(first);
    const present = text.replace("package p\n", "package p\n\n// Typed.\n");
    assert.equal(applied(present, first), present.replace("[]int{}", "make([]int, 0, len(in))"));
    assert.notEqual(first.isPreferred, true);
    await client.save(uri);
    await client.idle(uri, seen);
    const [checked] = await menuAt(7, 9);
    assert.equal(checked?.isPreferred, true);
  });

  it("are checked before they ask, where they may change behavior", async () => {
    await start(true, {}, asking);
    const seen = client.statuses.length;
    await insert(1, 0, "\n// Typed.\n");
    const [first] = await menuAt(7, 9);
    assert.equal(isAnalyzed(seen), false, "the menu came too late to show anything");
    assert.match(first?.title ?? "", /^Preallocate `out` .*\(not compiled yet: /);
    assert.equal(first?.edit, undefined, "an edit that nobody has checked");
    assert.equal((first?.data as { behaviour?: string } | undefined)?.behaviour, emptyForNil);
    const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", first);
    assert.equal(isAnalyzed(seen), true);
    const present = asking.replace("package p\n", "package p\n\n// Typed.\n");
    assert.equal(
      applied(present, resolved),
      present.replace("var out []int", "out := make([]int, 0, len(in))"),
    );
    assert.deepEqual(Object.values(resolved.edit?.changeAnnotations ?? {}), [
      {
        label: "Preallocate `out` with capacity `len(in)` (growth becomes one allocation)",
        needsConfirmation: true,
        description: emptyForNil,
      },
    ]);
  });

  it("are not made where they turn out not to hold, and say why", async () => {
    await start(true, {}, asking);
    await insert(1, 0, "\n// Typed.\n");
    const [first] = await menuAt(15, 9);
    assert.match(first?.title ?? "", /^Convert to a fixed array .*\(not compiled yet: /);
    const resolved = await client.connection.sendRequest<CodeAction>("codeAction/resolve", first);
    assert.equal(resolved.edit, undefined);
    assert.match(
      client.shown.join("\n"),
      /^The fix does not hold\. It would put something else on the heap: /,
    );
  });

  it("ask what is not known, where the client takes the edit at once", async () => {
    await start(false, { goEscapeLens: { analysis: { run: "onSave" } } }, asking);
    await insert(1, 0, "\n// Typed.\n");
    const questionAt = async (line: number) => {
      const [first] = await menuAt(line, 9);
      return Object.values(first?.edit?.changeAnnotations ?? {}).map(({ description }) => description);
    };
    const notKnown =
      "The compiler has not checked it: whether it compiles and removes an allocation is not known.";
    assert.deepEqual(await questionAt(7), [`${emptyForNil} ${notKnown}`]);
    const muchStack = "Each call needs that much stack, which grows by copying.";
    assert.deepEqual(await questionAt(15), [`${muchStack} ${notKnown}`]);
  });

  it("are not there where the site itself was edited, or the text does not compile", async () => {
    await start(true);
    await insert(5, 22, "+1");
    const titles = (await menuAt(5, 9)).map(({ title }) => title);
    assert.deepEqual(titles, []);
    const broken = client.statuses.length;
    await insert(7, 0, "\tmissing()\n");
    await client.status(({ problem }) => problem?.code === "does-not-compile", broken);
    assert.deepEqual(await menuAt(5, 9), []);
  });
});
