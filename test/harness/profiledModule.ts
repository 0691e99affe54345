/** Real modules whose benchmarks, or tests, have run under a profile of every allocation. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { JsonReport } from "../../server/src/cli/json.js";
import { serverOut } from "./paths.js";
import { realModule } from "./realModule.js";

export interface ProfiledModule {
  readonly dir: string;
  /** What `escapelens report --profile` says of all its packages. Throws what it said instead. */
  report(): JsonReport & Required<Pick<JsonReport, "profile">>;
  /** Runs the command-line tool in the module; returns what it printed. Throws where it ends with more than findings. */
  escapelens(...args: readonly string[]): string;
  dispose(): void;
}

/** Iterations of each benchmark: enough for what each of them allocates to be seen. */
const iterations = "200x";

/**
 * Downloads `module@version:./package` (the package is that of the module's folder unless given) and runs the package's
 * benchmarks, or where it has none its tests. Throws with what go printed.
 */
export function profiledModule(subject: string): ProfiledModule {
  const [name = "", folder = "."] = subject.split(/:(?=\.)/);
  const module = realModule(name);
  const { dir } = module;
  const dispose = () => {
    module.dispose();
  };
  const profile = path.join(dir, "..", "mem.pprof");
  const escapelens = (...args: readonly string[]) =>
    output(process.execPath, [path.join(serverOut, "cli.js"), ...args], dir, [0, 1]);
  const runs = hasBenchmarks(path.join(dir, folder))
    ? ["-run=^$", "-bench=.", `-benchtime=${iterations}`]
    : ["-run=."];
  const profiling = [`-memprofile=${profile}`, "-memprofilerate=1", "-o", path.join(dir, "..", "test.exe")];
  try {
    output("go", ["test", ...runs, ...profiling, folder], dir, [0]);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    dir,
    report() {
      const report = JSON.parse(escapelens("report", "--profile", profile, "--format=json")) as JsonReport;
      const { profile: joined } = report;
      if (joined === undefined) throw new Error(`${subject}: the report has no profile.`);
      return { ...report, profile: joined };
    },
    escapelens,
    dispose,
  };
}

/** Whether the test files of a package's folder have benchmarks. */
export function hasBenchmarks(folder: string): boolean {
  const tests = readdirSync(folder).filter((name) => name.endsWith("_test.go"));
  return tests.some((name) => /^func Benchmark/m.test(readFileSync(path.join(folder, name), "utf8")));
}

function output(file: string, args: readonly string[], cwd: string, expected: readonly number[]): string {
  const { stdout, stderr, status } = spawnSync(file, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status === null || !expected.includes(status)) throw new Error(`${args.join(" ")}: ${stderr}${stdout}`);
  return stdout;
}
