/**
 * Shows what the tools under test send to a network: a proxy that refuses and records, which go, git and curl use, and a
 * record of what Node itself connects to. The proxy has a thread of its own, so that it answers while a test waits.
 */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { testData } from "./paths.js";

const folder = mkdtempSync(path.join(tmpdir(), "escape-lens-network-"));
const log = path.join(folder, "log");
writeFileSync(log, "");
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const proxy = `
const { createServer } = require("node:net");
const { appendFileSync } = require("node:fs");
const { parentPort, workerData } = require("node:worker_threads");
const server = createServer((socket) => {
  socket.on("error", () => undefined);
  socket.once("data", (data) => {
    appendFileSync(workerData, "proxy: " + data.toString("latin1").split("\\r\\n")[0] + "\\n");
    socket.end("HTTP/1.1 403 Forbidden\\r\\ncontent-length: 0\\r\\n\\r\\n");
  });
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

const worker = new Worker(proxy, { eval: true, workerData: log });
const [port] = (await once(worker, "message")) as [number];
worker.unref();
const address = `http://127.0.0.1:${port}`;

/** For a process that is not to reach any network: nothing in it forbids what is tried, all of it is recorded. */
export const recordedNetwork: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [
      [name, address],
      [name.toLowerCase(), address],
    ]),
  ),
  NO_PROXY: "",
  no_proxy: "",
  GOPROXY: `${address},direct`,
  GOSUMDB: "sum.golang.org",
  ESCAPE_LENS_TEST_NETWORK_LOG: log,
  NODE_OPTIONS: `--import=${pathToFileURL(path.join(testData, "harness", "recordSockets.mjs")).href}`,
};

/** What was sent, or tried to be, since the last call. */
export function takeRecord(): string[] {
  const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
  if (lines.length > 0) writeFileSync(log, "");
  return lines;
}

/** Throws when the tools that ran since the last call went to the network. */
export function assertOffline(): void {
  const record = takeRecord();
  if (record.length > 0) throw new Error(`Something went to the network: ${record.join("; ")}.`);
}
