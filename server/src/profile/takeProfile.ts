/** Runs one test, benchmark or example with a memory profile of every allocation. */
import path from "node:path";
import { type GoTestRequest, runGoTest } from "../go/goTest.js";
import { createTemporaryFolder } from "../go/temporary.js";
import { functionsOf } from "../syntax/functionList.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";

/** A function that `go test` runs. */
export interface TestFunction {
  readonly name: string;
  readonly kind: "test" | "benchmark";
}

/** What a line (from 0) of a test file stands in; undefined outside of all (`go help testfunc`). */
export function testAt(source: SourceText, line: number): TestFunction | undefined {
  return withTree(source, (tree) => {
    const found = functionsOf(tree).find(({ span }) => {
      const { start, end } = source.range(span.start, span.end);
      return start.line <= line && line <= end.line;
    });
    const match = /^(Benchmark|Test|Example|Fuzz)(?!\p{Ll})/u.exec(found?.name ?? "");
    if (found === undefined || match === null || found.name === "TestMain") return undefined;
    return { name: found.name, kind: match[1] === "Benchmark" ? "benchmark" : "test" };
  });
}

export interface TakeRequest extends Omit<GoTestRequest, "timeLimit"> {
  readonly test: TestFunction;
}

/** Milliseconds for the build and the run: with every allocation recorded, code takes several times as long. */
const timeLimit = 600_000;

/**
 * Returns the absolute path of the profile, in a temporary folder that goes with the process; or what the test wrote when
 * it failed. Nothing but what the test itself does touches the workspace. Rejects with GoCommandError and AbortError.
 */
export async function takeProfile(
  { test, ...request }: TakeRequest,
  signal: AbortSignal,
): Promise<{ readonly file: string } | { readonly failure: string }> {
  const file = path.join(createTemporaryFolder("profile"), `${test.name}.pprof`);
  const isBenchmark = test.kind === "benchmark";
  const flags = (folder: string) => [
    `-run=^${isBenchmark ? "" : test.name}$`,
    ...(isBenchmark ? [`-bench=^${test.name}$`, "-benchtime=1s"] : []),
    `-memprofile=${file}`,
    "-memprofilerate=1",
    // With a profile, go test leaves the program behind: not in the package's folder.
    `-o=${path.join(folder, "test.exe")}`,
  ];
  const { stdout, stderr, exitCode } = await runGoTest({ ...request, timeLimit }, flags, signal);
  return exitCode === 0 ? { file } : { failure: `${stdout}${stderr}`.trim() };
}
