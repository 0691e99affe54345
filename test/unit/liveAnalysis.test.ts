/** When a package is compiled while somebody types: by a clock that the test turns. */
import assert from "node:assert/strict";
import { mock } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { fileUri } from "../../server/src/documents.js";
import { LiveAnalysis } from "../../server/src/liveAnalysis.js";
import { defaultSettings } from "../../server/src/settings.js";

const file = "/m/p.go";
const uri = fileUri(file);

describe("typing", () => {
  const events: string[] = [];
  let live: LiveAnalysis;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    events.length = 0;
    const document = TextDocument.create(uri, "go", 1, "package m\n");
    live = new LiveAnalysis(
      {
        analyzer: {
          analyze: () => {
            events.push("compiles");
            return Promise.resolve(null);
          },
          interrupt: () => events.push("ends the older"),
          leave: () => undefined,
          dependsOn: () => false,
        },
        documents: { get: () => document, goFiles: () => [{ path: file, document }] },
        settingsOf: () => Promise.resolve(defaultSettings),
        decline: () => undefined,
      },
      true,
    );
  });

  afterEach(() => {
    live.stop();
    mock.timers.reset();
  });

  /** Milliseconds pass, and then somebody types. */
  const type = async (...waits: readonly number[]) => {
    for (const wait of waits) {
      mock.timers.tick(wait);
      await live.edited(uri);
    }
  };

  it("compiles the first edit at once", async () => {
    await type(0);
    mock.timers.tick(0);
    assert.deepEqual(events, ["ends the older", "compiles"]);
  });

  it("compiles what follows when there is a pause, and not before", async () => {
    await type(0, 80, 80);
    mock.timers.tick(100);
    assert.deepEqual(events, ["ends the older", "compiles", "ends the older", "ends the older"]);
    mock.timers.tick(20);
    assert.deepEqual(events.slice(4), ["compiles"]);
    await type(200);
    mock.timers.tick(100);
    assert.deepEqual(events.slice(5), ["ends the older"]);
  });

  it("compiles the next edit after a rest at once again", async () => {
    await type(0, 80, 500);
    mock.timers.tick(0);
    assert.deepEqual(events.slice(4), ["ends the older", "compiles"]);
  });

  it("compiles nothing more once a save has", async () => {
    await type(0, 80);
    await live.saved(uri);
    mock.timers.tick(1000);
    assert.deepEqual(events.slice(3), ["compiles"]);
  });
});
