/** What a module's own tools say of it: its tests one by one, its compile, go vet and gofmt. */
import { spawnSync } from "node:child_process";

export interface ModuleState {
  /** Lines of the compiler; empty where all packages and tests compile. */
  readonly errors: readonly string[];
  /** `pass`, `fail` or `skip` by package and test; a package as a whole is a test without a name. */
  readonly tests: ReadonlyMap<string, string>;
  /** What go vet says, places left out, as edits move them. */
  readonly vet: readonly string[];
}

interface TestEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
}

/** Runs everything in the folder of the module, for the packages of a pattern such as `./...`. */
export function moduleState(dir: string, pattern: string): ModuleState {
  const vet = go(dir, ["vet", pattern]);
  const build = go(dir, ["test", "-count=1", "-run=^$", "-vet=off", pattern]);
  const tests = new Map<string, string>();
  for (const line of go(dir, ["test", "-count=1", "-vet=off", "-json", "-p=2", pattern]).stdout.split("\n")) {
    const event = parsed(line);
    if (event !== undefined && ["pass", "fail", "skip"].includes(event.Action))
      tests.set(testName(event), event.Action);
  }
  return {
    errors: build.status === 0 ? [] : `${build.stdout}${build.stderr}`.split("\n"),
    tests,
    vet: vet.stderr
      .split("\n")
      .filter((line) => /^\S+\.go:\d/.test(line.replace(/^vet: /, "")))
      .map((line) => line.replace(/:\d+(?::\d+)?: /, ": ")),
  };
}

/** What is worse than before, in lines for a person. */
export function losses(before: ModuleState, after: ModuleState): string[] {
  const compile = before.errors.length === 0 ? after.errors : [];
  const tests = [...before.tests].filter(([name, result]) => after.tests.get(name) !== result);
  const known = counted(before.vet);
  const vet = [...counted(after.vet)].filter(([line, count]) => count > (known.get(line) ?? 0));
  return [
    ...compile.map((line) => `does not compile: ${line}`),
    ...tests.map(
      ([name, result]) => `test ${name}: ${result} before, ${after.tests.get(name) ?? "absent"} now`,
    ),
    ...vet.map(([line]) => `go vet: ${line}`),
  ];
}

/** Those of the files (absolute paths) that gofmt would change. */
export function misformatted(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const { stdout, stderr } = spawnSync("gofmt", ["-l", ...files], { encoding: "utf8" });
  return `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
}

function go(dir: string, args: readonly string[]) {
  return spawnSync("go", args, { cwd: dir, encoding: "utf8", maxBuffer: 2 ** 30 });
}

/** Subtests may be named after temporary folders and pointers, which differ from run to run. */
function testName({ Package = "", Test = "" }: TestEvent): string {
  return `${Package} ${Test.replace(/0x[0-9a-f]+|\d{6,}/g, "#")}`.trimEnd();
}

function parsed(line: string): TestEvent | undefined {
  return line.startsWith("{") ? (JSON.parse(line) as TestEvent) : undefined;
}

function counted(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
