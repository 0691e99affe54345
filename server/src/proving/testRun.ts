/** Runs the tests of a package with contents that are not on disk, and reads what `go test -json` says of them. */
import { type GoTestRequest, runGoTest } from "../go/goTest.js";

export type TestOutcome = "pass" | "fail" | "skip";

export interface TestResults {
  /** Subtests by their full names; in the order in which they ended. */
  readonly outcomes: ReadonlyMap<string, TestOutcome>;
  /** Whether all went well: also without any test. */
  readonly passed: boolean;
  /** What the tests, or the build that failed, have written. */
  readonly output: string;
}

export interface TestRequest extends GoTestRequest {
  /** A regular expression for the names of the tests that are run (`go help testflag`, -run); all unless given. */
  readonly run?: string;
}

/** Runs the tests once, as runGoTest; an exit code other than 0 is a result. */
export async function runTests(request: TestRequest, signal: AbortSignal): Promise<TestResults> {
  const { run } = request;
  const flags = ["-json", ...(run === undefined ? [] : [`-run=${run}`])];
  const { stdout, stderr, exitCode } = await runGoTest(request, () => flags, signal);
  return { ...readEvents(stdout, stderr), passed: exitCode === 0 };
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
