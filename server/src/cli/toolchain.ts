import { cpus } from "node:os";
import type { BuildOptions } from "../analysis/goSetups.js";
import { describeSetup, GoSetups } from "../analysis/goSetups.js";
import { BatchEngine, type BatchOptions } from "../compiler/batchEngine.js";
import type { Engine } from "../compiler/engine.js";
import { problemSentence } from "../explain/problem.js";
import { parallelism } from "../go/buildPlan.js";
import { moduleRoots } from "../go/moduleRoots.js";
import { loadPackages } from "../go/packageGraph.js";
import type { GoPackage } from "../go/packages.js";
import type { GoProblem } from "../go/problems.js";

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
}

export interface Toolchain {
  readonly engine: Engine;
  /** How the go command is run, for questions that the engine does not ask. */
  readonly batch: BatchOptions;
  readonly packages: readonly GoPackage[];
  readonly go: string;
  readonly target: string;
}

/** Go is missing or cannot load the packages; the message is for the person, and says what to do. */
export class ToolchainProblem extends Error {
  constructor(problem: GoProblem) {
    const sentence = problemSentence(problem);
    const lines = problem.message.split("\n").filter((line) => line !== "" && !sentence.includes(line));
    super([sentence, ...lines].join("\n"));
  }
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
  if ("problem" in answer) throw new ToolchainProblem(answer.problem);
  const { go, env, flags } = answer.setup;
  const packages: GoPackage[] = [];
  const problems: GoProblem[] = [];
  for (const root of await moduleRoots(request.folder, answer.setup, signal)) {
    const graph = await loadPackages({ ...request, go, env, flags, root }, signal);
    packages.push(...graph.packages);
    problems.push(...graph.problems);
  }
  const [problem] = problems;
  if (packages.length === 0 && problem !== undefined) throw new ToolchainProblem(problem);
  const batch = { go, env, flags, parallelism: parallelism("cli", cpus().length) };
  const { go: version, target } = describeSetup(answer.setup);
  return { engine: new BatchEngine(batch), batch, packages, go: version, target };
}
