/** Runs one test, benchmark or example with a memory profile of every allocation. */
import path from "node:path";
import { folderPattern } from "../go/buildPlan.js";
import type { GoSetup } from "../go/goSetup.js";
import { writeOverlay } from "../go/overlay.js";
import type { GoPackage, Overlays } from "../go/packages.js";
import { runProcess } from "../go/process.js";
import { createTemporaryFolder, withTemporaryFolder } from "../go/temporary.js";
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

export interface TakeRequest {
  readonly setup: Pick<GoSetup, "go" | "env" | "flags">;
  readonly package: GoPackage;
  readonly test: TestFunction;
  /** Texts of the editor that are not on disk. */
  readonly overlays: Overlays;
}

/** Milliseconds for the build and the run: with every allocation recorded, code takes several times as long. */
const timeLimit = 600_000;

/**
 * Returns the absolute path of the profile, in a temporary folder that goes with the process; or what the test wrote when
 * it failed. Nothing but what the test itself does touches the workspace. Rejects with GoCommandError and AbortError.
 */
export async function takeProfile(
  { setup, package: { dir, root }, test, overlays }: TakeRequest,
  signal: AbortSignal,
): Promise<{ readonly file: string } | { readonly failure: string }> {
  const file = path.join(await createTemporaryFolder("profile"), `${test.name}.pprof`);
  const isBenchmark = test.kind === "benchmark";
  return await withTemporaryFolder("profiled", async (folder) => {
    const args = [
      "test",
      "-count=1",
      "-vet=off",
      ...setup.flags,
      `-overlay=${await writeOverlay(folder, overlays)}`,
      `-run=^${isBenchmark ? "" : test.name}$`,
      ...(isBenchmark ? [`-bench=^${test.name}$`, "-benchtime=1s"] : []),
      `-memprofile=${file}`,
      "-memprofilerate=1",
      // With a profile, go test leaves the program behind: not in the package's folder.
      `-o=${path.join(folder, "test.exe")}`,
      folderPattern(root, dir),
    ];
    const command = {
      file: setup.go,
      args,
      cwd: root,
      env: setup.env,
      timeLimit,
      allowFailure: true,
      signal,
    };
    const { stdout, stderr, exitCode } = await runProcess(command);
    return exitCode === 0 ? { file } : { failure: `${stdout}${stderr}`.trim() };
  });
}
