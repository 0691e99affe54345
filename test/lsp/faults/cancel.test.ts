/** An analysis of the workspace that is not wanted any more. */
import assert from "node:assert/strict";
import path from "node:path";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { serverCommands } from "../../../server/src/protocol.js";
import { cancelWhenWritten } from "../../harness/cancelProgress.js";
import type { TestClient } from "../../harness/languageClient.js";
import { processesNaming } from "../../harness/processes.js";
import { until } from "../../harness/until.js";
import { Patient } from "./patient.js";

const other = "package other\n\nfunc F() *int { x := 1; return &x }\n";
const command = { command: serverCommands.analyzeWorkspace };

describe("the analysis of the workspace", function () {
  this.timeout(120_000);
  let patient: Patient;
  const sleepers = () => processesNaming(patient.module.dir, "sleep");

  afterEach(() => patient.release());

  /** `cancel` asks for the analysis and takes that back; `marker` is a file that is written once it runs. */
  const assertEnds = async (cancel: (client: TestClient, marker: string) => Promise<void>) => {
    const admitted = await Patient.admitWithShim({ "other/other.go": other }, undefined, {
      window: { workDoneProgress: true },
    });
    patient = admitted;
    const { client, go } = admitted;
    const marker = path.join(path.dirname(go.go), "listing");
    // What lists the modules hangs, so that nothing is over before it is canceled.
    go.before("go", `case "$1" in list) touch '${marker}'; exec sleep 600;; esac`);
    await cancel(client, marker);
    await until(() => sleepers().length === 0);
    assert.deepEqual(client.shown, []);
    go.before("go");
    await patient.assertRecovered();
  };

  it("ends with its processes when the client takes the request back", async () => {
    await assertEnds(async ({ connection }) => {
      const source = new CancellationTokenSource();
      const answer = connection.sendRequest("workspace/executeCommand", command, source.token);
      await until(() => sleepers().length > 0);
      source.cancel();
      await answer;
    });
  });

  it("ends with its processes when the person cancels its progress", async () => {
    await assertEnds(async (client, marker) => {
      const canceled = cancelWhenWritten(client, marker);
      await client.connection.sendRequest("workspace/executeCommand", command);
      await canceled;
    });
  });
});
