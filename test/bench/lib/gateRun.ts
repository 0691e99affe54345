/** What the benchmarks of the gate run: the tool and the go command in a real module, with results kept beside it. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { cacheVariable } from "../../../server/src/cacheFolder.js";
import { serverOut } from "../../harness/paths.js";
import { type RealModule, realModule } from "../../harness/realModule.js";
import { operands } from "./options.js";

/** Hands out the modules of the command line, or else the usual ones, one after the other. */
export function forEachModule(usual: readonly string[], use: (module: RealModule) => void): void {
  for (const name of operands.length > 0 ? operands : usual) {
    const module = realModule(name);
    try {
      use(module);
    } finally {
      module.dispose();
    }
  }
}

/** Arguments of node for `escapelens check` of all packages. */
export function checkArguments(...flags: readonly string[]): string[] {
  return [path.join(serverOut, "cli.js"), "check", ...flags, "./..."];
}

/**
 * Where and how commands run. Results are kept beside the module, in a folder that `purpose` names, so that nothing was
 * found by an earlier run, and nothing stays.
 */
export function runOptions({ dir }: RealModule, purpose: string) {
  const env = { ...process.env, LC_ALL: "C", [cacheVariable]: path.join(path.dirname(dir), purpose) };
  return { cwd: dir, env, encoding: "utf8" as const, maxBuffer: 2 ** 31 - 1 };
}

/** Runs go; throws where it fails. */
export function go(module: RealModule, ...args: string[]): void {
  const { status, stderr } = spawnSync("go", args, runOptions(module, "kept"));
  if (status !== 0) throw new Error(stderr.slice(-2000));
}
