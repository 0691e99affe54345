/**
 * A whole workspace of more than 300 packages, built once plainly: how long until all its sites are known, against
 * `go build -gcflags=-m=2 ./...`? And again with nothing changed, in the same session and after a restart, against what Go
 * then replays from its cache? The workspace is a copy of the standard library; both sides have a build cache of their own.
 * Usage: node test/out/bench/workspace.mjs [--runs=N] [--server=DIR] [--folder=DIR] [std packages or patterns …]
 */
import { appendFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { type EditorClient, startServer } from "./lib/editorClient.js";
import { mustRunGo } from "./lib/goCommand.js";
import { printMachine } from "./lib/machine.js";
import { count, operands } from "./lib/options.js";
import { standardModule } from "./lib/standardModule.js";
import { Limits, printSeries } from "./lib/statistics.js";
import { emptied, subfolder, useBuildCache } from "./lib/workFolder.js";
import { serverCommands } from "../../server/src/protocol.js";

/** Of the build, and of its replay. */
const limit = { first: 0.5, again: 1.2 };

/** Fewer packages are no workspace to speak of. */
const fewest = 300;

const runs = count("runs", 1);
useBuildCache();
const { dir, packages } = standardModule("workspace", operands.length > 0 ? operands : ["std"]);
const limits = new Limits();
const names = ["first", "again", "restarted", "build", "replay"] as const;
const sides = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
  (typeof names)[number],
  number[]
>;
for (let run = 0; run < runs; run++) {
  const ours = { GOCACHE: subfolder("go-build-ours"), XDG_CACHE_HOME: emptied("user-cache-workspace") };
  const theirs = { GOCACHE: subfolder("go-build-theirs") };
  makeNew(run);
  for (const env of [ours, theirs]) await mustRunGo(dir, ["build", "./..."], env);
  const build = ["build", "-gcflags=-m=2", "./..."];
  sides.build.push((await mustRunGo(dir, build, theirs)).milliseconds);
  const client = await startServer([dir], { env: ours });
  sides.first.push(await analyzeAll(client));
  sides.replay.push((await mustRunGo(dir, build, theirs)).milliseconds);
  sides.again.push(await analyzeAll(client));
  await client.shutdown();
  const next = await startServer([dir], { env: ours });
  sides.restarted.push(await analyzeAll(next));
  await next.shutdown();
}
console.log(`\na workspace of ${packages.length} packages, built once plainly`);
printSeries("all sites known", sides.first);
printSeries("go build -gcflags=-m=2 ./...", sides.build);
printSeries("again, nothing changed", sides.again);
printSeries("again, after a restart", sides.restarted);
printSeries("go build -gcflags=-m=2 ./... replayed", sides.replay);
limits.ratio("of go build -gcflags=-m=2 ./...", sides.first, sides.build, limit.first);
limits.ratio("again, of the replay", sides.again, sides.replay, limit.again);
limits.ratio("restarted, of the replay", sides.restarted, sides.replay, limit.again);
if (operands.length === 0 && packages.length < fewest) throw new Error(`Only ${packages.length} packages.`);
printMachine();
process.exitCode = limits.exitCode;

/** Gives each package a text that no cache has seen. */
function makeNew(run: number): void {
  for (const each of packages) {
    const folder = path.join(dir, each);
    const file = readdirSync(folder).find((name) => name.endsWith(".go"));
    if (file !== undefined) appendFileSync(path.join(folder, file), `\n// ${run} of ${process.pid}\n`);
  }
}

/** Milliseconds until the command is answered: the server does so when all sites are known. */
async function analyzeAll(client: EditorClient): Promise<number> {
  const seen = client.messages.length;
  const started = performance.now();
  await client.connection.sendRequest("workspace/executeCommand", {
    command: serverCommands.analyzeWorkspace,
  });
  const milliseconds = performance.now() - started;
  console.log(`  the server says: ${client.messages.slice(seen).at(-1) ?? "nothing"}`);
  return milliseconds;
}
