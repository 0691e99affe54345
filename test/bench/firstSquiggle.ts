/**
 * Nothing has been analyzed yet, in no session before: how long from opening a file until its first squiggle, against
 * `go list -export -deps` alone, without which nobody can compile the package? And after a restart, with what the first
 * session kept. With --cold, Go's build cache is empty as well, for both sides.
 * Usage: node test/out/bench/firstSquiggle.mjs [--runs=N] [--cold] [--server=DIR] [--folder=DIR]
 *   [std package | module@version[/folder] …]
 */
import { writeFileSync } from "node:fs";
import { EditedFile } from "./lib/edit.js";
import { patience, startServer } from "./lib/editorClient.js";
import { mustRunGo } from "./lib/goCommand.js";
import { printMachine } from "./lib/machine.js";
import { count, flag } from "./lib/options.js";
import { printRatio, printSeries } from "./lib/statistics.js";
import { makeSubjects, type Subject } from "./lib/subjects.js";
import { emptied, useBuildCache } from "./lib/workFolder.js";

const isCold = flag("cold");
const runs = count("runs", isCold ? 1 : 5);
useBuildCache();
const { subjects, dispose } = makeSubjects();
try {
  for (const subject of subjects) await measure(subject);
} finally {
  dispose();
}
printMachine();

async function measure(subject: Subject): Promise<void> {
  const { name, dir, file, text, lines } = subject;
  const sides = { first: [] as number[], again: [] as number[], list: [] as number[] };
  const edits = new EditedFile(text, "F");
  // The first run warms up the disk's cache.
  for (let run = isCold ? 0 : -1; run < runs; run++) {
    const edit = edits.next();
    writeFileSync(file, edit.text);
    const env = freshCaches();
    const first = await firstSquiggle(subject, edit.text, env);
    const again = await firstSquiggle(subject, edit.text, env);
    // A text of its own: go list is not to find the package in its cache.
    writeFileSync(file, edits.next().text);
    const args = ["list", "-e", "-export", "-deps", "-json=ImportPath,Export", "."];
    const list = (await mustRunGo(dir, args, freshCaches())).milliseconds;
    if (run < 0) continue;
    for (const [side, time] of Object.entries({ first, again, list }))
      sides[side as keyof typeof sides].push(time);
  }
  writeFileSync(file, text);
  console.log(`\n${name} (${lines} lines), opened${isCold ? ", Go's build cache empty" : ""}`);
  printSeries("first squiggle, nothing analyzed before", sides.first);
  printSeries("first squiggle after a restart", sides.again);
  printSeries("go list -export -deps", sides.list);
  printRatio("first squiggle of go list", sides.first, sides.list);
  printRatio("after a restart of go list", sides.again, sides.list);
}

/** A cache folder of the user in which no session has kept anything, and with --cold an empty build cache. */
function freshCaches(): NodeJS.ProcessEnv {
  return {
    XDG_CACHE_HOME: emptied("user-cache"),
    ...(isCold && { GOCACHE: emptied("go-build-cold") }),
  };
}

/** Milliseconds from didOpen to the first diagnostic, in a server of its own that has finished its start. */
async function firstSquiggle({ root, file }: Subject, text: string, env: NodeJS.ProcessEnv): Promise<number> {
  const client = await startServer([root], { env });
  const started = performance.now();
  const uri = await client.open(file, text);
  const squiggle = await client.publication((params) => params.uri === uri && params.diagnostics.length > 0);
  // What the server keeps for later it may write at the end.
  await client.idle(uri);
  await client.shutdown();
  return squiggle === undefined ? patience : squiggle.at - started;
}
