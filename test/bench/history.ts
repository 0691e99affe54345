/**
 * Whether a baseline keeps quiet through ten revisions of real modules that move lines and rename files, each with one new
 * allocation. Fails where an edit that adds nothing is reported, or one that adds something is not reported as exactly
 * that. Usage: node test/out/bench/history.mjs [module@version …]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RealModule } from "../harness/realModule.js";
import { checkArguments, forEachModule, go, runOptions } from "./lib/gateRun.js";

/** Made revisions of the history. */
const revisions = 10;

interface Json {
  readonly gate?: { readonly added?: readonly string[]; readonly gone?: number };
  readonly sites: readonly { readonly id: string; readonly file: string; readonly function: string }[];
}

const usual = [
  "github.com/go-chi/chi/v5@v5.2.1",
  "github.com/yuin/goldmark@v1.7.8",
  "github.com/klauspost/compress@v1.17.11",
];

let failures = 0;
forEachModule(usual, (module) => {
  go(module, "build", "./...");
  checkHistory(module);
});
process.exitCode = failures === 0 ? 0 : 1;

/** Revisions that move lines and rename files, each with one new allocation: exactly those are to be reported. */
function checkHistory(module: RealModule): void {
  const baseline = `--baseline=${path.join(path.dirname(module.dir), "known.json")}`;
  const flags = ["--evidence=off", "--tests=off", "--level=hint", baseline];
  check(module, ...flags, "--update-baseline");
  expectAdded(module, flags, [], "unchanged");
  const expected: string[] = [];
  for (let revision = 1; revision <= revisions; revision++) {
    moveLines(module, revision);
    renameFile(module, revision);
    expectAdded(module, flags, expected, `revision ${revision}, nothing added`);
    expected.push(addAllocation(module, revision));
    expectAdded(module, flags, expected, `revision ${revision}, one added`);
  }
  console.log(`${module.name}: ${revisions} revisions, ${expected.length} allocations added and reported`);
}

function expectAdded(module: RealModule, flags: string[], expected: readonly string[], what: string): void {
  const { gate, sites } = check(module, ...flags);
  const added = new Set(gate?.added);
  const functions = sites.filter(({ id }) => added.has(id)).map((site) => site.function);
  if (functions.sort().join() === [...expected].sort().join() && gate?.gone === 0) return;
  failures++;
  console.log(
    `  ${module.name}, ${what}: expected ${expected.join(", ") || "nothing"}; got ${functions.join(", ") || "nothing"}, gone ${gate?.gone ?? "?"}`,
  );
}

/** A comment of growing length in front of every declaration that follows a blank line. */
function moveLines(module: RealModule, revision: number): void {
  for (const file of sources(module)) {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/\n\n(func |type )/g, `\n\n// Revision ${revision}.\n\n$1`));
  }
}

/** Renames one file of each revision; a name with an underscore could mean a target or a test. */
function renameFile(module: RealModule, revision: number): void {
  const files = sources(module).filter((file) => !path.basename(file).includes("_"));
  const file = files[(revision * 7) % files.length] ?? "";
  const name = `moved${revision}${path.basename(file)}`;
  renameSync(file, path.join(path.dirname(file), name));
}

function addAllocation(module: RealModule, revision: number): string {
  const files = sources(module).filter((file) => !path.basename(file).includes("_"));
  const file = files[(revision * 5) % files.length] ?? "";
  const name = `escapeLensRevision${revision}`;
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    `${text}\nvar ${name}Sink *int\n\nfunc ${name}() { v := ${revision}; ${name}Sink = &v }\n`,
  );
  return name;
}

/** Files that every build compiles: those that go list names, sorted. */
function sources(module: RealModule): string[] {
  const format = '{{$dir := .Dir}}{{range .GoFiles}}{{$dir}}/{{.}}{{"\\n"}}{{end}}';
  const listed = execFileSync("go", ["list", "-f", format, "./..."], { cwd: module.dir, encoding: "utf8" });
  const files = listed.split("\n").filter((file) => file.startsWith(module.dir));
  return files.filter((file) => readdirSync(path.dirname(file)).includes(path.basename(file))).sort();
}

function check(module: RealModule, ...flags: string[]): Json {
  const args = checkArguments("--format=json", ...flags);
  const { stdout, stderr, status } = spawnSync(process.execPath, args, runOptions(module, "kept"));
  if (status !== 0 && status !== 1) throw new Error(stderr.slice(-2000));
  return stdout === "" ? { sites: [] } : (JSON.parse(stdout) as Json);
}
