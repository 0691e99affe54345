/** Compiles a package for its export data alone: external tests import the package under test as the editor has it. */
import type { CompilePlan } from "../go/compilePlan.js";
import { compileCommand, type CompileTool } from "../go/compileTool.js";
import type { Overlays } from "../go/packages.js";
import { runProcess } from "../go/process.js";
import { createTemporaryFolder, removeTemporaryFolder } from "../go/temporary.js";
import { compileError } from "./compileErrors.js";
import { writeCompileInputs } from "./compileInputs.js";
import type { ErrorFact } from "./facts.js";

export interface ExportRequest {
  readonly plan: CompilePlan;
  readonly tool: CompileTool;
  /** Unsaved contents by absolute path. */
  readonly overlays: Overlays;
  /** Absolute paths of export data in place of the plan's, by package path; none unless given. */
  readonly replaced?: ReadonlyMap<string, string>;
  /** Absolute folder from which paths in error messages start. */
  readonly root: string;
}

export type CompiledExports =
  { readonly file: string; dispose(): void } | { readonly error: ErrorFact; dispose(): void };

/**
 * Compiles the package and returns the absolute path of its export data, which exists until `dispose`; or what is wrong
 * with the package. Throws GoCommandError when the compiler fails in itself, and AbortError.
 */
export async function compileExports(request: ExportRequest, signal: AbortSignal): Promise<CompiledExports> {
  const { plan, tool, overlays, root, replaced = new Map<string, string>() } = request;
  const folder = createTemporaryFolder("exports");
  const dispose = (): void => {
    removeTemporaryFolder(folder);
  };
  try {
    const { args, copies, objectFile } = writeCompileInputs(folder, plan, overlays, replaced, "exit");
    const command = { ...compileCommand(tool, plan), args, signal, allowFailure: true };
    const result = await runProcess(command);
    if (result.exitCode === 0) return { file: objectFile, dispose };
    const lines = result.stdout.split(/\r?\n/).filter((line) => line !== "");
    return {
      error: compileError({ plan, command: [tool.file, ...args], copies, root, result, lines }),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
