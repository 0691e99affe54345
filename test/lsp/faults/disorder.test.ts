/**
 * Messages in any order, of any shape and about anything, drawn from a seed: the server answers, shows afterwards what it
 * always shows, and holds no process. `FUZZ_SEED` and `FUZZ_RUNS` draw others and more of them.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { serverCommands } from "../../../server/src/protocol.js";
import { descendantsOf } from "../../bench/lib/serverProcesses.js";
import { underlined } from "../../harness/diagnostics.js";
import { TestClient } from "../../harness/languageClient.js";
import { type TestModule, testModule } from "../../harness/module.js";
import { until } from "../../harness/until.js";
import { healthy } from "./patient.js";

const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 20);

const names = ["p.go", "q.go", "p_test.go", "new.go", "go.mod", "sub/s.go", "gone/g.go", "../outside.go"];
const texts = [
  healthy,
  healthy.replace("F()", "G()"),
  "package p\n\nfunc (",
  "package other\n",
  "",
  "\ufeffpackage p\r\n\r\nvar 日 = new(int)\r\n",
  "\0",
];

const place = fc.record({
  line: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(-1, 1e9, 0.5)),
  character: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(-1, 1e9)),
});
const range = fc.record({ start: place, end: place });
const name = fc.constantFrom(...names);
const version = fc.constantFrom(-1, 0, 1, 2, 3, 7, 1e9);

/** One thing that a client does; in which order is up to chance. */
type Message =
  | { readonly kind: "open"; readonly name: string; readonly version: number; readonly text: string }
  | {
      readonly kind: "change";
      readonly name: string;
      readonly version: number;
      readonly changes: readonly unknown[];
    }
  | { readonly kind: "save" | "close"; readonly name: string }
  | {
      readonly kind: "watched";
      readonly changes: readonly { readonly name: string; readonly type: number }[];
    }
  | { readonly kind: "settings"; readonly own: unknown; readonly go: unknown }
  | { readonly kind: "folders"; readonly event: unknown }
  | {
      readonly kind: "ask";
      readonly method: string;
      readonly params: unknown;
      readonly name: string;
      readonly isCanceled: boolean;
    }
  | { readonly kind: "notify"; readonly method: string; readonly params: unknown };

const methods = [
  "textDocument/hover",
  "textDocument/codeAction",
  "textDocument/inlayHint",
  "textDocument/codeLens",
  "textDocument/completion",
  "codeAction/resolve",
  "workspace/executeCommand",
  "goEscapeLens/tree",
  "goEscapeLens/explain",
  "goEscapeLens/ask",
  "nothing/known",
];
const notifications = [
  "initialized",
  "$/cancelRequest",
  "$/setTrace",
  "window/workDoneProgress/cancel",
  "goEscapeLens/trustGranted",
  "textDocument/didOpen",
  "textDocument/didChange",
  "workspace/didChangeConfiguration",
  "workspace/didChangeWatchedFiles",
];

const change = fc.oneof(
  fc.record({ text: fc.constantFrom(...texts) }),
  fc.record({ range, text: fc.constantFrom("", "\n", "x", "日本\n") }),
  fc.anything(),
);
const wrongSection = fc.oneof(
  fc.anything(),
  fc.dictionary(fc.constantFrom("go", "analysis", "diagnostics", "hover", "codeLens"), fc.anything()),
);

