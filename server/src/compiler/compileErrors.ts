/** From a compiler that has failed to the error that it reported, or to the failure of its own. */
import path from "node:path";
import { GoCommandError } from "../go/commandError.js";
import type { CompilePlan } from "../go/compilePlan.js";
import { firstPosition } from "../go/problems.js";
import type { ProcessResult } from "../go/process.js";
import type { ErrorFact } from "./facts.js";

export interface FailedCompile {
  readonly plan: CompilePlan;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Absolute folder of the copies of unsaved buffers. */
  readonly copies: string;
  /** Absolute folder from which paths in messages start. */
  readonly root: string;
  readonly result: Pick<ProcessResult, "exitCode" | "stderr">;
  /** What it printed beside messages about escapes. */
  readonly lines: readonly string[];
}

/**
 * The compiler's errors in the form that the go command gives them. Throws GoCommandError where there are none, or where
 * the compiler itself is broken (cmd/compile/internal/base/print.go, FatalfAt).
 */
export function compileError(failed: FailedCompile): ErrorFact {
  const { plan, command, copies, root, result, lines } = failed;
  const isBroken = lines.some((line) => line.includes("internal compiler error"));
  if (lines.length === 0 || isBroken || /^(?:panic|fatal error): /m.test(result.stderr)) {
    const stderr = [...lines, result.stderr].join("\n");
    const details = { kind: "failed", command, exitCode: result.exitCode, signal: null, stderr } as const;
    throw new GoCommandError("the compiler failed", details);
  }
  const words = lines
    .map((line) => line.replaceAll(copies + path.sep, plan.dir + path.sep))
    .map((line) => shortened(line, plan.dir, root))
    .join("\n");
  const message = `# ${plan.variant}\n${words}`;
  return { kind: "error", variant: plan.variant, message, position: firstPosition(words, root)?.position };
}

/** Why a program that prints without end what means nothing was ended. `command`: the program and its arguments. */
export function nonsense(command: readonly string[]): GoCommandError {
  const details = { kind: "output-limit", command, exitCode: null, signal: null, stderr: "" } as const;
  const program = path.basename(command[0] ?? "");
  return new GoCommandError(`${program} was ended because what it printed means nothing`, details);
}

/** With a path from the folder where go runs, as the go command prints it (cmd/go/internal/base/path.go, ShortPath). */
function shortened(line: string, dir: string, root: string): string {
  const prefix = dir.endsWith(path.sep) ? dir : dir + path.sep;
  const relative = path.relative(root, dir);
  if (!line.startsWith(prefix) || relative.startsWith("..") || path.isAbsolute(relative)) return line;
  return `${relative === "" ? "." : relative}${path.sep}${line.slice(prefix.length)}`;
}
