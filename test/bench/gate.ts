/**
 * What the gate costs beside the builds that it stands next to, and whether it says the same each time. Compilers of the
 * check run below normal priority, so that beside other work its wall time says little; the processor's time is what is
 * held against the limits. Usage: node test/out/bench/gate.mjs [--rounds=3] [--cold] [module@version …]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import type { RealModule } from "../harness/realModule.js";
import { checkArguments, forEachModule, go, runOptions } from "./lib/gateRun.js";
import { count, flag } from "./lib/options.js";
import { Limits, percentile } from "./lib/statistics.js";

interface Pair {
  readonly name: string;
  /** The go command that does the same work. */
  readonly build: (gcflags: string) => readonly string[];
  readonly check: readonly string[];
  /** At most this share of the go command's processor time, when all is compiled and when all is replayed. */
  readonly limits: Readonly<Record<State, number>>;
}

type State = "compiled" | "replayed";

/**
 * A collection of commands, a server, and a linter. Of a small library's build the start of Node and of `go list` is the
 * larger part: chi, for instance, is to be named on the command line, and does not keep the limits of what is compiled.
 */
const usual = [
  "golang.org/x/tools@v0.52.0",
  "github.com/caddyserver/caddy/v2@v2.11.9",
  "honnef.co/go/tools@v0.8.2",
];

const pairs: readonly Pair[] = [
  {
    name: "messages alone",
    build: (gcflags) => ["build", gcflags, "./..."],
    check: ["--evidence=off", "--tests=off"],
    limits: { compiled: 0.5, replayed: 1.2 },
  },
  {
    name: "all, tests and evidence",
    build: (gcflags) => ["list", "-export", "-test", gcflags, "./..."],
    check: [],
    limits: { compiled: 1.3, replayed: 1.2 },
  },
];

const rounds = count("rounds", 3);
const limits = new Limits();
const median = (values: readonly number[]) => percentile(values, 0.5);
let differences = 0;
forEachModule(usual, (module) => {
  // Dependencies and the module itself are built once, as on a machine that is in use.
  go(module, "build", "./...");
  go(module, "list", "-export", "-test", "-deps", "./...");
  console.log(`${module.name}; load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  for (const pair of pairs) compare(module, pair);
  if (flag("cold")) printCold(module);
});
console.log(
  differences === 0 ? "every check said the same again" : `${differences} checks said something else`,
);
process.exitCode = differences === 0 ? limits.exitCode : 1;

/** Each round compiles once and replays once, on both sides. */
function compare(module: RealModule, pair: Pair): void {
  const ours: Record<State, Times[]> = { compiled: [], replayed: [] };
  const theirs: Record<State, Times[]> = { compiled: [], replayed: [] };
  const outputs = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const purpose = `kept-${pairs.indexOf(pair)}-${round}`;
    for (const state of ["compiled", "replayed"] as const) {
      theirs[state].push(times(module, "go", pair.build(flagsOf(pair, round)), purpose));
      ours[state].push(times(module, process.execPath, checkArguments(...pair.check), purpose));
    }
    const again = spawnSync(process.execPath, checkArguments(...pair.check), runOptions(module, purpose));
    outputs.add(again.stdout);
  }
  // A last one, of which nothing is known.
  const anew = spawnSync(process.execPath, checkArguments(...pair.check), runOptions(module, "kept-anew"));
  if (outputs.size !== 1 || !outputs.has(anew.stdout)) differences++;
  for (const state of ["compiled", "replayed"] as const) {
    const of = (side: typeof ours, kind: keyof Times) => median(side[state].map((each) => each[kind]));
    const [own, other] = [of(ours, "processor"), of(theirs, "processor")];
    const label = `${pair.name}, ${state}: ${own.toFixed(2)} s beside ${other.toFixed(2)} s`;
    limits.check(label, own / other, pair.limits[state]);
    const [waited, otherWaited] = [of(ours, "wall"), of(theirs, "wall")];
    console.log(
      `    on the clock: ${waited.toFixed(2)} s beside ${otherWaited.toFixed(2)} s   reported only`,
    );
  }
}

/** A variable that nobody reads makes the flags others each time, so that Go's cache knows nothing of them yet. */
function flagsOf(pair: Pair, round: number): string {
  return `-gcflags=-m=2 -env=ESCAPE_LENS_ROUND=${process.pid}.${pairs.indexOf(pair)}.${round}`;
}

/** Both sides from caches that are empty: the standard library is built as well. */
function printCold(module: RealModule): void {
  for (const pair of pairs) {
    const sides = [
      ["go", ...pair.build("-gcflags=-m=2")],
      [process.execPath, ...checkArguments(...pair.check)],
    ].map(([command = "", ...args], side) => {
      const cache = mkdtempSync(path.join(path.dirname(module.dir), "go-cache-"));
      const { processor: time } = times(module, command, args, `cold-${side}`, { GOCACHE: cache });
      rmSync(cache, { recursive: true, force: true });
      return time;
    });
    const [theirs = NaN, ours = NaN] = sides;
    console.log(
      `  ${pair.name}, empty caches: ${ours.toFixed(1)} s beside ${theirs.toFixed(1)} s   reported only`,
    );
  }
}

/** In seconds. */
interface Times {
  /** Of the whole machine, which is to be left alone: compilers are no children of the check, but of its watchdog. */
  readonly processor: number;
  readonly wall: number;
}

function times(
  module: RealModule,
  command: string,
  args: readonly string[],
  purpose: string,
  env: NodeJS.ProcessEnv = {},
): Times {
  const options = runOptions(module, purpose);
  const [before, started] = [machineTime(), performance.now()];
  spawnSync(command, args, { ...options, env: { ...options.env, ...env }, stdio: "ignore" });
  return { processor: machineTime() - before, wall: (performance.now() - started) / 1000 };
}

/** Seconds that all processors together have worked. */
function machineTime(): number {
  const worked = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return worked.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000;
}
