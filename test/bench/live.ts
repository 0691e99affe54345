/**
 * Edit a line and save: how long until the squiggles are published, against `go build` of the same edit and against the
 * compiler's own time? The save follows the edit at once, and, to compare, after so long a pause as a person makes. Prints
 * every side's median and 95th percentile, and fails where a limit is not kept.
 * Usage: node test/out/bench/live.mjs [--runs=N] [--pause=MS] [--server=DIR] [--folder=DIR]
 *   [std package | module@version[/folder] …]
 */
import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { CompilerClock } from "./lib/compilerTime.js";
import { type Edit, EditedFile, shows } from "./lib/edit.js";
import { type EditorClient, patience, startServer } from "./lib/editorClient.js";
import { mustRunGo } from "./lib/goCommand.js";
import { printMachine } from "./lib/machine.js";
import { count } from "./lib/options.js";
import { Limits, printSeries } from "./lib/statistics.js";
import { makeSubjects, type Subject } from "./lib/subjects.js";
import { useBuildCache } from "./lib/workFolder.js";

/** Of `go build -gcflags=-m=2 .`, of `go build -gcflags=-m .`, and of the compiler's time beyond 40 ms. */
const limit = { build2: 0.35, build1: 0.6, compiler: { factor: 1.3, plus: 40 } };

/** Milliseconds of each run, by side. */
interface Sides {
  /** From the save to the publication that has the edit's own squiggle. */
  readonly published: number[];
  /** To the end of all that follows: flows, fixes. */
  readonly idle: number[];
  /** From the save to the publication where the edit stood unsaved for the pause; 0 where it came before the save. */
  readonly afterPause: number[];
  readonly compiler: number[];
  readonly build2: number[];
  readonly build1: number[];
}

const runs = count("runs", 7);
const pause = count("pause", 300);
useBuildCache();
const limits = new Limits();
const { subjects, dispose } = makeSubjects();
try {
  for (const subject of subjects) await measure(subject);
} finally {
  dispose();
}
printMachine();
process.exitCode = limits.exitCode;

async function measure(subject: Subject): Promise<void> {
  const { name, dir, root, file, text, lines } = subject;
  const sides: Sides = { published: [], idle: [], afterPause: [], compiler: [], build2: [], build1: [] };
  const clock = await CompilerClock.of(dir);
  const client = await startServer([root]);
  const uri = await client.open(file, text);
  await client.idle(uri);
  const [ours, theirs] = [new EditedFile(text, "L"), new EditedFile(text, "B")];
  // The first run warms up: plans are recorded and sizes of flows known.
  for (let run = -1; run < runs; run++) {
    const edit = ours.next();
    const live = await saved(client, subject, uri, edit);
    const afterPause = (await saved(client, subject, uri, ours.next(), pause)).published;
    const compiler = (await clock.measure(file, edit.text)).milliseconds;
    const build = async (level: number) => {
      writeFileSync(file, theirs.next().text);
      return (await mustRunGo(dir, ["build", `-gcflags=-m=${level}`, "."])).milliseconds;
    };
    const build2 = await build(2);
    const build1 = await build(1);
    if (run < 0) continue;
    for (const [side, time] of Object.entries({ ...live, afterPause, compiler, build2, build1 }))
      sides[side as keyof Sides].push(time);
  }
  writeFileSync(file, text);
  await client.shutdown();
  console.log(`\n${name} (${lines} lines), a line edited and saved`);
  printSeries("diagnostics published", sides.published);
  printSeries("everything after", sides.idle);
  printSeries(`published, saved ${pause} ms after the edit`, sides.afterPause);
  printSeries(`compile ${clock.flag} to the sentinel`, sides.compiler);
  printSeries("go build -gcflags=-m=2 .", sides.build2);
  printSeries("go build -gcflags=-m .", sides.build1);
  limits.ratio("of go build -gcflags=-m=2", sides.published, sides.build2, limit.build2);
  limits.ratio("of go build -gcflags=-m", sides.published, sides.build1, limit.build1);
  limits.bound("of the compiler's time", sides.published, sides.compiler, limit.compiler);
}

/** Counts from the save, `unsaved` milliseconds after the edit. What does not come counts as the time that was waited. */
async function saved(
  client: EditorClient,
  { file }: Subject,
  uri: string,
  { text, change, variable }: Edit,
  unsaved = 0,
): Promise<{ published: number; idle: number }> {
  const [seenPublications, seenStatuses] = [client.published.length, client.statuses.length];
  // The disk has the text before the server hears of the save, as with any editor.
  if (unsaved === 0) writeFileSync(file, text);
  let started = performance.now();
  const version = await client.change(uri, [change]);
  if (unsaved > 0) {
    await delay(unsaved);
    writeFileSync(file, text);
    started = performance.now();
  }
  await client.save(uri);
  const isShown = shows(uri, variable);
  const publication = await client.publication(
    (params) => params.version === version && isShown(params),
    seenPublications,
  );
  const idle = await client.idle(uri, seenStatuses);
  return {
    published: Math.max(0, (publication?.at ?? started + patience) - started),
    idle: (idle?.at ?? started + patience) - started,
  };
}
