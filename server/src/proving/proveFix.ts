/** Tries a fix without making it: the package's tests, and what a call allocates, before and after. */
import * as l10n from "@vscode/l10n";
import { editedOverlays } from "../analysis/applyEdit.js";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";
import type { Edit } from "../analysis/verify.js";
import { GoCommandError } from "../go/commandError.js";
import type { GoSetup } from "../go/goSetup.js";
import type { Overlays } from "../go/packages.js";
import { allocationTest, type Measured, readMeasurement } from "./allocationTest.js";
import { runTests, type TestResults } from "./testRun.js";

export interface ProofRequest {
  readonly setup: Pick<GoSetup, "go" | "env" | "flags">;
  readonly snapshot: Snapshot;
  readonly site: Site;
  readonly edit: Edit;
  /** Milliseconds for each run of tests; two minutes unless given. */
  readonly timeLimit?: number;
}

/** Of the same thing on both sides. */
export interface Sides<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** Why there is nothing, as a sentence. */
export interface Absent {
  readonly reason: string;
}

export interface ProofResult {
  readonly tests: Sides<TestResults> | Absent;
  readonly allocations: (Sides<Measured> & { readonly call: string }) | Absent;
}

/** Told of each of the four runs: a share from 0 to 1, and what is run. */
export type OnStep = (share: number, message: string) => void;

const defaultTimeLimit = 120_000;

/**
 * Runs the person's own code: only for a workspace that they trust. The fix is only in an overlay (`go help build`,
 * -overlay), so that nothing is written. Rejects with AbortError, and with GoCommandError where go cannot be started.
 */
export async function proveFix(
  request: ProofRequest,
  onStep: OnStep,
  signal: AbortSignal,
): Promise<ProofResult> {
  const { snapshot, edit } = request;
  const overlays = { before: snapshot.overlays, after: editedOverlays(edit, snapshot) };
  const tests = await testBoth(request, overlays, onStep, signal);
  const allocations = await measureBoth(request, overlays, onStep, signal);
  return { tests, allocations };
}

async function testBoth(
  request: ProofRequest,
  overlays: Sides<Overlays>,
  onStep: OnStep,
  signal: AbortSignal,
): Promise<ProofResult["tests"]> {
  const { package: goPackage } = request.snapshot;
  if (goPackage.variants.every(({ forTest }) => forTest === null))
    return { reason: l10n.t("The package has no tests.") };
  return await inTime(request, async (timeLimit) => {
    const run = (side: Overlays) =>
      runTests({ setup: request.setup, package: goPackage, overlays: side, timeLimit }, signal);
    onStep(0, l10n.t("tests as they are"));
    const before = await run(overlays.before);
    onStep(0.35, l10n.t("tests with the fix"));
    return { before, after: await run(overlays.after) };
  });
}

async function measureBoth(
  request: ProofRequest,
  overlays: Sides<Overlays>,
  onStep: OnStep,
  signal: AbortSignal,
): Promise<ProofResult["allocations"]> {
  const { snapshot, site, setup } = request;
  const test = allocationTest(site, snapshot);
  if ("reason" in test) return test;
  return await inTime(request, async (timeLimit) => {
    const measure = async (side: Overlays) => {
      const results = await runTests(
        {
          setup,
          package: snapshot.package,
          overlays: new Map([...side, [test.file, test.text]]),
          run: `^${test.testName}$`,
          timeLimit: Math.min(timeLimit, 60_000),
        },
        signal,
      );
      return readMeasurement(results.output);
    };
    onStep(0.7, l10n.t("allocations as they are"));
    const before = await measure(overlays.before);
    if ("reason" in before) return before;
    onStep(0.85, l10n.t("allocations with the fix"));
    const after = await measure(overlays.after);
    return "reason" in after ? after : { before, after, call: test.call };
  });
}

/** What takes too long is a result, too. */
async function inTime<Result>(
  { timeLimit = defaultTimeLimit }: ProofRequest,
  run: (timeLimit: number) => Promise<Result>,
): Promise<Result | Absent> {
  try {
    return await run(timeLimit);
  } catch (error) {
    if (!(error instanceof GoCommandError) || !["timeout", "output-limit"].includes(error.kind)) throw error;
    return { reason: l10n.t("It took too long, and was ended after {0} s.", Math.round(timeLimit / 1000)) };
  }
}
