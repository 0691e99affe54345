/** An analysis of the workspace that is not wanted any more. */
import assert from "node:assert/strict";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { serverCommands } from "../../../server/src/protocol.js";
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

  const admit = async () => {
    const admitted = await Patient.admitWithShim({ "other/other.go": other }, undefined, {
      window: { workDoneProgress: true },
    });
    // What lists the modules hangs, so that nothing is over before it is canceled.
    admitted.go.before("go", `case "$1" in list) exec sleep 600;; esac`);
    patient = admitted;
    return admitted;
  };

  it("ends with its processes when the client takes the request back", async () => {
    const { client, go } = await admit();
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest("workspace/executeCommand", command, source.token);
    await until(() => sleepers().length > 0);
    source.cancel();
    await answer;
    await until(() => sleepers().length === 0);
    assert.deepEqual(client.shown, []);
    go.before("go");
    await patient.assertRecovered();
  });

  it("ends with its processes when the person cancels its progress", async () => {
    const { client, go } = await admit();
    const token = new Promise<unknown>((resolve) => {
      client.connection.onRequest("window/workDoneProgress/create", (params: { token: unknown }) => {
        resolve(params.token);
        return null;
      });
    });
    const answer = client.connection.sendRequest("workspace/executeCommand", command);
    await until(() => sleepers().length > 0);
    await client.connection.sendNotification("window/workDoneProgress/cancel", { token: await token });
    await answer;
    await until(() => sleepers().length === 0);
    assert.deepEqual(client.shown, []);
    go.before("go");
    await patient.assertRecovered();
  });
});
