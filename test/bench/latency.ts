/**
 * How long an edit takes until everything is known about the heap: the direct engine against `go build`, with the same
 * edit in the same run, and against the compiler's own time. Prints medians and 95th percentiles.
 * Usage: node test/out/bench/latency.mjs [--runs=N] [--module=DIR] [packages…]   Packages are std's without a module.
 */
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PackageVariant } from "../../server/src/go/packages.js";
import { createTemporaryFolder } from "../../server/src/go/temporary.js";
import { directEngine, type DirectTestEngine } from "../harness/directEngine.js";
import { load, type LoadedPackages } from "../harness/packages.js";
import { CompilerClock } from "./lib/compilerTime.js";
import { count, operands as named, option } from "./lib/options.js";
import { percentile } from "./lib/statistics.js";

const runs = count("runs", 10);
const module = option("module");
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

const folder = createTemporaryFolder("bench");
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
  const compiler = async (level: 1 | 2) =>
    (await new CompilerClock(direct.plans, variant).compile(level, file, text)).milliseconds;
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
  const at = (key: keyof Times, share: number) =>
    percentile(
      times.map((each) => each[key]),
      share,
    );
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
