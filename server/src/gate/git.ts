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

/** Settings by which a repository decides what is run when it is read, or how paths are printed (git-config(1)). */
const guards = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["core.quotePath", "false"],
  ["diff.noprefix", "false"],
] as const;

/** Programs through which git hands the files of the work tree: `clean` and `process` while it compares them. */
const filterPattern = String.raw`^filter\..*\.(clean|smudge|process|required)$`;

type Setting = readonly [name: string, value: string];

/**
 * Git for a folder (absolute). Neither the filters that the repository's configuration names nor hooks, the file system
 * monitor or helpers of transports are run, what a partial clone lacks is not fetched, and no lock is taken on the person's
 * index. Filters of the person's own configuration are run as ever. Rejects with RevisionError and AbortError.
 */
export async function gitIn(cwd: string, options: GitOptions): Promise<Git> {
  const found = findOnPath("git", process.env["PATH"] ?? "");
  if (found === undefined) throw new RevisionError("git: not found in PATH");
  const file = await realpath(found);
  const { index, ...limits } = options;
  const base = environment(index);
  const run = async (args: readonly string[], settings: readonly Setting[]): Promise<string> => {
    try {
      const env = { ...base, ...asVariables(settings) };
      return (await runProcess({ file, args, cwd, env, ...limits })).stdout;
    } catch (error) {
      if (!(error instanceof GoCommandError)) throw error;
      throw new RevisionError(error.stderr.trim() === "" ? error.message : error.stderr.trim());
    }
  };
  const settings = [...guards, ...(await repositoryFilters((args) => run(args, guards)))];
  return (...args) => run(args, settings);
}

/** The filters that the repository itself names, all switched off. */
async function repositoryFilters(run: (args: readonly string[]) => Promise<string>): Promise<Setting[]> {
  const found: Setting[] = [];
  for (const scope of ["--local", "--worktree"]) {
    const args = ["config", scope, "--includes", "--null", "--name-only", "--get-regexp", filterPattern];
    // Git fails where there are none, and so it does outside of repositories, of which the next question tells.
    const names = await run(args).catch((error: unknown) => {
      if (error instanceof RevisionError) return "";
      throw error;
    });
    for (const name of names.split("\0"))
      if (name !== "") found.push([name, name.endsWith(".required") ? "false" : ""]);
  }
  return found;
}

function environment(index: string | undefined): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && !foreign.test(name)) env[name] = value;
  return {
    ...env,
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    // An object that a partial clone lacks is fetched from an address of the repository's own, which may be a command.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    ...(index !== undefined && { GIT_INDEX_FILE: index }),
  };
}

/**
 * Settings that go before those of all files. As variables, because a name may hold a `=` (git-config(1),
 * GIT_CONFIG_COUNT); those that the person has set so stay in front.
 */
function asVariables(settings: readonly Setting[]): Record<string, string> {
  const before = Number(process.env["GIT_CONFIG_COUNT"] ?? 0) || 0;
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(before + settings.length) };
  for (const [index, [name, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${before + index}`] = name;
    variables[`GIT_CONFIG_VALUE_${before + index}`] = value;
  }
  return variables;
}
