/** Runs git, which reads the repository's history and has no say in what else is run. */
import { realpath } from "node:fs/promises";
import { GoCommandError } from "../go/commandError.js";
import { findOnPath } from "../go/findOnPath.js";
import { runProcess } from "../go/process.js";

/** Git is missing, the folder is in no repository, or there is no such revision; the message is git's. */
export class RevisionError extends Error {}

export interface GitOptions {
  readonly signal: AbortSignal;
  /** Milliseconds after which git is no longer waited for. */
  readonly timeLimit?: number;
  /** An index to work with instead of the person's one (absolute path). */
  readonly index?: string;
}

/** Runs git with these arguments; resolves to its output. Rejects with RevisionError and AbortError. */
export type Git = (...args: readonly string[]) => Promise<string>;

/** In a hook git names its own folders, which are not meant for us; and a person may have programs run for diffs. */
const foreign = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|EXTERNAL_DIFF|DIFF_OPTS)$/;

/** The repository's configuration must not decide what is run, nor how paths are printed. */
const guards = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.quotePath=false",
  "diff.noprefix=false",
].flatMap((setting) => ["-c", setting]);

/** Git for a folder (absolute): no lock is taken on the person's index. Rejects with RevisionError. */
export async function gitIn(cwd: string, options: GitOptions): Promise<Git> {
  const found = findOnPath("git", process.env["PATH"] ?? "");
  if (found === undefined) throw new RevisionError("git: not found in PATH");
  const file = await realpath(found);
  const { index, ...limits } = options;
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && !foreign.test(name)) env[name] = value;
  env["GIT_OPTIONAL_LOCKS"] = "0";
  if (index !== undefined) env["GIT_INDEX_FILE"] = index;
  return async (...args) => {
    try {
      return (await runProcess({ file, args: [...guards, ...args], cwd, env, ...limits })).stdout;
    } catch (error) {
      if (!(error instanceof GoCommandError)) throw error;
      throw new RevisionError(error.stderr.trim() === "" ? error.message : error.stderr.trim());
    }
  };
}
