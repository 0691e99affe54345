/** A Go whose compiler notes each of its calls. Not for Windows. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { shimmedGo } from "../../harness/shimmedGo.js";
import { subfolder } from "./workFolder.js";

export interface CountingGoroot {
  /** Variables that make any go command use it. */
  readonly env: NodeJS.ProcessEnv;
  /** Arguments of the compiler's calls so far, oldest first; those that only ask for its version are left out. */
  calls(): string[];
}

/** Makes the folder anew. The compiler's output is the toolchain's own, so that Go's cache knows it. */
export function countingGoroot(): CountingGoroot {
  const folder = subfolder("counting-goroot");
  rmSync(folder, { recursive: true, force: true });
  const log = path.join(subfolder("counting"), `calls-${process.pid}`);
  rmSync(log, { force: true });
  const shim = shimmedGo(folder);
  // One write of one line, so that calls at the same time do not mix.
  shim.before("compile", `case "$*" in *-V=full*) ;; *) printf '%s\\n' "$*" >>'${log}' ;; esac`);
  return {
    env: shim.env,
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(0, -1) : []),
  };
}
