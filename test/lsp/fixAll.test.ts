import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type {
  ApplyWorkspaceEditParams,
  CodeAction,
  InitializeResult,
  ShowDocumentParams,
  TextDocumentEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { applyTextEdits } from "../harness/applyTextEdits.js";
import { cancelWhenWritten } from "../harness/cancelProgress.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const kind = "source.escapeLens.fixAll";

const capabilities = (resolves = true) => ({
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
  window: { workDoneProgress: true, showDocument: { support: true } },
  textDocument: {
    publishDiagnostics: { dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } },
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      ...(resolves && { resolveSupport: { properties: ["edit"] } }),
    },
  },
});

const first = `package p

import "fmt"

func Double(in []int) int {
	out := make([]int, 0)
	for _, v := range in {
		out = append(out, 2*v)
	}
	return len(out)
}

func Odd(in []int) int {
	out := make([]int, 0)
	for _, v := range in {
		out = append(out, v|1)
	}
	return len(out)
}

func Keys(in []int) (n int) {
	for _, v := range in {
		n += len(fmt.Sprintf("%d", v))
	}
	return n
}

func Nil(in []int) []int {
	var out []int
	for _, v := range in {
		out = append(out, v)
	}
	return out
}
`;

const second = `package p

func Even(in []int) int {
	out := make([]int, 0)
	for _, v := range in {
		out = append(out, v&^1)
	}
	return len(out)
}
`;

const firstTest = `package p

import "testing"

func TestDouble(t *testing.T) {
	if Double([]int{1, 2}) != 2 {
		t.Fatal()
	}
}

func TestCapacity(t *testing.T) { t.Skip("no reason") }
`;

const sized = (text: string) => text.replaceAll("make([]int, 0)", "make([]int, 0, len(in))");

