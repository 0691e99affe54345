/** Real modules from the Go module proxy, as a person would have them checked out. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface RealModule {
  readonly name: string;
  readonly dir: string;
  dispose(): void;
}

/**
 * Downloads `module@version` and copies it to a folder of its own, because the module cache is read-only and no main
 * module. Its dependencies are downloaded too, and built once plainly, so that what is timed afterwards is our own.
 */
export function realModule(name: string): RealModule {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-module-")));
  const dispose = () => {
    rmSync(base, { recursive: true, force: true });
  };
  try {
    const download = execFileSync("go", ["mod", "download", "-json", name], { cwd: base, encoding: "utf8" });
    const source = (JSON.parse(download) as { Dir: string }).Dir;
    const dir = path.join(base, path.basename(name.split("@")[0] ?? "module"));
    cpSync(source, dir, { recursive: true, mode: 0 });
    execFileSync("chmod", ["-R", "u+w", dir]);
    if (!existsSync(path.join(dir, "go.mod")))
      execFileSync("go", ["mod", "init", name.split("@")[0] ?? ""], { cwd: dir, stdio: "pipe" });
    execFileSync("go", ["mod", "download"], { cwd: dir, stdio: "pipe" });
    return { name, dir, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** The module of a folder that is there, which stays, or of a name as `realModule` takes it. */
export function moduleOf(name: string): RealModule {
  return existsSync(name) ? { name, dir: realpathSync(name), dispose: () => undefined } : realModule(name);
}
