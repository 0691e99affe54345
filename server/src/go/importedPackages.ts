/** Asks `go list` where packages stand and what they are called, without looking at what these are built from. */
import { listArguments } from "./buildPlan.js";
import type { GoSetup } from "./goSetup.js";
import { parseListing } from "./listOutput.js";
import { sourceFiles } from "./planRecorder.js";
import { runProcess } from "./process.js";

export interface ImportedPackage {
  readonly importPath: string;
  /** The name in its package clause, which its import path need not end in. */
  readonly name: string;
  /** Absolute folder. */
  readonly dir: string;
  /** Absolute paths of the Go files that the build takes, cgo files included. */
  readonly files: readonly string[];
}

/** Milliseconds: nothing is built or fetched, so that more means that something hangs. */
const timeLimit = 10_000;

/**
 * The packages of some import paths, or absolute folders, as the module in `root` (absolute path) sees them; those that
 * cannot be found are left out. Throws GoCommandError and AbortError.
 */
export async function importedPackages(
  { go, env, flags }: Pick<GoSetup, "go" | "env" | "flags">,
  root: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<ImportedPackage[]> {
  if (patterns.length === 0) return [];
  const fields = ["ImportPath", "Name", "Dir", "GoFiles", "CgoFiles"];
  const [command = "", ...rest] = listArguments({ flags, patterns, tests: false }, fields);
  const args = [command, "-find", ...rest];
  const { stdout } = await runProcess({
    ...{ file: go, args, cwd: root, env, signal },
    ...{ timeLimit, allowFailure: true },
  });
  return parseListing(stdout).flatMap((listed) => {
    const { ImportPath: importPath, Name: name, Dir: dir } = listed;
    if (name === undefined || dir === undefined) return [];
    return [{ importPath, name, dir, files: sourceFiles(listed) }];
  });
}
