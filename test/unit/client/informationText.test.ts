import assert from "node:assert/strict";
import { informationText, type Surroundings } from "../../../client/src/informationText.js";
import type { StatusParams } from "../../../server/src/protocol.js";

const status: StatusParams = {
  uri: "file:///home/secret/p.go",
  version: 3,
  phase: "idle",
  problem: { code: "does-not-compile", message: "secret", detail: "secret", stale: true },
  shown: 2,
  known: 5,
  go: "go1.26.8",
  target: "linux/amd64",
  pgo: "/home/secret/default.pgo",
  package: "example.com/secret",
  finishedAt: 1,
  notes: [],
  milliseconds: 12.4,
};

const surroundings: Surroundings = {
  extension: "1.2.3",
  editor: "Visual Studio Code 1.99.0",
  platform: "linux/x64",
  remote: "ssh-remote",
  language: "en",
  folders: 1,
  isTrusted: true,
  settings: { "goEscapeLens.go.env": { TOKEN: "secret" }, "goEscapeLens.analysis.run": "onSave" },
  status,
  server: "- server: 1.2.3\n- results: 5 sites\n",
};

describe("the diagnostic information", () => {
  it("says what a report of a bug needs, and names no path, package or value that may be secret", () => {
    const text = informationText(surroundings);
    assert.doesNotMatch(text, /secret/);
    assert.deepEqual(text.split("\n"), [
      "### Go Escape Lens: diagnostic information",
      "",
      "- extension: 1.2.3, Visual Studio Code 1.99.0, linux/x64, remote ssh-remote, language en",
      "- workspace: 1 folder, trusted",
      "- server: 1.2.3",
      "- results: 5 sites",
      "- file: idle, 2 of 5 sites shown, 12 ms, problem does-not-compile, older results, profile",
      "- `goEscapeLens.go.env`: set",
      '- `goEscapeLens.analysis.run`: `"onSave"`',
      "",
    ]);
  });

  it("says so where the server or an analyzed document is missing", () => {
    const text = informationText({
      ...surroundings,
      status: undefined,
      settings: {},
      server: "Error: The language server is not running.",
    });
    assert.match(
      text,
      /\n- server: Error: The language server is not running\.\n- file: none that is analyzed\n$/,
    );
  });
});
