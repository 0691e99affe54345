/** Runs the compiler over one package for its assembly, which is read as it is written and kept nowhere. */
import { availableParallelism } from "node:os";
import type { CompilePlan } from "../go/compilePlan.js";
import { compileCommand, type CompileTool } from "../go/compileTool.js";
import type { Overlays } from "../go/packages.js";
import { streamProcess } from "../go/process.js";
import { createTemporaryFolder, removeTemporaryFolder } from "../go/temporary.js";
import { writeCompileInputs } from "./compileInputs.js";

export interface AssemblyRequest {
  readonly plan: CompilePlan;
  readonly tool: CompileTool;
  /** Unsaved contents by absolute path. */
  readonly overlays: Overlays;
  /** Absolute paths of export data in place of the plan's, by package path. */
  readonly replaced: ReadonlyMap<string, string>;
}

/** net/http prints 38 MB. */
const outputLimit = 4 * 2 ** 30;

/** As many parts of the back end at once as the go command asks for at most (cmd/go/internal/work/gc.go). */
const maximumConcurrency = 4;

/** Flags of the compiler for its assembly, and for how much of it is made at once. */
export function assemblyFlags(): string[] {
  // One core is left to the person.
  const concurrency = Math.max(1, Math.min(maximumConcurrency, availableParallelism() - 1));
  return ["-S=2", `-c=${concurrency}`];
}

/**
 * Yields the text of `-S=2`, in pieces cut anywhere: the machine code with the outermost position of each instruction,
 * which is where -m reports what it found in inlined callees (cmd/internal/obj/util.go, Prog.WriteInstructionString).
 * Absolute paths are printed for sources with such ones. Leaving the loop early ends the compiler. Throws
 * GoCommandError where the package does not compile or the compiler cannot be run, and AbortError; the process and its
 * files are gone in all cases.
 */
export async function* assemblyText(request: AssemblyRequest, signal: AbortSignal): AsyncGenerator<string> {
  const folder = createTemporaryFolder("assembly");
  try {
    const { plan, tool, overlays, replaced } = request;
    const inputs = writeCompileInputs(folder, plan, overlays, replaced, "exit");
    const args = [...assemblyFlags(), ...inputs.args];
    const command = { ...compileCommand(tool, plan), args, signal, outputLimit };
    const run = streamProcess(command, "stdout");
    yield* run.chunks;
    await run.result;
  } finally {
    removeTemporaryFolder(folder);
  }
}
