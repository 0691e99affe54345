/**
 * How long an edit takes until everything is known about the heap: the direct engine against `go build`, with the same
 * edit in the same run, and against the compiler's own time. Prints medians and 95th percentiles.
 * Usage: node test/out/bench/latency.mjs [--runs=N] [--module=DIR] [packages…]   Packages are std's without a module.
 */
import { spawnSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeCompileInputs } from "../../server/src/compiler/compileInputs.js";
import { SentinelWatch } from "../../server/src/compiler/sentinel.js";
import type { PackageVariant } from "../../server/src/go/packages.js";
import { streamProcess } from "../../server/src/go/process.js";
import { createTemporaryFolder } from "../../server/src/go/temporary.js";
import { directEngine, type DirectTestEngine } from "../harness/directEngine.js";
import { load, type LoadedPackages } from "../harness/packages.js";

const words = process.argv.slice(2);
const optionOf = (name: string) =>
  words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const runs = Number(optionOf("runs") ?? 10);
const module = optionOf("module");
const named = words.filter((word) => !word.startsWith("--"));
const standard = ["encoding/json", "text/template", "net/http", "go/types"];
const patterns = named.length > 0 ? named : module === undefined ? standard : ["./..."];

/** Milliseconds of one edit, by what was timed. */
interface Times {
  /** To the end of the compile, everything known. */
  readonly engine: number;
  /** To the last verdict. */
  readonly verdicts: number;
  /** The compiler alone, to the sentinel: at -m=2, and at -m. */
  readonly compiler2: number;
  readonly compiler1: number;
  readonly build2: number;
  readonly build1: number;
}

const folder = await createTemporaryFolder("bench");
const loaded = await load(module ?? process.cwd(), patterns, {
  tests: false,
  scope: module === undefined ? "standard" : "main",
});
for (const goPackage of loaded.packages) {
  const variant = goPackage.variants[0];
  if (variant === undefined) continue;
  const direct = directEngine(loaded);
  const lines = (await Promise.all(variant.files.map((file) => readFile(file, "utf8"))))
    .join("")
    .split("\n").length;
  const times: Times[] = [];
  // The first two warm up: the plan is recorded, and how much flows there are is known.
  for (let i = -2; i < runs; i++) {
    const measured = await measure(loaded, direct, variant, i);
    if (i >= 0) times.push(measured);
  }
  report(`${variant.id} (${lines} lines)`, times, direct.log);
}

async function measure(
  { setup, signal }: LoadedPackages,
  direct: DirectTestEngine,
  variant: PackageVariant,
  run: number,
): Promise<Times> {
  const file = variant.files[0] ?? "";
  const text = `${await readFile(file, "utf8")}\nvar goEscapeLensBench = func() *int { v := ${run}; return &v }()\n`;
  const overlays = new Map([[file, text]]);
  const started = performance.now();
  let verdicts = 0;
  for await (const fact of direct.engine.compile([variant], overlays, signal)) {
    if (fact.kind === "error") throw new Error(fact.message);
    if (fact.kind === "progress" && fact.done === "verdicts") verdicts = performance.now() - started;
  }
  const engine = performance.now() - started;
  const compiler = async (level: number): Promise<number> => {
    const answer = await direct.plans.of(variant, overlays, signal);
    if ("unsuitable" in answer) throw new Error(answer.unsuitable);
    const inputsFolder = path.join(folder, String(level));
    await rm(inputsFolder, { recursive: true, force: true });
    await mkdir(inputsFolder);
    const { args, sentinelFile } = await writeCompileInputs(inputsFolder, answer.plan, overlays, new Map());
    const { file: tool, env } = answer.tool;
    const command = {
      file: tool,
      args: [`-m=${level}`, ...args],
      cwd: variant.dir,
      env,
      signal,
      outputLimit: 2 ** 32,
    };
    const begun = performance.now();
    const watch = new SentinelWatch(sentinelFile);
    let time = 0;
    for await (const chunk of streamProcess(command, "stdout").chunks) {
      if (!watch.push(chunk)) continue;
      time = performance.now() - begun;
      break;
    }
    return time;
  };
  const build = async (level: number): Promise<number> => {
    const copy = path.join(folder, path.basename(file));
    // A text of its own: the other level must not find anything in Go's cache.
    await writeFile(copy, `${text}// ${level} ${process.pid}\n`);
    const overlay = path.join(folder, "overlay.json");
    await writeFile(overlay, JSON.stringify({ Replace: { [file]: copy } }));
    const args = [
      "build",
      `-gcflags=-m=${level}`,
      `-overlay=${overlay}`,
      "-o",
      path.join(folder, "built"),
      ".",
    ];
    const begun = performance.now();
    const { status, stderr } = spawnSync(setup.go, args, {
      cwd: variant.dir,
      env: setup.env,
      maxBuffer: 2 ** 30,
    });
    if (status !== 0) throw new Error(stderr.toString().slice(-1000));
    return performance.now() - begun;
  };
  const [compiler2, compiler1] = [await compiler(2), await compiler(1)];
  return { engine, verdicts, compiler2, compiler1, build2: await build(2), build1: await build(1) };
}

function report(name: string, times: readonly Times[], log: readonly string[]): void {
  const of = (key: keyof Times) => times.map((each) => each[key]).sort((a, b) => a - b);
  const at = (key: keyof Times, share: number) => {
    const sorted = of(key);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  };
  console.log(`\n${name}`);
  for (const line of log) console.log(`  ${line}`);
  const names: Record<keyof Times, string> = {
    engine: "direct engine, everything",
    verdicts: "direct engine, verdicts",
    compiler2: "compiler to the sentinel, -m=2",
    compiler1: "compiler to the sentinel, -m",
    build2: "go build -gcflags=-m=2 .",
    build1: "go build -gcflags=-m .",
  };
  for (const [key, label] of Object.entries(names) as [keyof Times, string][]) {
    const [median, p95] = [at(key, 0.5), at(key, 0.95)];
    console.log(
      `  ${label.padEnd(32)} median ${median.toFixed(0).padStart(6)} ms  p95 ${p95.toFixed(0).padStart(6)} ms`,
    );
  }
  const ratio = (a: keyof Times, b: keyof Times) =>
    `${(at(a, 0.5) / at(b, 0.5)).toFixed(2)} (p95 ${(at(a, 0.95) / at(b, 0.95)).toFixed(2)})`;
  console.log(
    `  verdicts / build -m=2 ${ratio("verdicts", "build2")}, verdicts / build -m ${ratio("verdicts", "build1")}`,
  );
  console.log(`  everything / build -m=2 ${ratio("engine", "build2")}`);
}
