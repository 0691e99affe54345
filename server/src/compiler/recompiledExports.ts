/** Compiles what a variant's test wants compiled anew (`recompiled` of its plan), for its export data. */
import { type CompilePlan, plainPath } from "../go/compilePlan.js";
import { type CompiledExports, compileExports, type ExportRequest } from "./compileExports.js";

export interface RecompiledExports {
  /** Absolute paths of export data by package path, those that were given included. They exist until `dispose`. */
  readonly replaced: ReadonlyMap<string, string>;
  dispose(): void;
}

/**
 * The export data of the base, as `replaced` of the request has it, and of all that is compiled anew against it; undefined
 * where a package does not compile. Throws as `compileExports` does.
 */
export async function recompiledExports(
  plan: CompilePlan,
  request: Omit<ExportRequest, "plan">,
  signal: AbortSignal,
): Promise<RecompiledExports | undefined> {
  const compiled: CompiledExports[] = [];
  const dispose = (): void => {
    for (const each of compiled) each.dispose();
  };
  const replaced = new Map(request.replaced);
  try {
    for (const each of plan.recompiled) {
      const exports = await compileExports({ ...request, plan: each, replaced }, signal);
      compiled.push(exports);
      if ("error" in exports) {
        dispose();
        return undefined;
      }
      replaced.set(plainPath(each.variant), exports.file);
    }
    return { replaced, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