const folders = fc.array(
  fc.record({
    uri: fc.oneof(
      fc.constantFrom("::::", "1 bad scheme:x", "file:///%", "untitled:x", "vscode-vfs://h/x"),
      fc.anything(),
    ),
    name: fc.string(),
  }),
  { maxLength: 3 },
);

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: fc.constant("open" as const), name, version, text: fc.constantFrom(...texts) }),
  fc.record({
    kind: fc.constant("change" as const),
    name,
    version,
    changes: fc.array(change, { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constantFrom("save" as const, "close" as const), name }),
  fc.record({
    kind: fc.constant("watched" as const),
    changes: fc.array(fc.record({ name, type: fc.integer({ min: 0, max: 4 }) }), { maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant("settings" as const), own: wrongSection, go: fc.anything() }),
  fc.record({
    kind: fc.constant("folders" as const),
    event: fc.record({ added: folders, removed: folders }),
  }),
  fc.record({
    kind: fc.constant("ask" as const),
    method: fc.constantFrom(...methods),
    params: fc.oneof(
      fc.record({ position: place, range, context: fc.constant({ diagnostics: [] }) }),
      fc.record({
        command: fc.constantFrom(...Object.values(serverCommands)),
        arguments: fc.array(fc.anything()),
      }),
      fc.anything(),
    ),
    name,
    isCanceled: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("notify" as const),
    method: fc.constantFrom(...notifications),
    params: fc.anything(),
  }),
);

describe(`messages in disorder (seed ${seed})`, function () {
  this.timeout(300_000);
  let module: TestModule;
  let client: TestClient;
  /** Events with folders that somebody may have opened: a go within one of them is not used. */
  const added: unknown[] = [];

  before(async () => {
    const other = healthy.replace("F()", "H()").replace("package p", "package sub");
    module = testModule({ "p.go": healthy, "q.go": "package p\n", "sub/s.go": other });
    client = await TestClient.start({ folders: [module.dir] });
  });

  after(async () => {
    await client.dispose();
    module.dispose();
  });

  const uriOf = (each: string) => `file://${module.path(each)}`;
  /** What cannot be put into JSON never reaches a server. */
  const sent = (params: unknown) => {
    const text = JSON.stringify(params, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    ) as string | undefined;
    return JSON.parse(text ?? "{}") as object;
  };
  const notify = (method: string, params: unknown) =>
    client.connection.sendNotification(method, sent(params));

  const send = async (each: Message): Promise<unknown> => {
    switch (each.kind) {
      case "open":
        return notify("textDocument/didOpen", {
          textDocument: { uri: uriOf(each.name), languageId: "go", version: each.version, text: each.text },
        });
      case "change":
        return notify("textDocument/didChange", {
          textDocument: { uri: uriOf(each.name), version: each.version },
          contentChanges: each.changes,
        });
      case "save":
        return notify("textDocument/didSave", { textDocument: { uri: uriOf(each.name) } });
      case "close":
        return notify("textDocument/didClose", { textDocument: { uri: uriOf(each.name) } });
      case "watched":
        return notify("workspace/didChangeWatchedFiles", {
          changes: each.changes.map(({ name: file, type }) => ({ uri: uriOf(file), type })),
        });
      case "settings":
        client.settings = sent({ goEscapeLens: each.own, go: each.go }) as Record<string, unknown>;
        return notify("workspace/didChangeConfiguration", { settings: null });
      case "folders":
        added.push(each.event);
        return notify("workspace/didChangeWorkspaceFolders", { event: each.event });
      case "notify":
        return notify(each.method, each.params);
      case "ask": {
        const source = new CancellationTokenSource();
        const params = { textDocument: { uri: uriOf(each.name) }, ...sent(each.params) };
        const answer = client.connection.sendRequest(each.method, params, source.token);
        if (each.isCanceled) source.cancel();
        // An error is an answer, too.
        return answer.catch(() => undefined);
      }
    }
  };

  /** All is as at first: what an editor does that is closed and opened again. */
  const startOver = async () => {
    client.settings = {};
    await notify("workspace/didChangeConfiguration", { settings: null });
    const folder = { uri: uriOf(".").replace(/\/\.$/, ""), name: "m" };
    for (const event of added.splice(0) as { readonly added: readonly object[] }[])
      await notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: event.added } });
    await notify("workspace/didChangeWorkspaceFolders", { event: { added: [folder], removed: [folder] } });
    for (const each of names) await notify("textDocument/didClose", { textDocument: { uri: uriOf(each) } });
  };

  const assertWell = async () => {
    await startOver();
    const seen = client.statuses.length;
    const uri = await client.open(module.path("p.go"), healthy);
    const { problem } = await client.idle(uri, seen);
    assert.equal(problem, null);
    assert.deepEqual(underlined(client.diagnostics(uri), healthy), ["x return-address"]);
    const position = { line: 2, character: 16 };
    const hover = await client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position,
    });
    assert.ok(hover !== null);
    await client.close(uri);
  };

  it("are answered, and change nothing of what is shown afterwards", async () => {
    const property = fc.asyncProperty(
      fc.array(message, { minLength: 5, maxLength: 60 }),
      async (messages) => {
        await Promise.all(messages.map((each) => send(each)));
        await assertWell();
      },
    );
    await fc.assert(property, { seed, numRuns, endOnFailure: true });
    await until(() => descendantsOf(client.process.pid).length === 0);
  });

  it("are answered also when some are no messages", async () => {
    const bodies = [
      "",
      "{",
      "null",
      "7",
      "[]",
      "{}",
      '"x"',
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":{}}',
    ];
    const odd = [
      ...bodies,
      '{"jsonrpc":"2.0","id":1e99,"result":1}',
      '{"jsonrpc":"2.0","method":7}',
      "[".repeat(9999),
    ];
    for (const body of odd) {
      client.process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      client.process.stdin?.write(
        `X-Unknown: 1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    }
    await assertWell();
  });
});
