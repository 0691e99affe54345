/** Runs benchmarks of a package on two sides in turn, so that what else the machine does falls on both. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { GoSetup } from "../go/goSetup.js";
import { runGoTest } from "../go/goTest.js";
import type { Overlays } from "../go/packages.js";
import { runProcess } from "../go/process.js";
import { escapeRegExp } from "../go/regExp.js";
import { withTemporaryFolder } from "../go/temporary.js";
import { readBenchmarks, readCollections } from "./benchmarkOutput.js";

/** One of the two texts that are compared. */
export interface BenchmarkSide {
  readonly name: string;
  /** Absolute folders of the package, and of the module in which go is run. */
  readonly dir: string;
  readonly root: string;
  readonly overlays: Overlays;
}

export interface BenchmarkRequest {
  readonly setup: Pick<GoSetup, "go" | "env" | "flags">;
  readonly importPath: string;
  readonly before: BenchmarkSide;
  readonly after: BenchmarkSide;
  /** A regular expression as -bench takes it. */
  readonly pattern: string;
  /** How often each is run on each side. */
  readonly count: number;
  /** As -benchtime takes it: how long one run is to take. */
  readonly time: string;
}

/** Measurements of one benchmark by unit, a value for each run. */
export interface Measured {
  readonly name: string;
  /** How often the function ran in each run: the same on both sides. */
  readonly iterations: number;
  readonly before: ReadonlyMap<string, readonly number[]>;
  readonly after: ReadonlyMap<string, readonly number[]>;
}

/** "same" where both sides are the same program, byte for byte: then nothing is run. */
export type Measurements = readonly Measured[] | "same";

/** Units that the collector's trace adds. */
export const cyclesUnit = "GC-cycles";
export const pauseUnit = "GC-pause-ms";

/** A program that cannot be built or run; the message has what it wrote. */
export class BenchmarkError extends Error {}

/** Milliseconds for a build or one run. */
const timeLimit = 600_000;

/** Told before each run: a share from 0 to 1, and what is run. */
export type OnStep = (share: number, name: string) => void;

/**
 * Nothing is written into the package's folder but what benchmarks write themselves. Rejects with BenchmarkError,
 * GoCommandError and AbortError.
 */
export async function runBenchmarks(
  request: BenchmarkRequest,
  onStep: OnStep,
  signal: AbortSignal,
): Promise<Measurements> {
  onStep(0, request.importPath);
  return await withTemporaryFolder("before", (before) =>
    withTemporaryFolder("after", async (after) => {
      const programs = {
        before: await build(request.before, before, request, signal),
        after: await build(request.after, after, request, signal),
      };
      if (await isSame(programs.before.program, programs.after.program)) return "same";
      return await measure(programs, request, onStep, signal);
    }),
  );
}

/** Go's builds are reproducible: what has no part in what differs is the same byte for byte. */
async function isSame(before: string, after: string): Promise<boolean> {
  const [old, now] = await Promise.all([stat(before), stat(after)]);
  return old.size === now.size && (await readFile(before)).equals(await readFile(after));
}

async function measure(
  programs: Readonly<Record<"before" | "after", Program>>,
  request: BenchmarkRequest,
  onStep: OnStep,
  signal: AbortSignal,
): Promise<Measured[]> {
  const run = (program: Program, args: readonly string[]) => execute(program, args, request, signal);
  // With the same number of iterations on both sides, cycles and pauses of the collector can be compared.
  const first = await run(programs.before, [
    `-test.bench=${request.pattern}`,
    `-test.benchtime=${request.time}`,
  ]);
  const found = readBenchmarks(first.stdout);
  const measured: Measured[] = [];
  for (const [index, { name, iterations }] of found.entries()) {
    const args = [`-test.bench=${exactPattern(name)}`, `-test.benchtime=${iterations}x`];
    const sides = { before: new Map<string, number[]>(), after: new Map<string, number[]>() };
    for (let round = 0; round < request.count; round++) {
      onStep((index + round / request.count) / found.length, name);
      for (const side of round % 2 === 0 ? (["before", "after"] as const) : (["after", "before"] as const))
        record(sides[side], await run(programs[side], args));
    }
    measured.push({ name, iterations, ...sides });
  }
  return measured;
}

interface Program {
  readonly side: BenchmarkSide;
  /** Absolute path. */
  readonly program: string;
}

async function build(
  side: BenchmarkSide,
  folder: string,
  { setup }: BenchmarkRequest,
  signal: AbortSignal,
): Promise<Program> {
  const { overlays, name } = side;
  const program = path.join(folder, "benchmark.exe");
  const command = { setup, package: side, overlays, timeLimit };
  const { exitCode, stderr } = await runGoTest(command, () => ["-c", `-o=${program}`], signal);
  if (exitCode !== 0) throw new BenchmarkError(`${name}: ${stderr.trim()}`);
  return { side, program };
}

async function execute(
  { side, program }: Program,
  args: readonly string[],
  { setup }: BenchmarkRequest,
  signal: AbortSignal,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = { ...setup.env, GODEBUG: withTrace(setup.env["GODEBUG"]) };
  const all = ["-test.run=^$", "-test.benchmem", "-test.count=1", ...args];
  const result = await runProcess({
    ...{ file: program, args: all, cwd: side.dir, env, timeLimit, allowFailure: true, signal },
  });
  if (result.exitCode !== 0)
    throw new BenchmarkError(`${side.name}: ${`${result.stdout}${result.stderr}`.trim().slice(-2000)}`);
  return result;
}

function withTrace(value: string | undefined): string {
  return value === undefined || value === "" ? "gctrace=1" : `${value},gctrace=1`;
}

function record(
  values: Map<string, number[]>,
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
): void {
  const [line] = readBenchmarks(stdout);
  if (line === undefined) return;
  const { cycles, pause } = readCollections(stderr);
  for (const [unit, value] of [...line.values, [cyclesUnit, cycles] as const, [pauseUnit, pause] as const]) {
    const known = values.get(unit) ?? [];
    values.set(unit, known);
    known.push(value);
  }
}

/** A pattern for this one alone: it is matched element by element (`go help testflag`, -bench). */
function exactPattern(name: string): string {
  return name
    .split("/")
    .map((part) => `^${escapeRegExp(part)}$`)
    .join("/");
}
