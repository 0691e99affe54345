/**
 * A made workspace of 3,000 packages, analyzed in the background: how long hovers and menus in an open file take
 * meanwhile, and what the server's memory comes to. Before that it is canceled once, as soon as compilers run, and has to
 * be idle soon.
 * Usage: node test/out/bench/load.mjs [--packages=N] [--server=DIR] [--folder=DIR]
 */
import { setTimeout as delay } from "node:timers/promises";
import { CancellationToken, CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { serverCommands } from "../../server/src/protocol.js";
import { testModule } from "../harness/module.js";
import { startServer } from "./lib/editorClient.js";
import { printMachine } from "./lib/machine.js";
import { count } from "./lib/options.js";
import { descendantsOf, memoryOf } from "./lib/serverProcesses.js";
import { Limits, percentile, printSeries } from "./lib/statistics.js";
import { useBuildCache } from "./lib/workFolder.js";

/** Milliseconds after which an answer counts as late, and a canceled analysis as not over; bytes of memory. */
const limit = { answer: 200, cancel: 5000, memory: 1_000_000_000 };

const packages = count("packages", 3000);
useBuildCache();
const limits = new Limits();
const text = "package p0\n\nfunc F() *int { x := 1; return &x }\n";
const module = testModule(Object.fromEntries(Array.from({ length: packages }, (_, index) => made(index))));
const client = await startServer([module.dir]);
const uri = await client.open(module.path("p0/p.go"), text);
await client.idle(uri);
const before = memoryOf(client.process.pid).now;

const canceled = await cancelFirst();

const hovers: number[] = [];
const menus: number[] = [];
const started = performance.now();
const analysis = analyze();
let isOver = false as boolean;
void analysis.finally(() => (isOver = true));
const position = { line: 2, character: 16 };
const { connection } = client;
while (!isOver) {
  hovers.push(
    await time(() => connection.sendRequest("textDocument/hover", { textDocument: { uri }, position })),
  );
  menus.push(await time(() => client.codeActions(uri, position)));
  await delay(50);
}
await analysis;
const seconds = (performance.now() - started) / 1000;
const memory = memoryOf(client.process.pid);

console.log(`\n${packages} packages; the server says: ${client.messages.at(-1) ?? "nothing"}`);
printSeries("hover meanwhile", hovers);
printSeries("menu meanwhile", menus);
const megabytes = (bytes: number) => Math.round(bytes / 1e6);
console.log(
  `  memory ${megabytes(before)} MB before, ${megabytes(memory.now)} after, ${megabytes(memory.peak)} at most`,
);
console.log(
  `  analyzed in ${seconds.toFixed(0)} s, after a cancel that found ${canceled.running} processes running`,
);
limits.check("95th percentile of hovers", percentile(hovers, 0.95), limit.answer, " ms");
limits.check("95th percentile of menus", percentile(menus, 0.95), limit.answer, " ms");
limits.check("memory at its highest", megabytes(memory.peak), megabytes(limit.memory), " MB");
limits.check("answer to a cancel", Math.round(canceled.answered), limit.answer, " ms");
limits.check("idle after a cancel", Math.round(canceled.ended), limit.cancel, " ms");
limits.check("processes left after a cancel", canceled.left, 0);
limits.check("cancels with nothing to cancel", canceled.running === 0 || canceled.wasOver ? 1 : 0, 0);
await client.shutdown();
module.dispose();
printMachine();
process.exitCode = limits.exitCode;

function made(index: number): readonly [string, string] {
  if (index === 0) return ["p0/p.go", text];
  const own = `func F${index}(n int) []*int {\n\tvar out []*int\n\tfor i := 0; i < n; i++ {\n\t\tv := i\n\t\tout = append(out, &v)\n\t}\n\treturn out\n}\n`;
  const imported = `import "example.com/m/p${Math.floor(index / 2)}"\n\nvar _ = p${Math.floor(index / 2)}.F${Math.floor(index / 2) || ""}\n\n`;
  return [`p${index}/p.go`, `package p${index}\n\n${imported}${own}`];
}

/** Takes the first analysis back, of which nothing is in any cache yet, once its compilers run. */
async function cancelFirst() {
  const source = new CancellationTokenSource();
  let wasOver = false as boolean;
  const first = analyze(source.token)
    .catch(() => undefined)
    .finally(() => (wasOver = true));
  let running = 0;
  while (!wasOver && running === 0) {
    await delay(20);
    running = compilers().length;
  }
  const found = { running, wasOver };
  const asked = performance.now();
  source.cancel();
  await first;
  const answered = performance.now() - asked;
  const deadline = asked + limit.cancel;
  while (descendantsOf(client.process.pid).length > 0 && performance.now() < deadline) await delay(20);
  const left = descendantsOf(client.process.pid).length;
  return { ...found, answered, ended: performance.now() - asked, left };
}

/** Command lines of the processes that compile: those of the listing go on to it. */
function compilers(): string[] {
  return descendantsOf(client.process.pid).filter((line) => /\/compile /.test(line));
}

async function analyze(token = CancellationToken.None): Promise<void> {
  const params = { command: serverCommands.analyzeWorkspace };
  await client.connection.sendRequest("workspace/executeCommand", params, token);
}

async function time(request: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await request();
  return performance.now() - started;
}
