/**
 * An hour of work in ten packages, compressed in time: what the server holds of the machine is looked at before (that is,
 * after a while), on the way and after; at the end it has to show what a fresh server shows of the same texts. Linux only.
 * Usage: node test/out/bench/soak.mjs [--minutes=N] [--pace=MS] [--seed=N] [--server=DIR] [--folder=DIR] [std package …]
 * A minute has sixty steps; `--pace` is how long one takes on average where nothing is waited for.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { processesNaming } from "../harness/processes.js";
import { type EditorClient, startServer } from "./lib/editorClient.js";
import { printMachine } from "./lib/machine.js";
import { count, operands } from "./lib/options.js";
import { randomNumbers } from "./lib/randomEdits.js";
import { heapReport, type Resources, resourcesOf } from "./lib/resources.js";
import { SimulatedEditor } from "./lib/simulatedEditor.js";
import { differences } from "./lib/squiggles.js";
import { standardModule } from "./lib/standardModule.js";
import { Limits } from "./lib/statistics.js";
import { subjectOf } from "./lib/subjects.js";
import { useBuildCache } from "./lib/workFolder.js";

const usual = [
  "archive/tar",
  "bufio",
  "encoding/csv",
  "encoding/json",
  "go/printer",
  "mime/multipart",
  "net/url",
  "regexp/syntax",
  "text/tabwriter",
  "text/template",
];

/** Megabytes that the heap, and resident memory, may grow by from the first look to the last. */
const growth = { heap: 20, resident: 150 };
const looks = 4;
/** Minutes until what is remembered of so many packages, and no more, is remembered. */
const warmUp = 10;
const stepsOfMinute = 60;
const printedLength = 300;

const [minutes, pace] = [count("minutes", 60), count("pace", 40)];
const seed = count("seed", Math.floor(Math.random() * 2 ** 31));
useBuildCache();
const limits = new Limits();
const packages = operands.length > 0 ? operands : usual;
const module = standardModule("soak", packages);
if (module.left.length > 0) throw new Error(`Cannot be copied: ${module.left.join(" ")}`);
const files = packages.flatMap((name) => {
  const folder = module.folderOf(name);
  return largestTwo(folder, subjectOf(name, folder, module.dir).file);
});
const client = await startServer([module.dir], { env: heapReport });
const pid = client.process.pid ?? 0;
console.log(`\n${minutes} minutes in ${packages.length} packages (${files.length} files), --seed=${seed}`);
const editor = new SimulatedEditor(client, files, seed);
const random = randomNumbers(seed + files.length);

// What is loaded once, such as the grammar and the workspace's own results, is no growth; nor is what is bounded.
await work(warmUp * stepsOfMinute);
const all: Resources[] = [await look(0)];
for (let part = 1; part <= looks; part++) {
  await work(Math.ceil((minutes * stepsOfMinute) / looks));
  all.push(await look((minutes * part) / looks));
}
const [first, last] = [all[0], all.at(-1)];
const faults = await compare(client);
await client.shutdown();
const left = processesNaming(module.dir);

console.log(`  done: ${[...editor.done].map(([habit, times]) => `${times} ${habit}`).join(", ")}`);
for (const each of faults.slice(0, 10)) console.log(`  ${each.slice(0, printedLength)}`);
for (const each of [...(last?.children ?? []), ...(last?.temporary ?? []), ...left])
  console.log(`  left: ${each}`);
const grown = (of: (resources: Resources) => number) =>
  first === undefined || last === undefined ? NaN : of(last) - of(first);
limits.check("growth of the heap", megabytes(grown(({ heap }) => heap)), growth.heap, " MB");
limits.check(
  "growth of resident memory",
  megabytes(grown(({ resident }) => resident)),
  growth.resident,
  " MB",
);
limits.check(
  "more open files",
  grown(({ openFiles }) => openFiles),
  0,
);
limits.check(
  "more watches",
  grown(({ watches }) => watches),
  0,
);
limits.check(
  "more temporary folders",
  grown(({ temporary }) => temporary.length),
  0,
);
limits.check("processes at rest", last?.children.length ?? NaN, 0);
limits.check("processes left", left.length, 0);
limits.check("differences from a fresh server", faults.length, 0);
printMachine();
process.exitCode = limits.exitCode;

async function work(steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await editor.step();
    await delay(2 * pace * random());
  }
}

async function look(minute: number): Promise<Resources> {
  await editor.settle();
  const resources = await resourcesOf(pid);
  const { heap, external, resident, openFiles, watches, children, temporary } = resources;
  console.log(
    `  minute ${String(minute).padStart(4)}: heap ${megabytes(heap)} MB, outside it ${megabytes(external)} MB, resident ${megabytes(resident)} MB, ` +
      `${openFiles} open files, ${watches} watches, ${children.length} processes, ${temporary.length} temporary folders`,
  );
  return resources;
}

/** What only one of both shows, by file. */
async function compare(used: EditorClient): Promise<string[]> {
  const fresh = await startServer([module.dir]);
  const uris = await Promise.all([...editor.texts].map(([file, text]) => fresh.open(file, text)));
  for (const uri of uris) await fresh.idle(uri);
  const found = uris.flatMap((uri) =>
    differences(used.diagnostics(uri), fresh.diagnostics(uri)).map(
      (each) => `${path.basename(uri)}: ${each}`,
    ),
  );
  const shown = uris.reduce((sum, uri) => sum + fresh.diagnostics(uri).length, 0);
  console.log(
    `  ${uris.length} open documents at the end, in which a fresh server shows ${shown} diagnostics`,
  );
  await fresh.shutdown();
  return shown === 0 ? [...found, "A fresh server shows nothing, so nothing was compared."] : found;
}

/** The largest file of the package, and another one of it that has functions. */
function largestTwo(folder: string, largest: string): string[] {
  const others = readdirSync(folder)
    .filter((name) => name.endsWith(".go") && !name.startsWith("escape_lens_"))
    .map((name) => path.join(folder, name))
    .filter((file) => file !== largest && hasPlaces(file));
  return [largest, ...others.slice(0, 1)];
}

function hasPlaces(file: string): boolean {
  return /^func .*\{\n/m.test(readFileSync(file, "utf8"));
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
