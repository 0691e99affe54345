/** Runs the tests of a package with contents that are not on disk, and reads what `go test -json` says of them. */
import { folderPattern } from "../go/buildPlan.js";
import type { GoSetup } from "../go/goSetup.js";
import { writeOverlay } from "../go/overlay.js";
import type { GoPackage, Overlays } from "../go/packages.js";
import { runProcess } from "../go/process.js";
import { withTemporaryFolder } from "../go/temporary.js";

export type TestOutcome = "pass" | "fail" | "skip";

export interface TestResults {
  /** Subtests by their full names; in the order in which they ended. */
  readonly outcomes: ReadonlyMap<string, TestOutcome>;
  /** Whether all went well: also without any test. */
  readonly passed: boolean;
  /** What the tests, or the build that failed, have written. */
  readonly output: string;
}

export interface TestRequest {
  readonly setup: Pick<GoSetup, "go" | "env" | "flags">;
  readonly package: GoPackage;
  readonly overlays: Overlays;
  /** Milliseconds for one run, the build included. */
  readonly timeLimit: number;
  /** A regular expression for the names of the tests that are run (`go help testflag`, -run); all unless given. */
  readonly run?: string;
}

/**
 * Runs the tests once, not from the cache. Nothing but what the tests themselves do touches the package's folder. Rejects
 * with GoCommandError where go cannot be run or the time is up, and with AbortError.
 */
export async function runTests(request: TestRequest, signal: AbortSignal): Promise<TestResults> {
  const { setup, timeLimit, run } = request;
  const { dir, root } = request.package;
  return await withTemporaryFolder("prove", async (folder) => {
    const args = [
      "test",
      "-json",
      "-count=1",
      "-vet=off",
      ...setup.flags,
      `-overlay=${await writeOverlay(folder, request.overlays)}`,
      ...(run === undefined ? [] : [`-run=${run}`]),
      // Without the -- of other commands: behind it would be arguments of the tests.
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
    return { ...readEvents(stdout, stderr), passed: exitCode === 0 };
  });
}

/** The events of `go doc test2json`; other lines, as of a failed build before Go 1.24, count as output. */
export function readEvents(stdout: string, stderr: string): Pick<TestResults, "outcomes" | "output"> {
  const outcomes = new Map<string, TestOutcome>();
  const output: string[] = [];
  for (const line of stdout.split("\n")) {
    const event = readEvent(line);
    if (event === undefined) {
      if (line !== "") output.push(`${line}\n`);
    } else if (event.Output !== undefined) output.push(event.Output);
    else if (event.Test !== undefined && isOutcome(event.Action)) outcomes.set(event.Test, event.Action);
  }
  return { outcomes, output: output.join("") + stderr };
}

interface TestEvent {
  readonly Action?: string;
  readonly Test?: string;
  readonly Output?: string;
}

function readEvent(line: string): TestEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as TestEvent;
  } catch {
    return undefined;
  }
}

function isOutcome(action: string | undefined): action is TestOutcome {
  return action === "pass" || action === "fail" || action === "skip";
}
