/** Another revision of the workspace, taken out of git into a temporary folder: nothing is written into the repository. */
import { existsSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { GoCommandError } from "../go/commandError.js";
import { runProcess } from "../go/process.js";
import { createTemporaryFolder } from "../go/temporary.js";

/** Git is missing, the folder is in no repository, or there is no such revision; the message is git's. */
export class RevisionError extends Error {}

export interface CheckedOutRevision {
  /** The folder's counterpart (absolute); undefined where the revision does not have it. */
  readonly folder: string | undefined;
  /** Full hash of the commit. */
  readonly commit: string;
}

/**
 * Takes a revision out of the repository of a folder. The temporary folder goes when the process ends.
 *
 * An index of its own (GIT_INDEX_FILE) leaves the person's one and their work tree alone; hooks and the file system
 * monitor are switched off, since the repository's configuration must not decide what is run. Rejects with RevisionError
 * and AbortError.
 */
export async function checkOutRevision(
  folder: string,
  revision: string,
  signal: AbortSignal,
): Promise<CheckedOutRevision> {
  const temporary = await createTemporaryFolder("revision");
  const git = gitRunner(await findGit(process.env["PATH"] ?? ""), path.join(temporary, "index"), signal);
  const top = (await git(folder, ["rev-parse", "--show-toplevel"])).trim();
  const commit = (
    await git(folder, ["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`])
  ).trim();
  const tree = path.join(temporary, "tree");
  await mkdir(tree);
  await git(top, ["read-tree", commit]);
  await git(top, ["checkout-index", "--all", "--quiet", `--prefix=${tree}${path.sep}`]);
  const counterpart = path.join(tree, path.relative(await realpath(top), await realpath(folder)));
  return { folder: existsSync(counterpart) ? counterpart : undefined, commit };
}

type RunGit = (cwd: string, args: readonly string[]) => Promise<string>;

function gitRunner(file: string, index: string, signal: AbortSignal): RunGit {
  // In a hook git names its own index and folders, which are not meant for us.
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX)$/.test(name)) env[name] = value;
  env["GIT_INDEX_FILE"] = index;
  const guards = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];
  return async (cwd, args) => {
    try {
      return (await runProcess({ file, args: [...guards, ...args], cwd, env, signal })).stdout;
    } catch (error) {
      if (!(error instanceof GoCommandError)) throw error;
      throw new RevisionError(error.stderr.trim() === "" ? error.message : error.stderr.trim());
    }
  };
}

/** Git of an absolute folder of PATH: the current folder must not decide what is run. Rejects with RevisionError. */
export async function findGit(searchPath: string): Promise<string> {
  const name = process.platform === "win32" ? "git.exe" : "git";
  for (const folder of searchPath.split(path.delimiter)) {
    const file = path.join(folder, name);
    if (path.isAbsolute(folder) && existsSync(file)) return await realpath(file);
  }
  throw new RevisionError("git: not found in PATH");
}
