/**
 * What the server costs beside time: its memory after 2,000 keystrokes in a package of 28,000 lines and with all of the
 * standard library analyzed, the growth of Go's build cache over 100 unsaved edits, and the plain compiles of a dependency
 * that is saved while its dependents are open. Linux only.
 * Usage: node test/out/bench/memory.mjs [--keystrokes=N] [--interval=MS] [--edits=N] [--server=DIR] [--folder=DIR]
 *   [keystrokes | std | cache | dependents …]
 */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import { serverCommands } from "../../server/src/protocol.js";
import { testModule } from "../harness/module.js";
import { printMachine } from "./lib/machine.js";
import { countingGoroot } from "./lib/countingGoroot.js";
import { EditedFile, endOf, shows } from "./lib/edit.js";
import { type EditorClient, startServer } from "./lib/editorClient.js";
import { mustRunGo } from "./lib/goCommand.js";
import { count, operands } from "./lib/options.js";
import { memoryOf } from "./lib/serverProcesses.js";
import { standardModule } from "./lib/standardModule.js";
import { Limits } from "./lib/statistics.js";
import { subjectOf } from "./lib/subjects.js";
import { emptied, useBuildCache } from "./lib/workFolder.js";

const megabyte = 1_000_000;

/** Megabytes of resident memory. */
const memoryLimit = 300;

const measurements = { keystrokes, std, cache, dependents };
const buildCache = useBuildCache();
const limits = new Limits();
const wanted = operands.length > 0 ? operands : Object.keys(measurements);
for (const [name, measure] of Object.entries(measurements)) if (wanted.includes(name)) await measure();
printMachine();
process.exitCode = limits.exitCode;

/** Types functions behind the largest file of net/http, character by character, at a steady pace. */
async function keystrokes(): Promise<void> {
  const [total, interval] = [count("keystrokes", 2000), count("interval", 20)];
  const module = standardModule("memory", ["net/http"]);
  const subject = subjectOf("net/http", module.folderOf("net/http"), module.dir);
  const client = await startServer([module.dir]);
  const uri = await client.open(subject.file, subject.text);
  await client.idle(uri);
  console.log(`\nnet/http (${subject.lines} lines), ${total} keystrokes, one in ${interval} ms`);
  report("before the first one", client);
  const typed = Array.from({ length: Math.ceil(total / 60) }, (_, index) => written(index)).join("");
  const position = endOf(subject.text);
  for (const character of typed.slice(0, total)) {
    await client.change(uri, [{ range: { start: position, end: position }, text: character }]);
    if (character === "\n") Object.assign(position, { line: position.line + 1, character: 0 });
    else position.character++;
    await delay(interval);
  }
  await client.idle(uri);
  const memory = report("after the last one", client);
  limits.check("resident memory after the keystrokes", megabytes(memory.now), memoryLimit, " MB");
  await client.shutdown();
}

/** Some sixty characters. */
function written(index: number): string {
  return `\nfunc typed${index}() *int {\n\tvalue := ${index}\n\treturn &value\n}\n`;
}

async function std(): Promise<void> {
  const { dir, packages } = standardModule("memory-std", ["std"]);
  // What an earlier run kept would be read, and nothing analyzed.
  const client = await startServer([dir], { env: { [cacheVariable]: emptied("user-cache-memory") } });
  await client.connection.sendRequest("workspace/executeCommand", {
    command: serverCommands.analyzeWorkspace,
  });
  console.log(`\nall of std that compiles elsewhere (${packages.length} packages), analyzed`);
  console.log(`  the server says: ${client.messages.at(-1) ?? "nothing"}`);
  const memory = report("afterwards", client);
  limits.check("resident memory with all of std", megabytes(memory.now), memoryLimit, " MB");
  await client.shutdown();
}

