/** The toolchain of a run of the tool: the go command, the packages, and how they are compiled. */
import * as l10n from "@vscode/l10n";
import { cpus } from "node:os";
import type { BuildOptions } from "../analysis/goSetups.js";
import { describeSetup, GoSetups } from "../analysis/goSetups.js";
import { BatchEngine, type BatchOptions } from "../compiler/batchEngine.js";
import type { Engine } from "../compiler/engine.js";
import { parallelism } from "../go/buildPlan.js";
import { findCompileTool } from "../go/compileTool.js";
import type { GoSetup } from "../go/goSetup.js";
import type { DirectBuild } from "../go/listedBuild.js";
import { moduleRoots } from "../go/moduleRoots.js";
import { loadPackages, type PackageGraph } from "../go/packageGraph.js";
import type { GoPackage } from "../go/packages.js";
import type { GoProblem } from "../go/problems.js";
import { listBuild } from "../go/workspaceListing.js";
import { keptResults, keyOf } from "./keptResults.js";
import { UsageError } from "./options.js";
import { ToolchainProblem } from "./toolchainProblem.js";

export interface ToolchainRequest {
  /** Absolute folder in which the command was called. */
  readonly folder: string;
  readonly patterns: readonly string[];
  readonly tests: boolean;
  readonly tags?: string;
  /** Path of the go command. */
  readonly go?: string;
  /** For the go command: GOOS, GOARCH, GOTOOLCHAIN. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether the compiler is to be called directly: what the packages import is built then, and they themselves. */
  readonly direct?: boolean;
}

export interface Toolchain {
  readonly setup: GoSetup;
  /** Absolute folders in which patterns were looked up. */
  readonly roots: readonly string[];
  readonly engine: Engine;
  /** How the go command is run, for questions that the engine does not ask. */
  readonly batch: BatchOptions;
  readonly packages: readonly GoPackage[];
  /** Empty unless it was asked for, and where packages are built with a profile, which only the go command can do. */
  readonly builds: readonly DirectBuild[];
  readonly go: string;
  readonly target: string;
}

/** Finds go, loads the packages, and makes the engine for them. Throws ToolchainProblem when nothing can be analysed. */
export async function openToolchain(request: ToolchainRequest, signal: AbortSignal): Promise<Toolchain> {
  const options: BuildOptions = {
    path: request.go ?? "",
    alternateGo: "",
    goroot: "",
    buildFlags: [],
    buildTags: request.tags ?? "",
    env: request.variables,
    pgo: "auto",
  };
  const answer = await new GoSetups().of(request.folder, options, []);
  if ("problem" in answer) throw toolchainProblem(answer.problem, request);
  const { setup } = answer;
  const loaded = { packages: new Array<GoPackage>(), problems: new Array<GoProblem>() };
  const builds: DirectBuild[] = [];
  const roots = await moduleRoots(request.folder, setup, signal);
  for (const root of roots) {
    const found = await loadRoot(request, setup, root, signal);
    loaded.packages.push(...found.packages);
    loaded.problems.push(...found.problems);
    if (found.build !== undefined) builds.push(found.build);
  }
  const { problems } = loaded;
  // The go command's order is that of its patterns in one listing, and that of dependence in the other.
  const packages = loaded.packages.sort((a, b) => (a.importPath < b.importPath ? -1 : 1));
  const [problem] = problems;
  if (packages.length === 0 && problem !== undefined) throw toolchainProblem(problem, request);
  const { go, env, flags } = setup;
  const batch = { go, env, flags, parallelism: parallelism("cli", cpus().length) };
  const { go: version, target } = describeSetup(setup);
  const isProfiled = builds.some(({ listing }) => listing.isProfiled);
  return {
    setup,
    roots,
    engine: new BatchEngine(batch),
    batch,
    packages,
    builds: isProfiled ? [] : builds,
    go: version,
    target,
  };
}

function toolchainProblem(
  problem: GoProblem,
  { variables }: ToolchainRequest,
): ToolchainProblem | UsageError {
  const { GOOS, GOARCH } = variables;
  // Only what was asked for is a mistake of the command line (cmd/go/internal/work/action.go, CheckGOOSARCHPair).
  if (GOOS !== undefined && GOARCH !== undefined && problem.message.includes("unsupported GOOS/GOARCH pair"))
    return new UsageError(
      l10n.t("--target {0}: Go knows no such target; `go tool dist list` prints all", `${GOOS}/${GOARCH}`),
    );
  const version = variables["GOTOOLCHAIN"];
  if (problem.code !== "toolchain" || version === undefined) return new ToolchainProblem(problem);
  const words = l10n.t(
    "--go {0}: this version is not here; `GOTOOLCHAIN={0} go version` downloads it",
    version,
  );
  return new ToolchainProblem(problem, words);
}

async function loadRoot(
  request: ToolchainRequest,
  setup: GoSetup,
  root: string,
  signal: AbortSignal,
): Promise<PackageGraph & { readonly build?: DirectBuild }> {
  const { go, env, flags } = setup;
  if (request.direct !== true) return await loadPackages({ ...request, go, env, flags, root }, signal);
  const cache = await keptResults();
  const hint = keyOf("needed", root, request.patterns, flags, request.variables);
  const known = await cache?.get(hint);
  const also = Array.isArray(known) ? (known as string[]) : [];
  const [listing, tool] = await Promise.all([
    listBuild(setup, root, { ...request, also }, signal),
    findCompileTool(go, root, env, signal),
  ]);
  if (request.tests && listing.needed.join() !== also.join()) await cache?.put(hint, listing.needed);
  const { packages, problems } = listing;
  return { packages, problems, build: { listing, tool } };
}
