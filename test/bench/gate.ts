/**
 * The gate on real modules: what it costs beside the builds that it stands next to, and whether a baseline keeps quiet
 * through edits that add nothing. Fails where an edit that adds nothing is reported, or one that adds something is not
 * reported as exactly that. Usage: node test/out/bench/gate.mjs [module@version …]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { serverOut } from "../harness/paths.js";
import { type RealModule, realModule } from "../harness/realModule.js";

/** Made revisions of the history. */
const revisions = 10;

interface Json {
  readonly gate?: { readonly added?: readonly string[]; readonly gone?: number };
  readonly sites: readonly { readonly id: string; readonly file: string; readonly function: string }[];
}

interface Pair {
  readonly name: string;
  /** The go command that does the same work. */
  readonly build: readonly string[];
  readonly check: readonly string[];
  /** At most this share of the go command's processor time, when all is compiled and when all is replayed. */
  readonly limits: readonly [compiled: number, replayed: number];
}

const pairs: readonly Pair[] = [
  {
    name: "messages alone",
    build: ["build", "-gcflags=-m=2", "./..."],
    check: ["--evidence=off", "--tests=off"],
    limits: [0.5, 1.2],
  },
  {
    name: "all, tests and evidence",
    build: ["list", "-export", "-test", "-gcflags=-m=2", "./..."],
    check: [],
    limits: [1.3, 1.2],
  },
];

const modules = process.argv.slice(2);
if (modules.length === 0)
  modules.push(
    "github.com/go-chi/chi/v5@v5.2.1",
    "github.com/yuin/goldmark@v1.7.8",
    "github.com/klauspost/compress@v1.17.11",
  );

let failures = 0;
for (const name of modules) {
  const module = realModule(name);
  try {
    // Dependencies and the module itself are built once, as on a machine that is in use.
    go(module, "build", "./...");
    go(module, "vet", "./...");
    printTimes(module);
    checkHistory(module);
  } finally {
    module.dispose();
  }
}
process.exitCode = failures === 0 ? 0 : 1;

/**
 * What each pair takes: first compiled, then replayed, from Go's cache and from our own. Compilers of the check run below
 * normal priority, so that beside other work its wall time says little; the processor's time is what is compared.
 */
function printTimes(module: RealModule): void {
  for (const { name, build, check: flags, limits } of pairs) {
    ["compiled", "replayed"].forEach((state, index) => {
      const own = () => measured(module, process.execPath, cli("--format=text", ...flags));
      const [theirs, ours] = [measured(module, "go", build), own()];
      const ratio = ours.processor / theirs.processor;
      const limit = limits[index] ?? 0;
      const verdict = ratio <= limit ? "within" : "ABOVE";
      console.log(
        `${module.name}, ${name}, ${state}: go ${shown(theirs)}, check ${shown(ours)}; ` +
          `${ratio.toFixed(2)} of its processor time, ${verdict} ${limit}; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
      );
    });
  }
}

interface Times {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of processor time, those of all children included. */
  readonly processor: number;
}

function measured(module: RealModule, command: string, args: readonly string[]): Times {
  const started = performance.now();
  const script = 'TIMEFORMAT="%U %S"; { time "$@" > /dev/null 2>&1; } 2>&1';
  const { stdout } = spawnSync("bash", ["-c", script, "bash", command, ...args], options(module));
  const wall = (performance.now() - started) / 1000;
  const [user = 0, system = 0] = stdout.trim().split(" ").map(Number);
  return { wall, processor: user + system };
}

function shown({ wall, processor }: Times): string {
  return `${wall.toFixed(2)} s (processor ${processor.toFixed(2)} s)`;
}

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

function go(module: RealModule, ...args: string[]): void {
  const { status, stderr } = spawnSync("go", args, options(module));
  if (status !== 0 && args[0] !== "vet") throw new Error(stderr.slice(-2000));
}

function check(module: RealModule, ...flags: string[]): Json {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    cli("--format=json", ...flags),
    options(module),
  );
  if (status !== 0 && status !== 1) throw new Error(stderr.slice(-2000));
  return stdout === "" ? { sites: [] } : (JSON.parse(stdout) as Json);
}

function cli(...flags: readonly string[]): string[] {
  return [path.join(serverOut, "cli.js"), "check", ...flags, "./..."];
}

function options({ dir }: RealModule) {
  // Beside the module, so that nothing was found by an earlier run, and nothing stays.
  const env = { ...process.env, ESCAPELENS_CACHE: path.join(path.dirname(dir), "kept") };
  return { cwd: dir, env, encoding: "utf8" as const, maxBuffer: 2 ** 31 - 1 };
}
