import assert from "node:assert/strict";
import type { PackageStatus } from "../../../server/src/analysis/packageStatus.js";
import type { Documents } from "../../../server/src/documents.js";
import type { DiagnosticsPublisher } from "../../../server/src/features/diagnostics.js";
import type { StatusReporter } from "../../../server/src/features/status.js";
import { Presentation } from "../../../server/src/presentation.js";

describe("what is sent in order", () => {
  it("goes on behind what could not be sent", async () => {
    const sent: string[] = [];
    const warnings: string[] = [];
    const publish = (uri: string) => {
      if (uri === "bad:") throw new Error("no");
      sent.push(uri);
      return Promise.resolve(1);
    };
    const file = { path: "/m/a.go", document: { uri: "good:" } };
    const ended = new Promise<void>((resolve) => {
      const presentation = new Presentation({
        documents: { goFiles: () => [file] } as unknown as Documents,
        diagnostics: { publish } as unknown as DiagnosticsPublisher,
        status: {
          send: () => {
            resolve();
            return Promise.resolve();
          },
        } as unknown as StatusReporter,
        messages: undefined,
        refresh: () => undefined,
        warn: (message) => warnings.push(message),
      });
      presentation.publish("bad:", "/m/bad.go");
      const status = { file: "/m/a.go", files: [], progress: { phase: "idle" } };
      presentation.show(status as unknown as PackageStatus);
    });
    await ended;
    assert.deepEqual(sent, ["good:"]);
    assert.deepEqual(warnings, ["Something could not be shown: Error: no"]);
  });
});
