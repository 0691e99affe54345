/** What is published while an analysis finds out one thing after the other, and while the text stays as it is. */
import assert from "node:assert/strict";
import type { PublishDiagnosticsParams } from "vscode-languageserver/node";
import { Results } from "../../../server/src/analysis/results.js";
import { defaultSeverityRules } from "../../../server/src/analysis/severity.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { readCapabilities } from "../../../server/src/capabilities.js";
import type { Documents } from "../../../server/src/documents.js";
import { fileUri } from "../../../server/src/documents.js";
import { DiagnosticsPublisher } from "../../../server/src/features/diagnostics.js";
import { messageOf } from "../../harness/diagnostics.js";
import { madeSite } from "../../harness/sites.js";

const file = "/m/a.go";
const uri = fileUri(file);

describe("diagnostics of an analysis in steps", () => {
  let results: Results;
  let publisher: DiagnosticsPublisher;
  let version: number;
  let published: PublishDiagnosticsParams[];

  beforeEach(() => {
    results = new Results();
    version = 1;
    published = [];
    const documents = { get: () => ({ version }) } as unknown as Documents;
    publisher = new DiagnosticsPublisher(
      {
        sendDiagnostics: (params) => {
          published.push(params);
          return Promise.resolve();
        },
      },
      {
        results,
        documents,
        capabilities: readCapabilities({}),
        rulesOf: () => Promise.resolve(defaultSeverityRules),
        assertions: { of: () => [] },
      },
    );
  });

  const step = async (sites: readonly Site[], isLater: boolean) => {
    const goPackage = { importPath: "example.com/m", dir: "/m", root: "/m", variants: [], ignoredFiles: [] };
    const files = new Map([[file, { hash: "", version }]]);
    const snapshot = { package: goPackage, files, texts: new Map(), overlays: new Map() };
    results.put({ snapshot, files: [file], sites, isLater });
    await publisher.publish(uri, file);
    return published.at(-1)?.diagnostics.map((each) => messageOf(each)) ?? [];
  };

  const edit = (line: number) => {
    const position = { line, character: 0 };
    results.edit(file, ++version, [{ range: { start: position, end: position }, text: "\n" }]);
    publisher.edited(uri);
  };

  const shown = madeSite(1, { allocates: "unknown" });

  it("keep what turns out to allocate nothing until the next edit", async () => {
    const before = await step([shown], false);
    const free = { ...shown, allocates: "no", when: "no call" } as const;
    assert.deepEqual(await step([free], true), before);
    edit(9);
    assert.deepEqual(await step([free], false), []);
  });

  it("take back at once what an edit has made free", async () => {
    await step([shown], false);
    edit(9);
    assert.equal((await step([{ ...shown, isRemembered: true }], false)).length, 1);
    assert.deepEqual(await step([{ ...shown, allocates: "no", when: "no call" }], true), []);
  });

  it("keep their words until the next edit", async () => {
    const before = await step([shown], false);
    const sometimes = {
      ...shown,
      allocates: "sometimes",
      when: "len > 32",
      reason: "stored-global",
    } as const;
    assert.deepEqual(await step([sometimes], true), before);
    edit(9);
    const [message = ""] = await step([sometimes], false);
    assert.match(message, /when it is longer than 32 bytes: it is stored/);
  });

  it("keep what only a later step would have wait for its evidence", async () => {
    const before = await step([shown], false);
    assert.deepEqual(await step([{ ...shown, callee: "append", awaitsEvidence: true }], true), before);
  });

  it("do not show what waits for its evidence, and show it in its own words then", async () => {
    await step([{ ...shown, awaitsEvidence: true }], false);
    assert.deepEqual(published, []);
    const [message = ""] = await step([{ ...shown, allocates: "likely", when: "value > 255" }], true);
    assert.match(message, /unless it is an integer from 0 to 255/);
  });
});
