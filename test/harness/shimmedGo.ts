/**
 * The machine's own Go as a tree of links, but for its go command and its compiler: these run a script of the test's
 * first, which may do whatever a program can do wrong. Not for Windows.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface ShimmedGo {
  /** Absolute path of the go command. */
  readonly go: string;
  /** Variables that make any go command use this one. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * From now on each call runs the lines of a POSIX shell, with the call's own arguments, before the real program; when
   * they exit, it does not run. Without lines the program is itself again.
   */
  before(program: "go" | "compile", script?: string): void;
}

/** Makes one in a folder (absolute path), which must be empty or not there. */
export function shimmedGo(folder: string): ShimmedGo {
  const [real = "", tools = ""] = execFileSync("go", ["env", "GOROOT", "GOTOOLDIR"], {
    encoding: "utf8",
  }).split("\n");
  const goroot = path.join(folder, "goroot");
  const programs = {
    go: path.join(goroot, "bin", "go"),
    compile: path.join(goroot, path.relative(real, tools), "compile"),
  };
  mirror(real, goroot, Object.values(programs));
  const own = (program: keyof typeof programs) => path.join(folder, `before-${program}.sh`);
  const before: ShimmedGo["before"] = (program, script = "") => {
    // In one step: a program may be about to read it.
    writeFileSync(`${own(program)}.new`, `${script}\n`);
    renameSync(`${own(program)}.new`, own(program));
  };
  for (const program of ["go", "compile"] as const) {
    const original = program === "go" ? path.join(real, "bin", "go") : path.join(tools, "compile");
    before(program);
    writeFileSync(
      programs[program],
      `#!/bin/sh\nexport GOROOT='${goroot}'\n. '${own(program)}'\nexec '${original}' "$@"\n`,
    );
    chmodSync(programs[program], 0o755);
  }
  const bin = path.dirname(programs.go);
  const env = {
    GOROOT: goroot,
    PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`,
    GOTOOLCHAIN: "local",
  };
  return { go: programs.go, env, before };
}

/** Links to everything in `from`, the files of our own left out; folders on the way to those are folders of our own. */
function mirror(from: string, to: string, own: readonly string[]): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (own.includes(target)) continue;
    if (own.some((file) => file.startsWith(target + path.sep))) mirror(source, target, own);
    else symlinkSync(source, target);
  }
}
