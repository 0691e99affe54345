/**
 * Random edits typed all over one file, without a pause and then with the results awaited. Once they were shown, squiggles
 * of untouched code may at no time be missing or stand elsewhere; from the start hardly any may be withdrawn without an
 * edit; at the end no process is left, and what is shown is what a fresh server shows of the same text.
 * Usage: node test/out/bench/edits.mjs [--edits=N] [--paused=N] [--seed=N] [--interval=MS] [--save] [--server=DIR]
 *   [--folder=DIR] [std package | module@version[/folder] …]
 * `--save` saves with each edit, for a server that looks at saved files only.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { processesNaming } from "../harness/processes.js";
import { endOf } from "./lib/edit.js";
import { type EditorClient, startServer } from "./lib/editorClient.js";
import { printMachine } from "./lib/machine.js";
import { count, flag } from "./lib/options.js";
import { RandomEdits } from "./lib/randomEdits.js";
import { descendantsOf } from "./lib/serverProcesses.js";
import { differences, findFaults, squiggles } from "./lib/squiggles.js";
import { Limits } from "./lib/statistics.js";
import { makeSubjects, type Subject } from "./lib/subjects.js";
import { useBuildCache } from "./lib/workFolder.js";

/** Part of what was shown that may be withdrawn without an edit. */
const withdrawnLimit = 0.01;

/** Faults that are printed of each kind. */
const printed = 5;
const printedLength = 200;

const edits = count("edits", 200);
const paused = count("paused", 20);
const interval = count("interval", 5);
const seed = count("seed", Math.floor(Math.random() * 2 ** 31));
const saves = flag("save");
useBuildCache();
const limits = new Limits();
const { subjects, dispose } = makeSubjects(["encoding/json"]);
try {
  for (const subject of subjects) await measure(subject);
} finally {
  dispose();
}
printMachine();
process.exitCode = limits.exitCode;

async function measure(subject: Subject): Promise<void> {
  const { name, root, file, text } = subject;
  console.log(`\n${name}: ${edits} edits without a pause, ${paused} with one, --seed=${seed}`);
  const client = await startServer([root]);
  const uri = await client.open(file, text);
  await client.idle(uri);
  const own = () => client.published.map(({ params }) => params).filter((params) => params.uri === uri);
  const untouched = squiggles(client.diagnostics(uri), text);
  const known = own().length;
  const random = new RandomEdits(text, seed);
  const texts = new Map([[1, text]]);
  const type = async (change: ReturnType<RandomEdits["next"]>) => {
    const seen = client.statuses.length;
    const version = await client.change(uri, [change]);
    texts.set(version, random.text);
    if (saves) {
      writeFileSync(file, random.text);
      await client.save(uri);
    }
    return seen;
  };
  for (let edit = 0; edit < edits; edit++) {
    await type(random.next());
    await delay(interval);
  }
  let unanswered = 0;
  for (let edit = 0; edit < paused; edit++) {
    if ((await client.idle(uri, await type(random.next()))) === undefined) unanswered++;
  }
  for (let change = random.repair(); change !== undefined; change = random.repair()) {
    const seen = await type(change);
    if (random.isWhole && (await client.idle(uri, seen)) === undefined) unanswered++;
  }
  const left = descendantsOf(client.process.pid);
  const publications = own();
  const faults = findFaults(publications, untouched, known, texts);
  const [shown, fresh] = [client.diagnostics(uri), await freshDiagnostics(subject, random.text)];
  await client.shutdown();
  // Those whose parent ended before them are no descendants any more.
  left.push(...processesNaming(root));
  if (saves) writeFileSync(file, text);
  console.log(`  ${random.text.length - text.length} characters more than before`);
  console.log(`  ${untouched.size} squiggles of untouched code, ${publications.length} publications`);
  print("missing", faults.missing);
  print("withdrawn", faults.withdrawn);
  print("left", left);
  print("other than fresh", differences(shown, fresh));
  limits.check("final results missing", shown.length === 0 || fresh.length === 0 ? 1 : 0, 0);
  limits.check("pauses without results", unanswered, 0);
  limits.check("missing squiggles of untouched code", faults.missing.length, 0);
  limits.check("withdrawn without an edit", faults.withdrawn.length / faults.shown, withdrawnLimit);
  limits.check("differences from a fresh analysis", differences(shown, fresh).length, 0);
  limits.check("processes left", left.length, 0);
}

async function freshDiagnostics({ root, file }: Subject, text: string): Promise<readonly Diagnostic[]> {
  const client: EditorClient = await startServer([root]);
  const uri = await client.open(file, text);
  await client.idle(uri);
  // Of a package whose flows are a flood, words that came behind the sites wait for an edit: one that changes nothing.
  const [start, end] = [endOf(text), endOf(`${text}\n`)];
  await client.change(uri, [{ range: { start, end: start }, text: "\n" }]);
  const seen = client.statuses.length;
  await client.change(uri, [{ range: { start, end }, text: "" }]);
  await client.idle(uri, seen);
  const diagnostics = client.diagnostics(uri);
  await client.shutdown();
  return diagnostics;
}

function print(kind: string, faults: readonly string[]): void {
  for (const fault of faults.slice(0, printed)) console.log(`  ${kind}: ${fault.slice(0, printedLength)}`);
  if (faults.length > printed) console.log(`  ${kind}: … ${faults.length} in all`);
}