/** Each edit is waited for, so that all of them are compiled. */
async function cache(): Promise<void> {
  const total = count("edits", 100);
  const module = standardModule("memory-cache", ["encoding/json"]);
  const { file, text } = subjectOf("encoding/json", module.folderOf("encoding/json"), module.dir);
  const client = await startServer([module.dir]);
  const uri = await client.open(file, text);
  await client.idle(uri);
  const edits = new EditedFile(text, "G");
  const before = sizeOf(buildCache);
  let shown = 0;
  for (let edit = 0; edit < total; edit++) {
    const { change, variable } = edits.next();
    const [seenPublications, seenStatuses] = [client.published.length, client.statuses.length];
    await client.change(uri, [change]);
    if ((await client.publication(shows(uri, variable), seenPublications)) === undefined) break;
    shown++;
    await client.idle(uri, seenStatuses);
  }
  const growth = sizeOf(buildCache) - before;
  console.log(`\nencoding/json, ${total} unsaved edits, one after the other's results`);
  limits.check("edits without results", total - shown, 0);
  limits.check("growth of Go's build cache", growth, 0, " bytes");
  await client.shutdown();
}

/** A dependency is saved with another body while three packages that import it are open. */
async function dependents(): Promise<void> {
  const library = (value: number) =>
    `package library\n\nfunc New() *int {\n\tvalue := ${value}\n\treturn &value\n}\n`;
  const names = ["first", "second", "third"];
  const program = (name: string) =>
    `package ${name}\n\nimport "example.com/m/library"\n\nfunc Use() *int { return library.New() }\n`;
  const users = Object.fromEntries(names.map((name) => [`${name}/${name}.go`, program(name)]));
  const module = testModule({ "library/library.go": library(1), ...users });
  const counting = countingGoroot();
  await mustRunGo(module.dir, ["build", "./..."], counting.env);
  const client = await startServer([module.dir], { env: counting.env });
  const uris = new Map<string, string>();
  for (const name of names) {
    uris.set(name, await client.open(module.path(`${name}/${name}.go`), program(name)));
  }
  const uri = await client.open(module.path("library/library.go"), library(1));
  for (const each of [...uris.values(), uri]) await client.idle(each);
  const [before, seen] = [counting.calls().length, client.statuses.length];
  const lines = library(1).split("\n").length;
  module.write("library/library.go", library(2));
  await client.change(uri, [
    { range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } }, text: library(2) },
  ]);
  await client.save(uri);
  await client.idle(uri, seen);
  const renewed: string[] = [];
  for (const [name, each] of uris)
    if ((await client.idle(each, seen, 5000)) !== undefined) renewed.push(name);
  const calls = counting.calls().slice(before);
  // What is compiled to be read says so by -m for verdicts, or -S for machine code; the rest makes what others import.
  const kindOf = (call: string) => /(?:^| )(-[mS])(?:=\d)?(?: |$)/.exec(call)?.[1] ?? "plain";
  const plain = calls.filter((call) => kindOf(call) === "plain");
  console.log(`\na dependency saved, ${names.length} dependents open: ${calls.length} compiles in all`);
  for (const call of calls) {
    console.log(`  ${kindOf(call).padEnd(5)} ${/ -p[= ](\S+)/.exec(call)?.[1] ?? call}`);
  }
  limits.check("open dependents that were not analyzed anew", names.length - renewed.length, 0);
  limits.check("plain compiles", plain.length, 1);
  await client.shutdown();
  module.dispose();
}

function report(when: string, client: EditorClient): { readonly now: number; readonly peak: number } {
  const memory = memoryOf(client.process.pid);
  const [now, peak] = [megabytes(memory.now), megabytes(memory.peak)];
  console.log(`  resident memory ${when.padEnd(28)} ${now} MB, at its highest ${peak} MB`);
  return memory;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / megabyte);
}

/** Bytes of all files in a folder; Go's own notes of when it last trimmed the cache are no growth. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:trim|testexpire)\.txt$/.test(entry.name))
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
