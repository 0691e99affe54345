/** All that is needed to run the go command for a folder: found out once, and used for every command there. */
import { createHash } from "node:crypto";
import path from "node:path";
import type { DroppedFlag } from "./buildFlags.js";
import { planBuild, type BuildSettings } from "./buildPlan.js";
import { GoCommandError } from "./commandError.js";
import {
  buildEnvironment,
  goEnvironment,
  readGoEnvironment,
  type Environment,
  type EnvironmentSources,
  type GoEnvironment,
} from "./environment.js";
import { parseModules } from "./listOutput.js";
import { problemOf } from "./packageGraph.js";
import type { GoProblem } from "./problems.js";
import { runProcess } from "./process.js";
import { copyWorkFile } from "./workspaceFile.js";

export interface GoSetup {
  /** Absolute path of the go command. */
  readonly go: string;
  /** For `go list`, builds and tools. */
  readonly env: Environment;
  /** Build flags from the settings; those of GOFLAGS are in `env`. */
  readonly flags: readonly string[];
  /** Flags of settings and GOFLAGS that were left out and that the person should know of. */
  readonly dropped: readonly DroppedFlag[];
  readonly info: GoEnvironment;
}

export interface SetupRequest {
  /** Absolute path of the go command. */
  readonly go: string;
  /** Absolute folder of the module (`findPackageRoot`), or of the package outside modules. */
  readonly root: string;
  readonly sources: EnvironmentSources;
  readonly build: BuildSettings;
}

/**
 * Asks the go command about a folder and makes the environment and the flags for it. In a workspace (go.work) it also
 * makes a copy of go.work below the temporary folder; it has to be called again when go.work or go.work.sum change.
 *
 * Problems are returned: `old-go`, `toolchain`, `module-files`. Throws GoCommandError when go cannot be run, AbortError.
 */
export async function setUpGo(
  request: SetupRequest,
  signal: AbortSignal,
): Promise<{ readonly setup: GoSetup } | { readonly problem: GoProblem }> {
  const { go, root, sources } = request;
  const environment = goEnvironment(sources);
  const answer = await readGoEnvironment(go, root, environment, signal);
  if ("problem" in answer) return answer;
  const info = answer.go;
  try {
    const workFile = await ownWorkFile(request, info, environment, signal);
    const { environment: env, dropped } = buildEnvironment(environment, info, workFile);
    const plan = planBuild(request.build);
    return { setup: { go, env, flags: plan.flags, dropped: [...plan.dropped, ...dropped], info } };
  } catch (error) {
    if (error instanceof GoCommandError && error.exitCode !== null) return { problem: problemOf(error) };
    throw error;
  }
}

async function ownWorkFile(
  { go, sources }: SetupRequest,
  { gowork }: GoEnvironment,
  env: Environment,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (gowork === "") return undefined;
  const name = createHash("sha256").update(gowork).digest("hex").slice(0, 16);
  return await copyWorkFile(go, gowork, path.join(sources.temporaryFolder, `work-${name}`), env, signal);
}

/** A module of the person: the one of the folder, or one that go.work lists. */
export interface MainModule {
  readonly path: string;
  /** Absolute folder. */
  readonly dir: string;
}

/**
 * The main modules seen from a folder. `./...` in the folder of a go.work finds nothing unless that folder is a module
 * itself, so whoever analyses a workspace asks for its modules and runs go in each.
 *
 * Empty outside modules. Rejects with GoCommandError (`problemOf` says which problem that is) and AbortError.
 */
export async function listMainModules(
  setup: Pick<GoSetup, "go" | "env">,
  cwd: string,
  signal: AbortSignal,
): Promise<MainModule[]> {
  const command = { file: setup.go, args: ["list", "-m", "-json"], cwd, env: setup.env, signal };
  const { stdout } = await runProcess({ ...command, timeLimit: 60_000 });
  return parseModules(stdout).flatMap(({ Path, Dir, Main }) =>
    Main === true && Dir !== undefined ? [{ path: Path, dir: Dir }] : [],
  );
}
