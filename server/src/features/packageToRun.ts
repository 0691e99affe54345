import type { PackageLocator } from "../analysis/packageLocator.js";
import { problemSentence } from "../explain/problem.js";
import type { GoSetup } from "../go/goSetup.js";
import type { GoPackage } from "../go/packages.js";

export interface PackageToRun {
  readonly package: GoPackage;
  readonly setup: GoSetup;
}

/**
 * The package of a file (absolute path), and go to run what is in it; a sentence where one of them is missing. Rejects with
 * AbortError and as `go list` does.
 */
export async function packageToRun(
  file: string,
  locator: Pick<PackageLocator, "locate" | "setUp">,
  signal: AbortSignal,
): Promise<PackageToRun | { readonly problem: string }> {
  const located = await locator.locate(file, signal);
  if ("problem" in located) return { problem: problemSentence(located.problem) };
  const answer = await locator.setUp(located.package.root);
  if ("problem" in answer) return { problem: problemSentence(answer.problem) };
  return { package: located.package, setup: answer.setup };
}
