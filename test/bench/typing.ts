/**
 * Edit a line in an unsaved buffer: how long until its squiggle is published, against gopls with its compiler
 * optimization details on, as it comes and without its delay? The same edit of the same package in turn.
 * Usage: node test/out/bench/typing.mjs [--runs=N] [--server=DIR] [--folder=DIR] [--gopls=FILE | --gopls-version=V]
 *   [std package | module@version[/folder] …]
 */
import { EditedFile, shows } from "./lib/edit.js";
import { type EditorClient, patience, startServer } from "./lib/editorClient.js";
import { goplsVersion, installGopls, showCompilerDetails, startGopls } from "./lib/gopls.js";
import { printMachine } from "./lib/machine.js";
import { count } from "./lib/options.js";
import { quiet } from "./lib/serverProcesses.js";
import { Limits, printRatio, printSeries } from "./lib/statistics.js";
import { makeSubjects, type Subject } from "./lib/subjects.js";
import { useBuildCache } from "./lib/workFolder.js";

/** Of gopls' time with its default delay. */
const limit = 0.2;

/** A server with the document open, and what it was timed with. */
interface Side {
  readonly label: string;
  readonly client: EditorClient;
  readonly uri: string;
  readonly edits: EditedFile;
  readonly times: number[];
  /** Until all of the package was known, where that was said. */
  readonly whole: number[];
  /** Waits until nothing more of the server's own work can disturb the others. Returns when all of the package was known. */
  readonly settle: (seenStatuses: number) => Promise<number | undefined>;
}

const runs = count("runs", 5);
useBuildCache();
const gopls = installGopls();
const version = goplsVersion(gopls);
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
  const sides = [await ours(subject), await theirs(subject, "1s", "C"), await theirs(subject, "0s", "D")];
  // The first run warms up.
  measuring: for (let run = -1; run < runs; run++) {
    for (const side of sides) {
      const { time, whole } = await typed(side);
      if (run >= 0 || time === patience) side.times.push(time);
      if (run >= 0 && whole !== undefined) side.whole.push(whole);
      if (time < patience) continue;
      console.log(`${subject.name}: nothing came of an edit.`);
      break measuring;
    }
  }
  for (const { client } of sides) await client.shutdown();
  console.log(`\n${subject.name} (${subject.lines} lines), a line edited and not saved`);
  for (const { label, times, whole } of sides) {
    printSeries(label, times);
    if (whole.length > 0) printSeries("all of the package known", whole);
  }
  const [mine, delayed, undelayed] = sides.map(({ times }) => times);
  limits.ratio("of gopls", mine ?? [], delayed ?? [], limit);
  printRatio("of gopls without its delay", mine ?? [], undelayed ?? []);
}

async function ours({ root, file, text }: Subject): Promise<Side> {
  const client = await startServer([root]);
  const uri = await client.open(file, text);
  await client.idle(uri);
  return {
    label: "diagnostics published",
    client,
    uri,
    edits: new EditedFile(text, "L"),
    times: [],
    whole: [],
    settle: async (seen) => {
      await quiet(client.process.pid);
      // Of a package that takes a second, no more than the edited function is looked at, and nothing said of the rest.
      if (client.statuses.length === seen) return undefined;
      await client.idle(uri, seen);
      await quiet(client.process.pid);
      return client.statuses.slice(seen).find(({ params }) => params.phase === "sites")?.at;
    },
  };
}

async function theirs({ root, file, text }: Subject, delay: string, side: string): Promise<Side> {
  const client = await startGopls(gopls, root, delay);
  const uri = await client.open(file, text);
  const seen = client.published.length;
  await showCompilerDetails(client, uri);
  const isDetail = (params: { uri: string; diagnostics: readonly { source?: string }[] }) =>
    params.uri === uri && params.diagnostics.some(({ source }) => source === "optimizer details");
  if ((await client.publication(isDetail, seen)) === undefined) {
    throw new Error(`gopls shows no details of ${file}: ${client.messages.slice(-3).join("\n")}`);
  }
  const label = `gopls ${version}, diagnosticsDelay ${delay}`;
  return {
    label,
    client,
    uri,
    edits: new EditedFile(text, side),
    times: [],
    whole: [],
    // It works on for a moment after the publication that was waited for.
    settle: async () => {
      await quiet(client.process.pid);
      return undefined;
    },
  };
}

/** Milliseconds from the edit to its squiggle; what does not come counts as the time that was waited. */
async function typed({ client, uri, edits, settle }: Side): Promise<{ time: number; whole?: number }> {
  const { change, variable } = edits.next();
  const [seenPublications, seenStatuses] = [client.published.length, client.statuses.length];
  const started = performance.now();
  const version = await client.change(uri, [change]);
  const isShown = shows(uri, variable);
  const publication = await client.publication(
    // A publication without its version could be about an older text, were the variable not new.
    (params) => (params.version ?? version) === version && isShown(params),
    seenPublications,
  );
  if (publication === undefined) return { time: patience };
  const known = await settle(seenStatuses);
  const time = publication.at - started;
  return known === undefined ? { time } : { time, whole: known - started };
}
