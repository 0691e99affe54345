/**
 * A file of many functions, each with sites and fixes: how long hovers take while it is analyzed, and what that takes.
 * Usage: node test/out/bench/largeFile.mjs [--functions=N] [--server=DIR] [--folder=DIR]
 */
import { setTimeout as delay } from "node:timers/promises";
import { testModule } from "../harness/module.js";
import { startServer } from "./lib/editorClient.js";
import { printMachine } from "./lib/machine.js";
import { count } from "./lib/options.js";
import { memoryOf } from "./lib/serverProcesses.js";
import { Limits, percentile, printSeries } from "./lib/statistics.js";
import { useBuildCache } from "./lib/workFolder.js";

/** Milliseconds after which a hover counts as late; bytes of memory. */
const limit = { hover: 1000, memory: 1_000_000_000 };

const functions = count("functions", 1500);
useBuildCache();
const limits = new Limits();
const text = `package p\n\nimport "fmt"\n\n${Array.from({ length: functions }, (_, index) => made(index)).join("\n")}`;
const module = testModule({ "p.go": text });
const client = await startServer([module.dir]);
const started = performance.now();
const uri = await client.open(module.path("p.go"), text);
const isThere = (phase: string) => client.statuses.find(({ params }) => params.phase === phase);
const hovers: number[] = [];
while (isThere("evidence") === undefined) {
  const asked = performance.now();
  const position = { line: 13, character: 2 };
  await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
  hovers.push(performance.now() - asked);
  await delay(20);
}
const seconds = (phase: string) => (((isThere(phase)?.at ?? NaN) - started) / 1000).toFixed(1);
const kilobytes = Math.round(text.length / 1000);
console.log(`\n${functions} functions, ${kilobytes} kB, ${client.diagnostics(uri).length} diagnostics`);
console.log(`  sites after ${seconds("sites")} s, evidence after ${seconds("evidence")} s`);
printSeries("hover meanwhile", hovers);
const { peak } = memoryOf(client.process.pid);
limits.check("95th percentile of hovers", percentile(hovers, 0.95), limit.hover, " ms");
limits.check("memory at its highest", Math.round(peak / 1e6), Math.round(limit.memory / 1e6), " MB");
limits.check("diagnostics missing", Math.max(0, 2 * functions - client.diagnostics(uri).length), 0);
await client.shutdown();
module.dispose();
printMachine();
process.exitCode = limits.exitCode;

function made(index: number): string {
  return `// F${index} counts.
func F${index}(n int, s string) (*int, error) {
	if n < ${index} {
		return nil, fmt.Errorf("f%d: %s", n, s)
	}
	out := make([]int, 0)
	for i := 0; i < n; i++ {
		out = append(out, i*${index})
	}
	x := len(out)
	return &x, nil
}
`;
}
