/** A Go whose compiler notes each of its calls: the same toolchain, links but for one script. Not for Windows. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { subfolder } from "./workFolder.js";

export interface CountingGoroot {
  /** Variables that make any go command use it. */
  readonly env: NodeJS.ProcessEnv;
  /** Arguments of the compiler's calls so far, oldest first; those that only ask for its version are left out. */
  calls(): string[];
}

/** Makes the folder anew. The compiler's output is the toolchain's own, so that Go's cache knows it. */
export function countingGoroot(): CountingGoroot {
  const [real = "", tools = ""] = execFileSync("go", ["env", "GOROOT", "GOTOOLDIR"], {
    encoding: "utf8",
  }).split("\n");
  const goroot = subfolder("counting-goroot");
  rmSync(goroot, { recursive: true, force: true });
  const log = path.join(subfolder("counting"), `calls-${process.pid}`);
  rmSync(log, { force: true });
  const counted = path.join(goroot, path.relative(real, tools));
  mirror(real, goroot, counted);
  const script = path.join(counted, "compile");
  rmSync(script);
  // One write of one line, so that calls at the same time do not mix.
  writeFileSync(
    script,
    `#!/bin/sh\ncase "$*" in *-V=full*) ;; *) printf '%s\\n' "$*" >>'${log}' ;; esac\nexec '${tools}/compile' "$@"\n`,
  );
  chmodSync(script, 0o755);
  return {
    env: {
      GOROOT: goroot,
      PATH: `${path.join(goroot, "bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
      GOTOOLCHAIN: "local",
    },
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(0, -1) : []),
  };
}

/** Links to everything in `from`; folders on the way to `inside` are folders of our own. */
function mirror(from: string, to: string, inside: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (inside === target || inside.startsWith(target + path.sep)) mirror(source, target, inside);
    else symlinkSync(source, target);
  }
}
