/** A client that talks nonsense: messages out of order, malformed, about documents that nobody opened. */
import assert from "node:assert/strict";
import { Patient } from "./patient.js";

describe("a client that talks nonsense", function () {
  this.timeout(60_000);
  let patient: Patient;

  beforeEach(async () => {
    patient = await Patient.admit();
  });

  afterEach(() => patient.release());

  const documents = [
    "",
    "::::",
    "1 bad scheme:p.go",
    "file:///%",
    "file:///a%00b.go",
    "file://host/share/x.go",
    "untitled:Untitled-1",
    "git:/x.go?{}",
    "vscode-notebook-cell:/n.ipynb#1.go",
    "x".repeat(100_000),
  ];

  it("is answered all the same afterwards, and loses nothing that is shown", async () => {
    const { connection } = patient.client;
    const send = (method: string, params: unknown) => connection.sendNotification(method, params as object);
    for (const uri of documents) {
      const textDocument = { uri, languageId: "go", version: 1, text: "package p\n" };
      await send("textDocument/didChange", {
        textDocument: { uri, version: 7 },
        contentChanges: [{ text: "x" }],
      });
      await send("textDocument/didClose", { textDocument: { uri } });
      await send("textDocument/didOpen", { textDocument });
      await send("textDocument/didOpen", { textDocument });
      await send("textDocument/didChange", {
        textDocument: { uri, version: -1 },
        contentChanges: [
          { range: { start: { line: 99, character: 99 }, end: { line: -1, character: -5 } }, text: "y" },
        ],
      });
      await send("textDocument/didSave", { textDocument: { uri } });
      await send("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 9 }] });
    }
    for (const [method, params] of [
      ["textDocument/didOpen", { textDocument: null }],
      ["textDocument/didOpen", {}],
      ["textDocument/didChange", { textDocument: { uri: patient.uri } }],
      [
        "textDocument/didChange",
        { textDocument: { uri: patient.uri, version: null }, contentChanges: [{ text: "x" }] },
      ],
      ["textDocument/didSave", {}],
      ["workspace/didChangeWatchedFiles", { changes: [{}] }],
      ["workspace/didChangeWatchedFiles", {}],
      ["workspace/didChangeWorkspaceFolders", { event: {} }],
      ["workspace/didChangeConfiguration", {}],
      ["goEscapeLens/trustGranted", { any: 1 }],
      ["goEscapeLens/nothing", { any: 1 }],
      ["initialized", {}],
      ["$/cancelRequest", { id: 12345 }],
      ["$/progress", { token: 1, value: 2 }],
    ] as const)
      await send(method, params);
    const questions = [
      "textDocument/hover",
      "textDocument/codeAction",
      "textDocument/inlayHint",
      "textDocument/codeLens",
      "workspace/executeCommand",
      "codeAction/resolve",
      "goEscapeLens/tree",
      "goEscapeLens/explain",
      "nothing/known",
    ];
    for (const method of questions) {
      for (const params of [
        undefined,
        null,
        {},
        [],
        { textDocument: null, position: null },
        ...documents.map((uri) => ({
          textDocument: { uri },
          position: { line: 1e9, character: -1 },
          range: null,
          context: {},
        })),
      ]) {
        // An error is an answer, too.
        await connection.sendRequest(method, params as object).catch(() => undefined);
      }
    }
    await patient.assertRecovered();
    const hover = await connection.sendRequest("textDocument/hover", {
      textDocument: { uri: patient.uri },
      position: { line: 2, character: 16 },
    });
    assert.ok(hover !== null);
  });

  it("is waited for when it stops in the middle of a message, and not outlived when it is gone", async () => {
    const { process } = patient.client;
    process.stdin?.write("Content-Length: 1000\r\n\r\n{");
    process.stdin?.end();
    assert.notEqual(await patient.client.exited, null);
  });
});