describe("fix all over stdio", function () {
  this.timeout(120_000);
  let module: TestModule;
  let client: TestClient;
  let uri: string;

  const start = async (resolves = true): Promise<void> => {
    module = testModule({ "first.go": first, "second.go": second, "first_test.go": firstTest });
    client = await TestClient.start({ folders: [module.dir], capabilities: capabilities(resolves) });
    uri = await client.open(module.path("first.go"), first);
    assert.equal((await client.idle(uri)).problem, null);
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  const actionsAt = (needle: string, only?: string[]): Promise<CodeAction[]> => {
    const position = TextDocument.create(uri, "go", 1, first).positionAt(first.indexOf(needle));
    return client.codeActions(uri, position, { diagnostics: [], ...(only && { only }) });
  };

  const resolved = (action: CodeAction | undefined): Promise<CodeAction> => {
    assert.ok(action);
    return client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
  };

  /** The new texts by the file's name. */
  const applied = (edit: WorkspaceEdit | undefined): Record<string, string> => {
    const texts: Record<string, string> = {};
    for (const change of (edit?.documentChanges ?? []) as TextDocumentEdit[]) {
      const file = fileURLToPath(change.textDocument.uri);
      texts[file.slice(module.dir.length + 1)] = applyTextEdits(readFileSync(file, "utf8"), change);
    }
    return texts;
  };

  it("announces its kind, and none that other tools' settings would run", async () => {
    await start();
    const { capabilities: server } = client.initializeResult as InitializeResult;
    assert.deepEqual(server.codeActionProvider, {
      codeActionKinds: ["quickfix", kind],
      resolveProvider: true,
    });
    for (const only of [["source.fixAll"], ["source.organizeImports"], ["quickfix"], undefined])
      assert.deepEqual(
        (await actionsAt("package", only)).map((action) => action.kind),
        [],
      );
    for (const only of ["source", "source.escapeLens", kind]) {
      const [action, ...others] = await actionsAt("package", [only]);
      assert.deepEqual([action?.kind, action?.edit, others], [kind, undefined, []]);
    }
  });

  it("fixes everything preferred in the file, of the kinds that change no behavior", async () => {
    await start();
    const [action] = await actionsAt("package", [kind]);
    const { edit } = await resolved(action);
    assert.equal(edit?.changeAnnotations, undefined);
    const expected = sized(first)
      .replace('import "fmt"', 'import "strconv"')
      .replace('fmt.Sprintf("%d", v)', "strconv.Itoa(v)");
    assert.deepEqual(applied(edit), { "first.go": expected });
    const [change] = edit?.documentChanges as TextDocumentEdit[];
    assert.equal(change?.textDocument.version, 1);
    assert.equal(readFileSync(module.path("first.go"), "utf8"), first);
  });

  it("fixes one kind in the file or in the package, from the menu of one of them", async () => {
    await start();
    const actions = await actionsAt("append(out, 2*v)");
    const titled = (start: string) => actions.find(({ title }) => title.startsWith(start));
    const inFile = await resolved(titled("Fix all of this kind in the file: Preallocate the slice"));
    assert.deepEqual(applied(inFile.edit), { "first.go": sized(first) });
    const inPackage = await resolved(titled("Fix all of this kind in the package: Preallocate the slice"));
    assert.deepEqual(applied(inPackage.edit), { "first.go": sized(first), "second.go": sized(second) });
    assert.equal(actions[0]?.isPreferred, true, "the fix itself comes first");
  });

  it("is a command where the client does not ask for edits", async () => {
    await start(false);
    const [action] = await actionsAt("package", [kind]);
    const edits: WorkspaceEdit[] = [];
    client.connection.onRequest("workspace/applyEdit", ({ edit }: ApplyWorkspaceEditParams) => {
      edits.push(edit);
      return { applied: true };
    });
    await client.connection.sendRequest("workspace/executeCommand", action?.command);
    assert.match(applied(edits[0])["first.go"] ?? "", /make\(\[\]int, 0, len\(in\)\)/);
  });

  it("waits for the analysis of what was just typed, as on save", async () => {
    await start();
    const typed = first.replace("package p\n", "package p\n\n// Typed.\n");
    await client.change(uri, [{ text: typed }]);
    const [action] = await actionsAt("package", [kind]);
    const { edit } = await resolved(action);
    const [change] = edit?.documentChanges as TextDocumentEdit[];
    assert.equal(change?.textDocument.version, 2);
    const text = applyTextEdits(typed, change);
    assert.match(text, /^package p\n\n\/\/ Typed\.\n[^]*make\(\[\]int, 0, len\(in\)\)/);
  });

  it("tries a fix with the package's tests and by counting allocations, and writes nothing", async () => {
    await start();
    const pages: string[] = [];
    client.connection.onRequest("window/showDocument", ({ uri: page }: ShowDocumentParams) => {
      pages.push(readFileSync(fileURLToPath(page), "utf8"));
      return { success: true };
    });
    const before = readdirSync(module.dir);
    const action = (await actionsAt("append(out, 2*v)")).find(({ title }) =>
      title.startsWith("Prove this fix"),
    );
    await client.connection.sendRequest("workspace/executeCommand", action?.command);
    const [page] = pages;
    assert.ok(page, client.shown.join("\n"));
    assert.match(page, /^# Preallocate `out` with capacity `len\(in\)`/);
    assert.match(page, /All tests end as before: 1 pass\./);
    assert.match(page, /\| with the fix \| +1 \| +0 \| +1 \|/);
    const [, from, to] = /allocates (\d+) times \(\d+ B\) as it is, and (\d+) times/.exec(page) ?? [];
    assert.deepEqual([Number(from) > 1, to], [true, "1"], page);
    assert.deepEqual(readdirSync(module.dir), before);
    assert.equal(readFileSync(module.path("first.go"), "utf8"), first);
  });

  it("runs no test in a workspace that is not trusted", async () => {
    const ran = `package p

import (
	"os"
	"testing"
)

func TestRuns(t *testing.T) { os.WriteFile("was-run", nil, 0o600) }
`;
    module = testModule({ "first.go": first, "first_test.go": ran });
    client = await TestClient.start({
      folders: [module.dir],
      capabilities: capabilities(),
      trusted: false,
    });
    uri = await client.open(module.path("first.go"), first);
    assert.equal((await client.idle(uri)).problem?.code, "untrusted");
    const target = { uri, id: "any", fix: "preallocate-slice", title: "Preallocate `out`" };
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "goEscapeLens.server.proveFix",
      arguments: [target],
    });
    assert.deepEqual(client.shown, ["Tests are run in trusted workspaces only."]);
    assert.equal(existsSync(module.path("was-run")), false);
  });

  it("ends the tests of a trial when it is cancelled, and shows nothing", async () => {
    const slow = `package p

import (
	"os"
	"testing"
	"time"
)

func TestSlow(t *testing.T) {
	os.WriteFile(os.Getenv("STARTED"), nil, 0o600)
	time.Sleep(time.Hour)
}
`;
    module = testModule({ "first.go": first, "first_test.go": slow });
    const outside = testModule({});
    const started = outside.path("started");
    client = await TestClient.start({
      folders: [module.dir],
      capabilities: capabilities(),
      env: { STARTED: started },
    });
    const cancelled = cancelWhenWritten(client, started);
    uri = await client.open(module.path("first.go"), first);
    assert.equal((await client.idle(uri)).problem, null);
    const action = (await actionsAt("append(out, 2*v)")).find(({ title }) =>
      title.startsWith("Prove this fix"),
    );
    await client.connection.sendRequest("workspace/executeCommand", action?.command);
    await cancelled;
    outside.dispose();
    assert.deepEqual(client.shown, []);
  });
});
