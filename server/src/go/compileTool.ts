/** The compiler itself, and the environment that the go command would hand to it. */
import path from "node:path";
import type { CompilePlan } from "./compilePlan.js";
import { type Environment, readVariables } from "./environment.js";
import { sizeOf, stateOf } from "./fileState.js";
import { runProcess } from "./process.js";

export interface CompileTool {
  /** Absolute path of `compile`. */
  readonly file: string;
  /** Without what `compileCommand` adds. */
  readonly env: Environment;
  /** Absolute path of the module cache, where nothing ever changes. */
  readonly moduleCache: string;
}

/**
 * What the compiler reads of its environment (internal/buildcfg). A person's `go env -w` sets these as well, which the
 * compiler itself does not look at: the go command hands all of them over (cmd/go/main.go).
 */
const compilerVariables: readonly string[] = [
  ...["GOROOT", "GOOS", "GOARCH", "GOEXPERIMENT", "GOFIPS140"],
  ...["GOAMD64", "GO386", "GOARM", "GOARM64", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64", "GOWASM"],
];

/**
 * How the compiler's heap is collected. Its own start is a heap of 128 MB without any collection, but not where it says
 * with -m what it does (cmd/compile/internal/gc/main.go, AdjustStartingHeap), and of what it makes it lets go of little:
 * up to its verdicts this takes 7 % less processor time over std than GOGC=400, which took a quarter less for net/http than
 * Go's 100; net/http has 150 MB then, 420 MB with its machine code.
 */
const collection: Environment = { GOGC: "1600", GOMEMLIMIT: "1GiB" };

/** What lives is some 90 times the sources (bytes): near the limit nothing but collecting would be done. */
const largeSources = 4_000_000;

/** Takes a tenth less processor time and a fifth more memory than Go's own 100 (15 MB of sources, 3 GB). */
const largeCollection: Environment = { GOGC: "200" };

/**
 * Asks the go command for its compiler, from the folder whose go.mod may choose the toolchain.
 *
 * @param env From `buildEnvironment`.
 * @throws GoCommandError when go cannot be run, and AbortError.
 */
export async function findCompileTool(
  go: string,
  cwd: string,
  env: Environment,
  signal: AbortSignal,
): Promise<CompileTool> {
  const args = ["env", "-json", "GOTOOLDIR", "GOMODCACHE", ...compilerVariables];
  const { stdout } = await runProcess({ file: go, args, cwd, env, signal, timeLimit: 60_000 });
  const values = readVariables(stdout, [go, ...args]);
  const program = process.platform === "win32" ? "compile.exe" : "compile";
  return {
    file: path.join(values["GOTOOLDIR"] ?? "", program),
    env: toolEnvironment(env, values),
    moduleCache: values["GOMODCACHE"] ?? "",
  };
}

/**
 * How a plan's package is compiled, without its arguments: program, folder (absolute) and environment. Whoever says how
 * much memory Go's programs may take means the compiler as well.
 */
export function compileCommand({ file, env }: CompileTool, { dir, sources }: Compiled) {
  if (Object.keys(collection).some((name) => (env[name] ?? "") !== "")) return { file, cwd: dir, env };
  const bytes = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  return { file, cwd: dir, env: { ...env, ...(bytes > largeSources ? largeCollection : collection) } };
}

type Compiled = Pick<CompilePlan, "dir" | "sources">;

/** What the compiler's answers depend on beside its arguments: a key that changes with its file and its target. */
export function toolKey({ file, env }: CompileTool): string {
  return JSON.stringify([file, stateOf(file), compilerVariables.map((name) => env[name] ?? "")]);
}

function toolEnvironment(env: Environment, values: Readonly<Record<string, string>>): Environment {
  const set = compilerVariables.flatMap((name) => {
    const value = values[name] ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
  // The compiler has no temporary files; a folder for them would be made and removed for nothing.
  const kept = Object.entries(env).filter(([name]) => name !== "GOTMPDIR");
  return Object.fromEntries([...kept, ...set]);
}
