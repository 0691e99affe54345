import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Message } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { ClientPositions } from "../../../server/src/transport/clientPositions.js";

/** A range on line 0, from one character to another. */
const range = (start: number, end: number) => ({
  start: { line: 0, character: start },
  end: { line: 0, character: end },
});

const uri = "file:///p.go";

/** What a client and a server that knows the document see of each other's messages. */
function between(encoding: string, text: string): ClientPositions {
  const document = TextDocument.create(uri, "go", 1, text);
  const positions = new ClientPositions({ get: (asked) => (asked === uri ? document : undefined) });
  const capabilities = { general: { positionEncodings: [encoding] } };
  positions.received(message({ id: 0, method: "initialize", params: { capabilities } }));
  positions.received(
    message({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "go", version: 1, text } },
    }),
  );
  return positions;
}

function message(parts: object): Message {
  return { jsonrpc: "2.0", ...parts };
}

describe("the positions of a client", () => {
  const text = "é😀x := 名 // end";

  it("are converted in requests, and in their answers, which name no document themselves", () => {
    const positions = between("utf-8", text);
    const params = { textDocument: { uri }, position: { line: 0, character: 6 } };
    assert.deepEqual(positions.received(message({ id: 7, method: "textDocument/hover", params })), {
      ...message({ id: 7, method: "textDocument/hover" }),
      params: { textDocument: { uri }, position: { line: 0, character: 3 } },
    });
    const result = { contents: "", range: range(8, 9) };
    assert.deepEqual(
      positions.sent(message({ id: 7, result })),
      message({ id: 7, result: { contents: "", range: range(11, 14) } }),
    );
  });

  it("are held within the line, and within the text", () => {
    const positions = between("utf-32", text);
    const params = { textDocument: { uri }, range: { ...range(0, 4_000), end: { line: 3, character: 2 } } };
    const hint = positions.received(message({ id: 1, method: "textDocument/inlayHint", params }));
    assert.deepEqual((hint as unknown as { params: unknown }).params, params);
    const long = { textDocument: { uri }, range: range(1, 4_000) };
    const cut = positions.received(message({ id: 2, method: "textDocument/inlayHint", params: long }));
    assert.deepEqual((cut as unknown as { params: { range: unknown } }).params.range, range(1, text.length));
  });

  it("that lie inside a character are at its start", () => {
    const positions = between("utf-8", text);
    const params = { textDocument: { uri }, position: { line: 0, character: 4 } };
    const asked = positions.received(message({ id: 1, method: "textDocument/hover", params }));
    assert.deepEqual((asked as unknown as { params: typeof params }).params.position, {
      line: 0,
      character: 1,
    });
  });

  it("are converted in edits of several documents, each in its own, open or not", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "escape-lens-positions-"));
    try {
      const closed = path.join(folder, "closed.go");
      // A byte order mark, which no position counts.
      writeFileSync(closed, "\uFEFF名名 := 1");
      const closedUri = URI.file(closed).toString();
      const positions = between("utf-8", text);
      const edit = {
        changes: {
          [uri]: [{ range: range(3, 4), newText: "y" }],
          [closedUri]: [{ range: range(1, 2), newText: "z" }],
          "file:///no/such.go": [{ range: range(5, 6), newText: "" }],
        },
      };
      assert.deepEqual(positions.sent(message({ id: 3, method: "workspace/applyEdit", params: { edit } })), {
        ...message({ id: 3, method: "workspace/applyEdit" }),
        params: {
          edit: {
            changes: {
              [uri]: [{ range: range(6, 7), newText: "y" }],
              [closedUri]: [{ range: range(3, 6), newText: "z" }],
              "file:///no/such.go": [{ range: range(5, 6), newText: "" }],
            },
          },
        },
      });
      const related = [{ location: { uri: closedUri, range: range(2, 4) }, message: "" }];
      const diagnostics = [
        { range: range(3, 4), message: "", relatedInformation: related, data: { range: range(1, 2) } },
      ];
      const sent = positions.sent(
        message({ method: "textDocument/publishDiagnostics", params: { uri, diagnostics } }),
      );
      assert.deepEqual((sent as unknown as { params: { diagnostics: unknown } }).params.diagnostics, [
        {
          range: range(6, 7),
          message: "",
          relatedInformation: [{ location: { uri: closedUri, range: range(6, 8) }, message: "" }],
          data: { range: range(1, 2) },
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("pass as they are where they are in UTF-16", () => {
    const positions = between("utf-16", text);
    const params = { textDocument: { uri }, position: { line: 0, character: 2 } };
    const hover = message({ id: 1, method: "textDocument/hover", params });
    assert.equal(positions.received(hover), hover);
    assert.equal(positions.sent(hover), hover);
  });
});
