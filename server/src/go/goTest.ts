/** Runs `go test` on one package. */
import { folderPattern } from "./buildPlan.js";
import type { GoSetup } from "./goSetup.js";
import { writeOverlay } from "./overlay.js";
import type { GoPackage, Overlays } from "./packages.js";
import { runProcess } from "./process.js";
import type { ProcessResult } from "./processRun.js";
import { withTemporaryFolder } from "./temporary.js";

export interface GoTestRequest {
  readonly setup: Pick<GoSetup, "go" | "env" | "flags">;
  readonly package: Pick<GoPackage, "dir" | "root">;
  /** Contents that are not on disk. */
  readonly overlays: Overlays;
  /** Milliseconds for one run, the build included. */
  readonly timeLimit: number;
}

/**
 * Runs the tests once, not from the cache; an exit code other than 0 is a result. Nothing but what the tests themselves do
 * touches the package's folder.
 *
 * @param flags Further flags (`go help testflag`); they get a temporary folder (absolute path) that goes with the run.
 *
 * Rejects with GoCommandError where go cannot be run or the time is up, and with AbortError.
 */
export async function runGoTest(
  request: GoTestRequest,
  flags: (folder: string) => readonly string[],
  signal: AbortSignal,
): Promise<ProcessResult> {
  const { setup, overlays, timeLimit } = request;
  const { dir, root } = request.package;
  return await withTemporaryFolder("test", async (folder) => {
    const args = [
      "test",
      "-count=1",
      "-vet=off",
      ...setup.flags,
      `-overlay=${await writeOverlay(folder, overlays)}`,
      ...flags(folder),
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
    return await runProcess(command);
  });
}
